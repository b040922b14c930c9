/** options/checks: what the value of an option may be: a test and the words for it. */

/** What an option may be. */
export interface Check {
  readonly accepts: (value: unknown) => boolean;
  /** What it may be, as the end of "must be ...". */
  readonly expected: string;
  /** The members of an option that is an object. */
  readonly parts?: Checks;
  /** Its value must not get into a message. */
  readonly secret?: true;
}

/** Checks by name. */
export type Checks = Readonly<Record<string, Check>>;

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
const isAuto = (value: unknown): boolean => value === 'auto' || value === -1;
/** A timer over 2^31 - 1 ms would fire at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestMs = 1_000_000_000;
const isMs = (value: unknown): boolean => isNumber(value) && value >= 0 && value <= longestMs;
const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');

/** An object that is no array. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One of some strings. */
export const oneOf = (...choices: readonly string[]): Check => ({
  accepts: (value) => choices.includes(value as string),
  expected: choices.map((choice) => `'${choice}'`).join(' or '),
});

/** An object with the given members. */
export const objectOf = (expected: string, parts: Checks): Check => ({ accepts: isObject, expected, parts });

/** The same check, which some further values pass. */
export const orAlso = ({ accepts, expected }: Check, others: readonly unknown[], words: string): Check => ({
  accepts: (value) => others.includes(value) || accepts(value),
  expected: `${expected}, ${words}`,
});

/** Any string. */
export const text: Check = { accepts: (value) => typeof value === 'string', expected: 'a string' };
/** An array of strings. */
export const strings: Check = { accepts: isStrings, expected: 'an array of strings' };
/** Yes or no. */
export const flag: Check = { accepts: (value) => typeof value === 'boolean', expected: 'true or false' };
/** How many: at least one. */
export const count: Check = { accepts: isCount, expected: 'a whole number above 0' };
/** How many, or to be found out (-1 is an older word for it). */
export const countOrAuto: Check = {
  accepts: (value) => isCount(value) || isAuto(value),
  expected: "a whole number above 0, or 'auto'",
};
/** The most there may be; `null` for no limit. */
export const cap: Check = {
  accepts: (value) => value === null || isCount(value),
  expected: 'a whole number above 0, or null for no limit',
};
/** A time in ms that a timer can wait. */
export const ms: Check = { accepts: isMs, expected: 'a number of milliseconds from 0 to 1 000 000 000' };
/** The same, but not 0. */
export const someMs: Check = {
  accepts: (value) => isMs(value) && value !== 0,
  expected: 'a number of milliseconds above 0',
};

/** A number that is not below a bound. */
export const atLeast = (least: number): Check => ({
  accepts: (value) => isNumber(value) && value >= least,
  expected: `a number, ${least} or more`,
});

/** Gateway shards, at least one. */
export const shardIds: Check = {
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id) && id >= 0),
  expected: 'an array of shard ids (whole numbers from 0) with at least one id',
};
/** A path, or several. */
export const paths: Check = {
  accepts: (value) => typeof value === 'string' || isStrings(value),
  expected: 'a path or an array of paths',
};
/** The path of one file. */
export const path: Check = {
  accepts: (value) => typeof value === 'string' && value !== '',
  expected: 'the path of a file',
};
/** An environment. Its values may be secrets. */
export const variables: Check = {
  accepts: (value) => isObject(value) && isStrings(Object.values(value)),
  expected: 'an object whose values are strings',
  secret: true,
};
/** Where the manager says what it does. */
export const logger: Check = {
  accepts: (value) =>
    ['debug', 'info', 'warn', 'error'].every(
      (verb) => typeof (value as Record<string, unknown> | null)?.[verb] === 'function',
    ),
  expected: 'an object with debug, info, warn and error',
};
