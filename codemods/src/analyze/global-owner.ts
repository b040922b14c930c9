/** analyze/global-owner: what a bot keeps on the global object, from everything its package assigns there. */
import { dirname } from 'node:path';
import { filesMatching } from '../discover.ts';
import { findUp } from '../package-info.ts';
import { askedOnce } from '../read-once.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { compileAlone } from './compiler.ts';
import type { ParsedFile } from './program.ts';
import { descendants, dottedNames } from './syntax.ts';

/** One `global.x = value`, in whichever file of the package it stands. */
export interface GlobalValue {
  readonly file: ParsedFile;
  readonly value: ts.Expression;
}

const roots: readonly string[] = ['global', 'globalThis'];

/** The name a member of the global object has: `global.manager` -> `manager`; `null` for anything else. */
export function globalName(node: ts.Expression): string | null {
  const [root = '', name, ...more] = dottedNames(node) ?? [];
  return roots.includes(root) && more.length === 0 ? (name ?? null) : null;
}

const parsedOnce = askedOnce<ParsedFile | null>();

/** Parses a file of the bot on its own. Names are enough to follow a value: no library, no types, no files that these import. */
export function parseApart(path: string): ParsedFile | null {
  return parsedOnce(path, parse);
}

function parse(path: string): ParsedFile | null {
  const source = readSource(path);
  if (source === null) return null;
  const compilation = compileAlone(path, source.text);
  const tree = compilation.program.getSourceFile(path);
  return tree === undefined
    ? null
    : { source, tree, checker: compilation.program.getTypeChecker(), typed: false, compilation };
}

function valuesIn(file: ParsedFile, name: string): readonly GlobalValue[] {
  return descendants(file.tree).flatMap((node) => {
    if (!ts.isBinaryExpression(node) || globalName(node.left) !== name) return [];
    const { kind } = node.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? [{ file, value: node.right }] : [];
  });
}

/** Everything the package of a file assigns to one name of the global object; `null` and `undefined` do not count. */
export function globalValues(path: string, name: string): readonly GlobalValue[] {
  const manifest = findUp('package.json', dirname(path));
  if (manifest === null) return [];
  const assigns = new RegExp(`\\bglobal(?:This)?\\s*\\.\\s*${name}\\s*(?:\\?\\?|\\|\\||&&)?=(?!=)`);
  const files = filesMatching(dirname(manifest), assigns).map(parseApart);
  return files
    .flatMap((file) => (file === null ? [] : valuesIn(file, name)))
    .filter(({ value }) => value.kind !== ts.SyntaxKind.NullKeyword && value.getText() !== 'undefined');
}
