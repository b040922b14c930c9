/** wording/shell: words as they are typed. */
import { sep } from 'node:path';

const plain = /^[\w./@=:-]+$/;

/** What sh does not take as it stands between double quotes. */
const live = /["$`!\\\n]/;

/** A word as it goes on a command line. */
export function inShell(word: string): string {
  if (plain.test(word)) return word;
  // Where they do, it is double ones: cmd of Windows knows no single quotes.
  return live.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

/** A path as it goes there: behind a dash it would be an option, and `\` is no part of a name where it parts them. */
export function pathInShell(path: string): string {
  const named = path.split(sep).join('/');
  return inShell(named.startsWith('-') ? `./${named}` : named);
}
