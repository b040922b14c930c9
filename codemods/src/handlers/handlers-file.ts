/** handlers/handlers-file: the generated file: reads an existing one, writes a new one, appends to either. */
import type { NeededImport } from '../functions/captures.ts';
import type { SourceText, TextStyle } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import { indentOfLine, type MovedText, placeText } from '../syntax/moved-text.ts';
import { parseAlone, parses } from '../syntax/program.ts';
import { headOf, isDirective } from '../syntax/statements.ts';
import { plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { exportedHandlers } from './exported-handlers.ts';
import { localsOf } from './file-locals.ts';
import { documented, parameterLines, withTypes } from './handler-doc.ts';
import { importLines, linesBelow } from './import-lines.ts';
import { functionKey } from './same-function.ts';
import { type ToldData, toldSplices } from './told-data.ts';

/** Which language the file is written in. */
export type HandlersKind = 'typescript' | 'esm' | 'cjs';

/** How a file with handlers is written. */
export interface HandlersForm {
  readonly kind: HandlersKind;
  readonly style: TextStyle;
}

/** Handlers to write, and the imports they need. */
export interface NewHandlers {
  readonly entries: readonly HandlerEntry[];
  readonly imports: readonly NeededImport[];
  /** What is handed to those that are there; only known where some are. */
  readonly told?: readonly ToldData[];
}

/** One handler to write. */
export interface HandlerEntry {
  readonly name: string;
  readonly text: MovedText;
  readonly dataDoc: string | null;
  /** In TypeScript its client and its data are any. */
  readonly loose: boolean;
  /** A comment for the line above. */
  readonly lead: string | null;
  /** The lines of comments that moved along with the function; above everything else, so that its types stay the nearest. */
  readonly comments: readonly string[];
}

/** The names a file with handlers has already. */
export interface ExistingNames {
  /** What each handler is, by name; nothing for one that something else may take the place of. */
  readonly handlers: ReadonlyMap<string, string>;
  /** Each local name bound at the top, with where it comes from. */
  readonly locals: ReadonlyMap<string, string>;
}

/** What an existing handlers file holds. */
export interface ExistingHandlers extends ExistingNames {
  readonly object: ts.ObjectLiteralExpression;
  /** What new imports go behind. */
  readonly head: ts.Statement | undefined;
}

/**
 * Reads a handlers file; `null` when it exports no handlers that can be added to, or some whose names cannot be read.
 *
 * @param isLoaded - whether a manager loads it already
 */
export function readHandlers({ path, text }: SourceText, isLoaded: boolean): ExistingHandlers | null {
  if (!parses(path, text)) return null;
  const { object, names } = exportedHandlers(path, isLoaded);
  // Of names that cannot be read, one might be taken: what is added last would replace it.
  if (object === null || names === null) return null;
  const texts = new Map(
    object.properties.map((one) => [
      plainName(one.name),
      ts.isPropertyAssignment(one) ? one.initializer.getText() : '',
    ]),
  );
  // Which of two is the one that answers depends on what runs last.
  const isOnly = (name: string): boolean => names.indexOf(name) === names.lastIndexOf(name);
  const handlers = new Map(names.map((name) => [name, functionKey(isOnly(name) ? (texts.get(name) ?? '') : '')]));
  const tree = object.getSourceFile();
  return { object, handlers, locals: localsOf(tree), head: headOf(tree.statements) };
}

/** A handler as it is written, with the types that it gets there. */
export function writtenText(
  { text, loose, dataDoc }: Pick<HandlerEntry, 'text' | 'loose' | 'dataDoc'>,
  { kind, style }: HandlersForm,
  indent = style.indent,
): string {
  const plain = placeText(text, { indent, eol: style.eol, unit: style.indent });
  return kind === 'typescript' ? withTypes(plain, loose ? ['any', 'any'] : [null, dataDoc]) : plain;
}

function entryLines(entry: HandlerEntry, form: HandlersForm, indent = form.style.indent): string {
  const { kind, style } = form;
  const { dataDoc } = entry;
  const lead = entry.lead === null ? '' : `${indent}${entry.lead}${style.eol}`;
  const text = writtenText(entry, form, indent);
  const types = kind === 'typescript' || dataDoc === null ? [] : parameterLines(text, dataDoc);
  const comments = documented(entry.comments, types)
    .map((line) => `${indent}${line}${style.eol}`)
    .join('');
  return `${comments}${lead}${indent}${entry.name}: ${text},${style.eol}`;
}

/** Whether a file holds nothing but comments and `'use strict'`. */
export const isBlank = ({ path, text }: SourceText): boolean =>
  parses(path, text) && parseAlone(path, text, false).statements.every(isDirective);

/**
 * Writes a new handlers file.
 *
 * @param above - what a file without any code holds already
 */
export function createHandlers({ entries, imports }: NewHandlers, form: HandlersForm, above = ''): string {
  const { kind, style } = form;
  const { eol, semicolon: end } = style;
  const shardlift = quoted('shardlift', style.quote);
  // The file of discord.js is strict in which these functions were evaluated until now.
  const strict = `${quoted('use strict', style.quote)}${end}`;
  const first =
    kind === 'cjs'
      ? [...(/use strict/.test(above) ? [] : [strict, '']), `const { defineHandlers } = require(${shardlift})${end}`]
      : [`import { defineHandlers } from ${shardlift}${end}`];
  const open = kind === 'cjs' ? 'exports.handlers = defineHandlers({' : 'export const handlers = defineHandlers({';
  const head = [...first, ...importLines(imports, form), '', open, ''].join(eol);
  const body = entries.map((entry) => entryLines(entry, form)).join('');
  const register = `declare module ${shardlift} {${eol}${style.indent}interface Register {${eol}${style.indent.repeat(2)}handlers: typeof handlers${end}${eol}${style.indent}}${eol}}${eol}`;
  const begin = above === '' || above.endsWith('\n') ? above : above + eol;
  return `${begin}${head}${body}})${end}${eol}${kind === 'typescript' ? eol + register : ''}`;
}

/** Where the last member of an object begins a line, its indent. */
function memberIndent(object: ts.ObjectLiteralExpression): string | null {
  const { text } = object.getSourceFile();
  const at = object.properties.at(-1)?.getStart() ?? object.getStart();
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return before.trim() === '' ? before : null;
}

/** The edits that add members to an object, each on lines of its own. */
function memberSplices(
  object: ts.ObjectLiteralExpression,
  entries: readonly HandlerEntry[],
  form: HandlersForm,
): readonly Splice[] {
  const { style } = form;
  const { text } = object.getSourceFile();
  const { properties } = object;
  const last = properties.at(-1);
  const comma =
    last === undefined || properties.hasTrailingComma ? [] : [{ start: last.end, end: last.end, text: ',' }];
  const brace = object.end - 1;
  const lineStart = text.lastIndexOf('\n', brace) + 1;
  const own = text.slice(lineStart, brace).trim() === '' && lineStart > object.getStart();
  const outer = indentOfLine(text, own ? brace : object.getStart());
  const isList = last !== undefined && text.slice(object.getStart(), last.getStart()).includes('\n');
  const indent = (isList ? memberIndent(object) : null) ?? outer + style.indent;
  const body = entries.map((entry) => entryLines(entry, form, indent)).join('');
  if (own) return [...comma, { start: lineStart, end: lineStart, text: body }];
  const start = brace - (/[ \t]*$/.exec(text.slice(0, brace))?.[0].length ?? 0);
  return [...comma, { start, end: brace, text: style.eol + body + outer }];
}

/** The edits that add handlers and imports to an existing file. */
export function addedHandlers(
  { object, head }: Pick<ExistingHandlers, 'object' | 'head'>,
  { entries, imports, told = [] }: NewHandlers,
  form: HandlersForm,
): readonly Splice[] {
  const lines = importLines(imports, form);
  return [
    ...toldSplices(object, told),
    ...(entries.length === 0 ? [] : memberSplices(object, entries, form)),
    ...(lines.length === 0 ? [] : [linesBelow({ text: object.getSourceFile().text, head }, lines, form.style)]),
  ];
}
