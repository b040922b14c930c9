/** handlers/put-elsewhere: the names that other files put into the handlers of a file that they load. */
import { basename, extname } from 'node:path';
import { whole } from '../modules/exported-as.ts';
import { parseApart } from '../modules/global-owner.ts';
import { exportedAs, loadedFile } from '../modules/loaded-values.ts';
import { filesMatching } from '../project/discover.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, positionOf, requiredModule, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { escaped } from '../wording/escaped.ts';
import { localsOf } from './file-locals.ts';
import type { Registered } from './handler-names.ts';
import { type Names, putByUse, usesOf } from './object-names.ts';

/** What one file puts there, at its first line that does. */
interface PutElsewhere {
  readonly path: string;
  readonly line: number;
  /** `null` where one of the names cannot be read. */
  readonly names: Names;
}

const leadsTo = (from: string, specifier: string, path: string): boolean =>
  specifier.startsWith('.') && loadedFile(from, specifier)?.source.path === path;

/** The member of a module that is its handlers; an empty name where it is the handlers itself. */
function memberOfModule(file: ParsedFile): string {
  if (exportedAs(file, 'handlers').length > 0) return 'handlers';
  return exportedAs(file, 'default').length > exportedAs(file, whole).length ? 'default' : '';
}

/** The member that is the handlers in what an import binds; `null` where none is. */
function memberBound(kind: string, imported: string, member: string): string | null {
  if (kind === 'named') return imported === member ? '' : null;
  return kind === 'default' && member === 'default' ? '' : member;
}

/** The places of a file that say another one, and the member there that is the handlers. */
function usesIn(file: ParsedFile, handlers: ParsedFile): readonly (readonly [ts.Expression, member: string])[] {
  const { tree } = file;
  const { path } = handlers.source;
  const member = memberOfModule(handlers);
  const required = descendants(tree).filter(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) && leadsTo(tree.fileName, requiredModule(node) ?? '', path),
  );
  // What a variable holds is found by its name.
  const plain = required.filter((call) => !ts.isVariableDeclaration(wrapped(call).parent));
  const bound = [...localsOf(tree)].flatMap(([local, origin]) => {
    const [specifier = '', kind = '', imported = ''] = origin.split('#');
    const held = leadsTo(tree.fileName, specifier, path) ? memberBound(kind, imported, member) : null;
    return held === null ? [] : usesOf(tree, local).map((use) => [use, held] as const);
  });
  return [...plain.map((call) => [call, member] as const), ...bound];
}

/** Where a file loads another one by `import()` and does something with it; what that is, is not followed. */
const importsIn = ({ tree }: ParsedFile, { source }: ParsedFile): readonly ts.CallExpression[] =>
  descendants(tree).filter((node): node is ts.CallExpression => {
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return false;
    const [module] = node.arguments;
    const leads = module !== undefined && ts.isStringLiteralLike(module);
    return leads && leadsTo(tree.fileName, module.text, source.path) && !isAlone(node);
  });

/** Whether the value of an expression goes nowhere. */
function isAlone(node: ts.Expression): boolean {
  const { parent } = wrapped(node);
  return ts.isAwaitExpression(parent) ? isAlone(parent) : ts.isExpressionStatement(parent);
}

function putIn(file: ParsedFile, handlers: ParsedFile): readonly PutElsewhere[] {
  const at = (node: ts.Node, names: Names): PutElsewhere => ({
    ...{ path: file.source.path, names },
    line: positionOf(file.tree, node.getStart()).line,
  });
  const put = usesIn(file, handlers).map(([use, name]) => at(use, putByUse(use, name)));
  const unread = importsIn(file, handlers).map((node) => at(node, null));
  return [...put, ...unread].filter(({ names }) => names?.length !== 0);
}

/** Reads what the files of a folder that load a handlers file put into its handlers. */
function putElsewhere(folder: string, path: string): readonly PutElsewhere[] {
  const handlers = parseApart(path);
  if (handlers === null) return [];
  const name = basename(path, extname(path));
  // The folder alone leads to an `index`.
  const loads = new RegExp(name === 'index' ? '\\b(require|import|from)\\b' : `${escaped(name)}(\\.\\w+)?['"\`]`);
  return filesMatching(folder, loads).flatMap((one) => {
    const file = one === path ? null : parseApart(one);
    return file === null ? [] : putIn(file, handlers);
  });
}

/** With the names that other files put into handlers files: one of those may take the place of a handler there. */
export function withPutElsewhere(
  registered: Registered,
  folders: readonly string[],
  paths: readonly string[],
): Registered {
  const put = [...new Set(paths)].flatMap((path) => folders.flatMap((folder) => putElsewhere(folder, path)));
  const names = put.flatMap((one) => one.names ?? []);
  return {
    names: new Set([...registered.names, ...names]),
    isUnsure: (name) => names.includes(name) || registered.isUnsure(name),
    unread: [...registered.unread, ...put.filter((one) => one.names === null)],
  };
}
