/** functions/still-used: which imports a function still needs with what changes in it. */
import type { Splice } from '../syntax/edits.ts';
import { descendants, isNameOnly, type MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { NeededImport } from './captures.ts';

/** The imports whose names are left, or written, by the edits: the type of a value that nobody is given any more takes its own along. */
export function stillUsed(
  fn: MovableFunction,
  imports: readonly NeededImport[],
  edits: readonly Splice[],
): readonly NeededImport[] {
  const taken = edits.filter(({ start, end }) => start < end);
  if (imports.length === 0 || taken.length === 0) return imports;
  const isTaken = (node: ts.Node): boolean =>
    taken.some(({ start, end }) => start <= node.getStart() && node.end <= end);
  const places = descendants(fn).filter((node) => ts.isIdentifier(node) && !isNameOnly(node));
  const written = new Set(edits.flatMap(({ text }) => text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []));
  return imports.filter(({ binding: { local } }) => {
    const own = places.filter((node) => node.getText() === local);
    return written.has(local) || own.length === 0 || !own.every(isTaken);
  });
}
