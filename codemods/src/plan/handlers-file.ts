/** plan/handlers-file: the generated file: reads an existing one, writes a new one, appends to either. */
import type { NeededImport } from '../analyze/captures.ts';
import { requireOfModule } from '../analyze/package-require.ts';
import { parseAlone, syntaxErrors } from '../analyze/program.ts';
import type { Splice } from '../analyze/receiver.ts';
import { behind, headOf } from '../analyze/statements.ts';
import { tokensOf } from '../analyze/tokens.ts';
import { type MovedText, placeText } from '../moved-text.ts';
import type { SourceText, TextStyle } from '../source.ts';
import { ts } from '../typescript.js';
import { applySplices, quoted } from './edits.ts';
import { exportedHandlers } from './exported-handlers.ts';
import { isCreatedRequire, isImportEquals, localsOf } from './file-locals.ts';
import { documented, parameterLines } from './handler-doc.ts';
import { plainName } from './written-names.ts';

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
}

/** One handler to write. */
export interface HandlerEntry {
  readonly name: string;
  readonly text: MovedText;
  readonly dataDoc: string | null;
  /** A comment for the line above. */
  readonly lead: string | null;
  /** The lines of comments that moved along with the function; above everything else, so that its types stay the nearest. */
  readonly comments: readonly string[];
}

/** The names a file with handlers has already. */
export interface ExistingNames {
  /** The tokens of each handler, by name; none for one that something else may take the place of. */
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

/** The tokens of a function's text, to compare functions by. */
export function squeezed(text: string): string {
  const tree = parseAlone('handler.ts', `(${text});`);
  // What is no expression of its own is equal to the very same text alone.
  return syntaxErrors(tree).length > 0 ? text : tokensOf(tree).join(' ');
}

/**
 * Reads a handlers file; `null` when it exports no handlers that can be added to, or some whose names cannot be read.
 *
 * @param isLoaded - whether a manager loads it already
 */
export function readHandlers({ path }: SourceText, isLoaded: boolean): ExistingHandlers | null {
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
  const handlers = new Map(names.map((name) => [name, squeezed(isOnly(name) ? (texts.get(name) ?? '') : '')]));
  const tree = object.getSourceFile();
  return { object, handlers, locals: localsOf(tree), head: headOf(tree.statements) };
}

/** Imports, as the language of the file writes them. */
export function importLines(imports: readonly NeededImport[], form: HandlersForm): readonly string[] {
  const made = imports.find(isCreatedRequire);
  const below = made === undefined ? [] : [`const ${made.binding.local} = ${requireOfModule}${form.style.semicolon}`];
  return [...new Set(imports.map((one) => importLine(one, form))), ...below];
}

function importLine(needed: NeededImport, { kind, style }: HandlersForm): string {
  const { binding } = needed;
  const module = quoted(binding.specifier, style.quote);
  if (kind === 'cjs') {
    const pair = binding.imported === binding.local ? binding.local : `${binding.imported}: ${binding.local}`;
    return `const ${binding.kind === 'named' ? `{ ${pair} }` : binding.local} = require(${module})${style.semicolon}`;
  }
  if (isImportEquals(binding)) return `import ${binding.local} = require(${module})${style.semicolon}`;
  const type = needed.typeOnly ? 'type ' : '';
  if (isCreatedRequire(needed)) return `import { ${binding.imported} } from ${module}${style.semicolon}`;
  const pair = binding.imported === binding.local ? binding.local : `${binding.imported} as ${binding.local}`;
  const names = { named: `{ ${pair} }`, default: binding.local, namespace: `* as ${binding.local}` }[binding.kind];
  const attributes = binding.attributes === undefined ? '' : ` ${binding.attributes}`;
  return `import ${type}${names} from ${module}${attributes}${style.semicolon}`;
}

function entryLines(entry: HandlerEntry, style: TextStyle): string {
  const lead = entry.lead === null ? '' : `${style.indent}${entry.lead}${style.eol}`;
  const text = placeText(entry.text, { ...style, unit: style.indent });
  const types = entry.dataDoc === null ? [] : parameterLines(text, entry.dataDoc);
  const comments = documented(entry.comments, types)
    .map((line) => `${style.indent}${line}${style.eol}`)
    .join('');
  return `${comments}${lead}${style.indent}${entry.name}: ${text},${style.eol}`;
}

/** Writes a new handlers file. */
export function createHandlers({ entries, imports }: NewHandlers, form: HandlersForm): string {
  const { kind, style } = form;
  const { eol, semicolon: end } = style;
  const shardlift = quoted('shardlift', style.quote);
  // The file of discord.js is strict in which these functions were evaluated until now.
  const strict = `${quoted('use strict', style.quote)}${end}`;
  const first =
    kind === 'cjs'
      ? [strict, '', `const { defineHandlers } = require(${shardlift})${end}`]
      : [`import { defineHandlers } from ${shardlift}${end}`];
  const open = kind === 'cjs' ? 'exports.handlers = defineHandlers({' : 'export const handlers = defineHandlers({';
  const head = [...first, ...importLines(imports, form), '', open, ''].join(eol);
  const body = entries.map((entry) => entryLines(entry, style)).join('');
  const register = `declare module ${shardlift} {${eol}${style.indent}interface Register {${eol}${style.indent.repeat(2)}handlers: typeof handlers${end}${eol}${style.indent}}${eol}}${eol}`;
  return `${head}${body}})${end}${eol}${kind === 'typescript' ? eol + register : ''}`;
}

/** Appends handlers and imports to an existing file's text. */
export function appendHandlers(
  { source, existing }: { readonly source: SourceText; readonly existing: ExistingHandlers },
  added: NewHandlers,
  form: HandlersForm,
): string {
  const { style } = form;
  if (added.entries.length === 0 && added.imports.length === 0) return source.text;
  const { object } = existing;
  const body = added.entries.map((entry) => entryLines(entry, style)).join('');
  const splices: Splice[] = [];
  const brace = object.end - 1;
  const last = object.properties[object.properties.length - 1];
  if (last !== undefined && !object.properties.hasTrailingComma)
    splices.push({ start: last.end, end: last.end, text: ',' });
  const lineStart = source.text.lastIndexOf('\n', brace) + 1;
  const own = source.text.slice(lineStart, brace).trim() === '' && lineStart > object.getStart();
  splices.push(
    own ? { start: lineStart, end: lineStart, text: body } : { start: brace, end: brace, text: style.eol + body },
  );
  if (added.imports.length > 0) {
    const { head } = existing;
    const shebang = /^#!.*\r?\n?/.exec(source.text)?.[0].length ?? 0;
    const at = head === undefined ? shebang : behind(head);
    const lines = importLines(added.imports, form);
    const text =
      head === undefined ? lines.join(style.eol) + style.eol : lines.map((line) => style.eol + line).join('');
    splices.push({ start: at, end: at, text });
  }
  return applySplices(source.text, splices);
}
