/** handlers/handler-globals: the names that handlers read from the global object, which nothing else in their file may take. */
import type { HandlerSource } from '../calls/understood.ts';
import type { Place } from './place.ts';
import { freeNames, freeNamesOf, namesIn } from './rename-free.ts';

const importedBy = ({ imports }: HandlerSource): readonly string[] => imports.map(({ binding }) => binding.local);

/** Which of some names a function reads from the global object: it declares none of them, and imports none. */
export function globalsAmong(source: HandlerSource, names: ReadonlySet<string>): readonly string[] {
  const imported = new Set(importedBy(source));
  const said = [...namesIn(source.text)].filter((name) => names.has(name) && !imported.has(name));
  // To tell them apart costs a program.
  if (said.length === 0) return [];
  const free = freeNamesOf(source.text, source.from);
  return said.filter((name) => free.has(name));
}

/** The names that no import of a file with handlers may have: what handlers in it read, those of today included. */
export function reservedNames(
  { source }: Pick<Place, 'source'>,
  sources: readonly HandlerSource[],
): ReadonlySet<string> {
  const imported = new Set(sources.flatMap(importedBy));
  const there = source === null || imported.size === 0 ? [] : freeNames(source.path, source.text);
  return new Set([...there, ...sources.flatMap((one) => globalsAmong(one, imported))]);
}
