/** project/read-once: many questions go through all files of a package; while a run plans, each file is read once for all of them. */
import { isUtf8 } from 'node:buffer';

/** A file as it was read. */
export interface ReadText {
  /** With the byte order mark, if there is one. */
  readonly text: string;
  /** Whether the text is the bytes; of what is no UTF-8 it is only what can be read. */
  readonly exact: boolean;
}

/** Of a project with more text than this, the rest is read each time it is asked for. */
const maxCharacters = 64 * 1024 * 1024;

let running = false;
let characters = 0;
const memories: Map<string, unknown>[] = [];

/** Does some work in which no file changes. */
export function readingOnce<Result>(work: () => Result): Result {
  if (running) return work();
  running = true;
  try {
    return work();
  } finally {
    running = false;
    characters = 0;
    for (const memory of memories) memory.clear();
  }
}

/** A question about a path, by whoever can answer it. */
export type AskedOnce<Answer> = (path: string, find: (path: string) => Answer) => Answer;

/**
 * Makes a question about a path whose answer is kept as long as nothing changes.
 *
 * @param room - whether an answer is worth its place
 */
export function askedOnce<Answer>(room: (answer: Answer) => boolean = () => true): AskedOnce<Answer> {
  const memory = new Map<string, Answer>();
  memories.push(memory);
  return (path, find) => {
    const known = memory.get(path);
    if (known !== undefined || memory.has(path)) return known as Answer;
    const answer = find(path);
    if (running && room(answer)) memory.set(path, answer);
    return answer;
  };
}

const texts = askedOnce<ReadText>(({ text }) => {
  const fits = characters + text.length <= maxCharacters;
  if (fits) characters += text.length;
  return fits;
});

/** The text of a file, by whoever reads it. */
export function textOnce(path: string, read: (path: string) => Buffer): ReadText {
  return texts(path, () => {
    const bytes = read(path);
    const text = bytes.toString('utf8');
    // Only bytes that are no UTF-8 become this character, or bytes that are that character.
    return { text, exact: !text.includes('\uFFFD') || isUtf8(bytes) };
  });
}
