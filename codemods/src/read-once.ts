/** read-once: many questions go through all files of a package; while a run plans, each file is read once for all of them. */
import { isUtf8 } from 'node:buffer';

/** A file as it was read. */
export interface ReadText {
  /** With the byte order mark, if there is one. */
  readonly text: string;
  /** Whether the text is the bytes; of what is no UTF-8 it is only what can be read. */
  readonly exact: boolean;
}

interface Kept {
  readonly texts: Map<string, ReadText>;
  readonly folders: Map<string, readonly string[]>;
  readonly names: Map<string, ReadonlySet<string>>;
  characters: number;
}

/** Of a project with more text than this, the rest is read each time it is asked for. */
const maxCharacters = 64 * 1024 * 1024;

let kept: Kept | null = null;

/** Does some work in which no file changes. */
export function readingOnce<Result>(work: () => Result): Result {
  if (kept !== null) return work();
  kept = { texts: new Map(), folders: new Map(), names: new Map(), characters: 0 };
  try {
    return work();
  } finally {
    kept = null;
  }
}

/** The text of a file, by whoever reads it. */
export function textOnce(path: string, read: (path: string) => Buffer): ReadText {
  const known = kept?.texts.get(path);
  if (known !== undefined) return known;
  const bytes = read(path);
  const text = bytes.toString('utf8');
  // Only bytes that are no UTF-8 become this character, or bytes that are that character.
  const found = { text, exact: !text.includes('\uFFFD') || isUtf8(bytes) };
  if (kept !== null && kept.characters + text.length <= maxCharacters) {
    kept.texts.set(path, found);
    kept.characters += text.length;
  }
  return found;
}

/** The files of a folder, by whoever lists them. */
export function filesOnce(folder: string, list: (folder: string) => readonly string[]): readonly string[] {
  const files = kept?.folders.get(folder) ?? list(folder);
  kept?.folders.set(folder, files);
  return files;
}

/** Names that all files of a folder say together, by whoever looks for them. */
export function namesOnce(folder: string, find: (folder: string) => ReadonlySet<string>): ReadonlySet<string> {
  const names = kept?.names.get(folder) ?? find(folder);
  kept?.names.set(folder, names);
  return names;
}
