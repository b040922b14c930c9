/** calls/wrapper-types: the type arguments of callers whose function told them so far, and a name does not. */
import { typeAt } from '../functions/result-text.ts';
import { isDropped } from '../results/dropped-results.ts';
import type { CallSite } from '../syntax/call-site.ts';
import { descendants } from '../syntax/syntax.ts';
import { holdsUnfound } from '../syntax/unfound-types.ts';
import { ts } from '../typescript.js';
import type { WrittenTypes } from './understood.ts';

/** What a caller has to write, or the names in its types that mean nothing there. */
export type ToldTypes = WrittenTypes | { readonly missing: readonly string[] } | null;

/** How often a type parameter is said. */
const count = (node: ts.Node | undefined, name: string): number =>
  node === undefined ? 0 : descendants(node).filter((one) => ts.isIdentifier(one) && one.text === name).length;

/** Whether nothing but the function tells a type parameter that something else depends on. */
function isLost(fn: ts.SignatureDeclaration, index: number, { name }: ts.TypeParameterDeclaration): boolean {
  const said = (node: ts.Node | undefined): number => count(node, name.text);
  const given = fn.parameters[index]?.type;
  // One of them declares it.
  if (said(given) === 0 || said(fn) - 1 === said(given)) return false;
  const results = given !== undefined && ts.isFunctionTypeNode(given) ? given.type : given;
  const others = fn.parameters.some(({ type }, i) => i !== index && said(type) > 0);
  return said(results) > 0 || !others;
}

/**
 * What a call of a generic function has to say from now on: all of its type arguments, since some cannot be left out.
 *
 * @param index - which argument was a function and becomes a name
 * @returns `null` where nothing is to be written
 */
export function toldTypes({ file, call }: CallSite, index: number): ToldTypes {
  if (!file.typed || call.typeArguments !== undefined || isDropped(file, call)) return null;
  const { checker } = file;
  const signature = checker.getResolvedSignature(call);
  const fn = signature?.getDeclaration();
  if (signature === undefined || fn?.typeParameters === undefined || ts.isJSDocSignature(fn)) return null;
  const given = checker.getTypeArgumentsForResolvedSignature(signature) ?? [];
  const lost = given.filter((_, i) => {
    const one = fn.typeParameters?.[i];
    return one !== undefined && isLost(fn, index, one);
  });
  // What could not be found, or was unknown before, is no type to lose.
  const isKnown = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Unknown) === 0 && !holdsUnfound(checker, type);
  if (lost.length === 0 || !lost.some(isKnown)) return null;
  const written = given.map((type) => typeAt({ file, call }, type));
  if (written.some(({ text }) => text === null))
    return { missing: [...new Set(written.flatMap(({ missing }) => missing))] };
  const at = (call.questionDotToken ?? call.expression).end;
  return { path: file.source.path, at, text: written.map(({ text }) => text).join(', ') };
}
