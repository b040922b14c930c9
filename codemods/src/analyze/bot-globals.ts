/** analyze/bot-globals: names that a bot puts on the global object itself, in any file of its package. */
import { dirname } from 'node:path';
import { filesMatching } from '../discover.ts';
import { findUp } from '../package-info.ts';
import { askedOnce } from '../read-once.ts';
import { readSource } from '../source.ts';

const assigned = /\bglobal(?:This)?\s*\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=(?!=)/gu;

function globalsOf(root: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of filesMatching(root, /\bglobal(This)?\s*\./)) {
    for (const match of (readSource(file)?.text ?? '').matchAll(assigned)) names.add(match[1] ?? '');
  }
  return names;
}

const namesOnce = askedOnce<ReadonlySet<string>>();

/** Whether the package of a file sets a name on `global` or `globalThis`. */
export function isBotGlobal(path: string, name: string): boolean {
  const manifest = findUp('package.json', dirname(path));
  return manifest !== null && namesOnce(dirname(manifest), globalsOf).has(name);
}
