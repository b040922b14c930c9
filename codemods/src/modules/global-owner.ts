/** modules/global-owner: what a bot keeps on the global object, from everything its package assigns there. */
import { dirname } from 'node:path';
import { filesMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { readSource } from '../project/source.ts';
import { compileAlone } from '../syntax/compiler.ts';
import { type ParsedFile, parseAlone } from '../syntax/program.ts';
import { assigns, descendants, dottedNames } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

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

interface Assignment {
  readonly name: string;
  readonly value: ts.Expression;
}

/** Everything that a file assigns to members of the global object. */
const assignedIn = (tree: ts.SourceFile): readonly Assignment[] =>
  descendants(tree).flatMap((node) => {
    const name = ts.isBinaryExpression(node) && assigns(node) ? globalName(node.left) : null;
    return name === null ? [] : [{ name, value: (node as ts.BinaryExpression).right }];
  });

/** The files of a folder that assign to members of the global object, by the names of these. */
function filesByName(folder: string): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, readonly string[]>();
  for (const path of filesMatching(folder, /\bglobal(?:This)?\s*(?:[.?!)]|as\b)/)) {
    const source = readSource(path);
    const assigned = source === null ? [] : assignedIn(parseAlone(path, source.text));
    for (const name of new Set(assigned.map((one) => one.name))) files.set(name, [...(files.get(name) ?? []), path]);
  }
  return files;
}

const filesOnce = askedOnce<ReturnType<typeof filesByName>>();

/** The files of the package around one that assign to a name of the global object. */
function filesSetting(path: string, name: string): readonly string[] {
  const manifest = packageFile(dirname(path));
  return manifest === null ? [] : (filesOnce(dirname(manifest), filesByName).get(name) ?? []);
}

/** Everything the package of a file assigns to one name of the global object; `null` and `undefined` do not count. */
export function globalValues(path: string, name: string): readonly GlobalValue[] {
  const files = filesSetting(path, name).flatMap((one) => parseApart(one) ?? []);
  return files
    .flatMap((file) => assignedIn(file.tree).map((one) => ({ ...one, file })))
    .flatMap((one) => (one.name === name ? [{ file: one.file, value: one.value }] : []))
    .filter(({ value }) => value.kind !== ts.SyntaxKind.NullKeyword && value.getText() !== 'undefined');
}

/** Whether the package of a file sets a name on the global object. */
export const isBotGlobal = (path: string, name: string): boolean => filesSetting(path, name).length > 0;
