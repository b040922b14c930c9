/** syntax/edits: applies splices to a text; every byte outside them stays. */
import { MagicString } from 'magic-string';
import type { TextStyle } from '../project/source.ts';
import type { ts } from '../typescript.js';

/** A piece of text to put in place of another; positions are those of the file as read. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies splices that do not overlap. Insertions at one place keep their order. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const edited = new MagicString(text);
  for (const { start, end, text: inserted } of splices) {
    if (start === end) edited.appendLeft(start, inserted);
    else if (inserted === '') edited.remove(start, end);
    else edited.update(start, end, inserted);
  }
  return edited.toString();
}

/** A string literal in the given quotes. */
export function quoted(value: string, quote: "'" | '"'): string {
  return quote + value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** Adds a property at the end of an object literal, in the layout the literal has. */
export function addProperty(
  literal: ts.ObjectLiteralExpression,
  property: string,
  style: TextStyle,
): readonly Splice[] {
  const { text } = literal.getSourceFile();
  const last = literal.properties[literal.properties.length - 1];
  if (last === undefined) {
    return [{ start: literal.getStart() + 1, end: literal.end - 1, text: ` ${property} ` }];
  }
  const brace = literal.end - 1;
  const lineStart = text.lastIndexOf('\n', brace) + 1;
  const multiline = text.slice(lineStart, brace).trim() === '' && lineStart > last.end;
  const comma = literal.properties.hasTrailingComma ? [] : [{ start: last.end, end: last.end, text: ',' }];
  if (multiline) {
    const at = text.lastIndexOf('\n', last.getStart()) + 1;
    const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? style.indent;
    // As the list was: who writes no comma at the end gets none.
    const end = comma.length === 0 ? ',' : '';
    return [...comma, { start: lineStart, end: lineStart, text: `${indent}${property}${end}${style.eol}` }];
  }
  const at = literal.properties.hasTrailingComma ? literal.properties.end : last.end;
  const lead = literal.properties.hasTrailingComma ? ' ' : ', ';
  return [{ start: at, end: at, text: `${lead}${property}` }];
}
