/** plan/inline: handlers beside the client, as `client.cluster.ipc.handle(...)`, instead of a file of their own. */
import type { Allocation } from '../handlers/allocate.ts';
import { localsOf } from '../handlers/file-locals.ts';
import { apart, importLines, linesBelow } from '../handlers/import-lines.ts';
import { inlineText } from '../handlers/inline-text.ts';
import { registeredAtTop } from '../handlers/ipc-calls.ts';
import type { Place } from '../handlers/place.ts';
import { inlineKey } from '../handlers/same-function.ts';
import { readSource, type SourceText, styleOf } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import { placeText } from '../syntax/moved-text.ts';
import { parseAlone } from '../syntax/program.ts';
import { behind, headOf } from '../syntax/statements.ts';
import { descendants, placesOf, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { writtenPath } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { shown } from '../wording/shown-path.ts';

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
const logsIn = (tree: ts.SourceFile, name: string): boolean =>
  descendants(tree).some(
    (node) => ts.isCallExpression(node) && writtenPath(node.expression)?.join(' ') === `${name} login`,
  );

/** Whether a variable gets a value after the one it is declared with. */
const isSetLater = (tree: ts.SourceFile, name: string): boolean =>
  placesOf(tree, name).some((node) => writtenAt(node).length > 0);

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
  const [only, another] = made.filter(({ name }) => logsIn(tree, name));
  if (only === undefined) return `${file} calls login of nothing that it makes at its top level (${names})`;
  if (another !== undefined) return `${file} makes several clients`;
  if (isSetLater(tree, only.name)) return `${file} gives ${only.name} another value later`;
  return { source, tree, client: only.name, at: behind(only.statement) };
}

/** The place with the bot file in it instead of a handlers file. */
export function besideClient(place: Place, { source, tree, client }: ClientFile): Place {
  const there = registeredAtTop(tree, client).map(({ name, fn }) => [name, inlineKey(fn.getText())] as const);
  const beside = { handlers: new Map(there), locals: localsOf(tree) };
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
