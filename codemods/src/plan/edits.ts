/** plan/edits: applies splices to a text; every byte outside them stays. */
import { MagicString } from 'magic-string';
import type { Splice } from '../analyze/receiver.ts';

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
