/** plan/inline: handlers beside the client, as `client.cluster.ipc.handle(...)`, instead of a file of their own. */

import { parseAlone } from '../analyze/program.ts';
import type { Splice } from '../analyze/receiver.ts';
import { behind, headOf } from '../analyze/statements.ts';
import { descendants, unwrap } from '../analyze/syntax.ts';
import { placeText } from '../moved-text.ts';
import { shown } from '../report/build.ts';
import { readSource, type SourceText, styleOf } from '../source.ts';
import { ts } from '../typescript.js';
import type { Allocation } from './allocate.ts';
import { quoted } from './edits.ts';
import { localsOf } from './file-locals.ts';
import { squeezed } from './handlers-file.ts';
import { apart, importLines, linesBelow } from './import-lines.ts';
import { inlineText } from './inline-text.ts';
import type { Place } from './place.ts';

/** The bot file as a place for handlers: the client they are registered with, and what is there already. */
export interface ClientFile {
  readonly source: SourceText;
  readonly tree: ts.SourceFile;
  /** What the client is called: `client`. */
  readonly client: string;
  /** Behind the statement that makes it, and behind a comment on that line. */
  readonly at: number;
}

/** A variable of the top level that is made by `new`, in a statement of its own. */
interface Made {
  readonly statement: ts.VariableStatement;
  readonly name: string;
}

function madeBy(statement: ts.Statement): readonly Made[] {
  if (!ts.isVariableStatement(statement)) return [];
  const [declaration, more] = statement.declarationList.declarations;
  if (declaration?.initializer === undefined || more !== undefined || !ts.isIdentifier(declaration.name)) return [];
  const isNew = ts.isNewExpression(unwrap(declaration.initializer));
  return isNew ? [{ statement, name: declaration.name.text }] : [];
}

/** Whatever its class is called: what logs in is the client. */
function logsIn(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\s*\\.login\\s*\\(`).test(text);
}

/** Finds the one client that a file makes at its top level, or says why there is none. */
export function clientFileOf({ entry }: Place, cwd: string): ClientFile | string {
  const source = readSource(entry.path);
  const file = shown(entry.path, cwd);
  if (source === null) return `${file}, the bot file, cannot be read`;
  const tree = parseAlone(source.path, source.text);
  const made = tree.statements.flatMap(madeBy);
  const names = made.map(({ name }) => name).join(', ');
  if (made.length === 0)
    return `${file} makes no client in a statement of its own at its top level, such as const client = new Client(...)`;
  const [only, another] = made.filter(({ name }) => logsIn(source.text, name));
  if (only === undefined) return `${file} calls login of nothing that it makes at its top level (${names})`;
  if (another !== undefined) return `${file} makes several clients`;
  return { source, tree, client: only.name, at: behind(only.statement) };
}

/** The handlers a file registers already, their texts squeezed, by name. */
function registered(tree: ts.SourceFile): ReadonlyMap<string, string> {
  const calls = descendants(tree).filter(ts.isCallExpression);
  return new Map(
    calls.flatMap(({ expression, arguments: [name, fn] }) => {
      const fits = /\.ipc\.handle$/.test(expression.getText()) && name !== undefined && ts.isStringLiteralLike(name);
      return fits ? [[name.text, squeezed(fn?.getText() ?? '')] as const] : [];
    }),
  );
}

/** The place with the bot file in it instead of a handlers file. */
export function besideClient(place: Place, { source, tree }: ClientFile): Place {
  const beside = { handlers: registered(tree), locals: localsOf(tree) };
  const kind = place.kind === 'typescript' || tree.statements.some(ts.isImportDeclaration) ? place.kind : 'cjs';
  const require = kind === 'cjs' ? 'there' : place.require;
  return { ...place, path: source.path, kind, require, source, style: styleOf(source.text), existing: null, beside };
}

/** Importing shardlift gives every client its cluster, also in a bot that is started without a manager. */
function ownImport({ tree, at }: ClientFile, { kind, style }: Place): readonly string[] {
  const imports = descendants(tree).some(
    (node) => ts.isStringLiteralLike(node) && node.text === 'shardlift' && node.end < at,
  );
  const module = quoted('shardlift', style.quote);
  const line = kind === 'cjs' ? `require(${module})${style.semicolon}` : `import ${module}${style.semicolon}`;
  return imports ? [] : [line];
}

/** The edits that register handlers behind the client. */
export function inlineSplices(file: ClientFile, place: Place, named: Allocation): readonly Splice[] {
  const { style } = place;
  const { eol, quote, semicolon } = style;
  const calls = named.entries.flatMap(({ name, text, lead, comments }) => {
    const inline = inlineText(text);
    if (inline === null) return [];
    const moved = placeText(inline, { indent: '', eol, unit: style.indent });
    const above = [...comments, ...(lead === null ? [] : [lead])].map((line) => eol + line).join('');
    return [`${above}${eol}${file.client}.cluster.ipc.handle(${quoted(name, quote)}, ${moved})${semicolon}`];
  });
  if (calls.length === 0) return [];
  const lines = [...ownImport(file, place), ...importLines(named.imports, place)];
  // A `require` below the client would come too late for it.
  const statements = file.tree.statements.filter((one) => one.getStart() < file.at);
  const spot = { text: file.source.text, head: headOf(statements), top: statements[0]?.getStart() };
  return [
    ...(lines.length === 0 ? [] : [linesBelow(spot, lines, style)]),
    { start: file.at, end: file.at, text: calls.join('') + apart(file.source.text, file.at, style) },
  ];
}
