/** project/read-once: many questions go through all files of a package; while a run plans, each file is read once for all of them. */
import { isUtf8 } from 'node:buffer';

/** A file as it was read. */
export interface ReadText {
  /** With the byte order mark, if there is one. */
  readonly text: string;
  /** Whether the text is the bytes; of what is no UTF-8 it is only what can be read. */
  readonly exact: boolean;
}

/** What is kept until something changes. */
interface Memory {
  readonly answers: Map<string, unknown>;
  characters: number;
}

let running = false;
const memories: Memory[] = [];

/** Does some work in which no file changes. */
export function readingOnce<Result>(work: () => Result): Result {
  if (running) return work();
  running = true;
  try {
    return work();
  } finally {
    running = false;
    for (const memory of memories) {
      memory.answers.clear();
      memory.characters = 0;
    }
  }
}

/** A question about a path, by whoever can answer it. */
export type AskedOnce<Answer> = (path: string, find: (path: string) => Answer) => Answer;

/** How much of what is answered is kept; the rest is found each time that it is asked for. */
export interface Room<Answer> {
  /** How many characters of text, as they are counted in a string, all answers that are kept may have. */
  readonly mostCharacters: number;
  readonly charactersOf: (answer: Answer) => number;
}

/** Makes a question about a path whose answer is kept as long as nothing changes; all answers, if no room is given. */
export function askedOnce<Answer>(room?: Room<Answer>): AskedOnce<Answer> {
  const memory: Memory = { answers: new Map(), characters: 0 };
  const { answers } = memory;
  memories.push(memory);
  return (path, find) => {
    const known = answers.get(path);
    if (known !== undefined || answers.has(path)) return known as Answer;
    const answer = find(path);
    const characters = memory.characters + (room?.charactersOf(answer) ?? 0);
    if (!running || (room !== undefined && characters > room.mostCharacters)) return answer;
    answers.set(path, answer);
    memory.characters = characters;
    return answer;
  };
}

const texts = askedOnce<ReadText>({ mostCharacters: 64 * 1024 * 1024, charactersOf: ({ text }) => text.length });

/** The text of a file, by whoever reads it. */
export function textOnce(path: string, read: (path: string) => Buffer): ReadText {
  return texts(path, () => {
    const bytes = read(path);
    const text = bytes.toString('utf8');
    // Only bytes that are no UTF-8 become this character, or bytes that are that character.
    return { text, exact: !text.includes('\uFFFD') || isUtf8(bytes) };
  });
}
