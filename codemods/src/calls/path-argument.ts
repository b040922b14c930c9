/** calls/path-argument: the paths that the argument of fetchClientValues may be: written there, in a const, in its type. */
import type { Reference } from '../functions/callee.ts';
import { constText } from '../functions/const-text.ts';
import { styleOf } from '../project/source.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isInert, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** One expression that is a path, or one of several by its type. */
export interface PathLeaf {
  readonly node: ts.Expression;
  readonly paths: readonly string[];
  /** The const that says it. */
  readonly reference: Reference | null;
}

const dottedPath = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** Whether a text is a path of plain names. */
export const isDottedPath = (text: string): boolean => dottedPath.test(text);

/** More of them are no choice any more, but a way to ask for anything. */
const mostPaths = 12;

/** The texts that a type allows. */
function byType({ typed, checker }: ParsedFile, node: ts.Expression): readonly string[] {
  if (!typed || !isInert(node)) return [];
  const type = checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  const texts = parts.map((part) => (part.isStringLiteral() ? part.value : null));
  return texts.length > mostPaths || texts.includes(null) ? [] : texts.filter((one) => one !== null);
}

/** Everything an argument may be; `null` where that is not known, or something else than plain paths. */
export function pathLeaves(file: ParsedFile, argument: ts.Expression): readonly PathLeaf[] | null {
  const node = unwrap(argument);
  if (ts.isConditionalExpression(node)) {
    const sides = [node.whenTrue, node.whenFalse].map((side) => pathLeaves(file, side));
    return sides.includes(null) ? null : sides.flatMap((side) => side ?? []);
  }
  if (ts.isStringLiteralLike(node))
    return isDottedPath(node.text) ? [{ node, paths: [node.text], reference: null }] : null;
  const said = ts.isIdentifier(node) ? constText(file, node) : null;
  const paths = said === null ? byType(file, node) : [said.text];
  return paths.length > 0 && paths.every(isDottedPath) ? [{ node, paths, reference: said?.reference ?? null }] : null;
}

/** The text that chooses one of several names by the path: `({ 'a.b': ... } as const)[path]`. */
export function lookupText(file: ParsedFile, { node, paths }: PathLeaf, nameOf: (path: string) => string): string {
  const { quote } = styleOf(file.source.text);
  const entries = paths.map((path) => `${quote}${path}${quote}: ${nameOf(path)}`);
  return `({ ${entries.join(', ')} } as const)[${node.getText()}]`;
}
