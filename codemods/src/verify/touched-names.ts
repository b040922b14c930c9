/** verify/touched-names: the names whose meaning edits can have changed; all others mean what they meant before. */
import type { Splice } from '../syntax/edits.ts';
import { isFileBound, isGlobalName } from '../syntax/globals.ts';

const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Whether a text opens every brace that it closes, so that it moves nothing around it into another scope. */
function keepsScopes(text: string): boolean {
  let depth = 0;
  for (const brace of text.match(/[{}]/g) ?? []) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/**
 * A name can only have lost its declaration when some edit wrote it, or took it away. A file with an edit that opens or
 * closes a scope is asked for every name.
 *
 * @param before - the text that was edited; `null` for a new file
 * @returns a test of names; what Node itself knows is never missing
 */
export function touchedNames(before: string | null, splices: readonly Splice[]): (name: string) => boolean {
  const known = (name: string): boolean => isGlobalName(name) || isFileBound(name);
  const texts = before === null ? [] : splices.flatMap(({ start, end, text }) => [text, before.slice(start, end)]);
  if (before === null || splices.length === 0 || !texts.every(keepsScopes)) return (name) => !known(name);
  const names = new Set(texts.flatMap((text) => text.match(word) ?? []));
  return (name) => names.has(name) && !known(name);
}
