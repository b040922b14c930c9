/** rules/throw-reasons: what throws today, why, and what mends it: the words of doctor, before anything is migrated. */
import { throwsToday } from './areas.ts';
import { explain, type Finding, filled, type ReasonCode, type ReasonDetails, reasons } from './reasons.ts';

/** What is said of a call that throws, by the code of what makes it throw. `{x}` are the details of that finding. */
interface Words {
  /** What throws, and why. */
  readonly today: string;
  /** What mends it, where dc-migrate rewrites the call. */
  readonly rewritten: string;
  /** What mends it by hand, where dc-migrate leaves the call; of several, all whose `{x}` are there. */
  readonly left: string | readonly string[];
  /** How dc-migrate mends it once it can move the call, where that may ever be. */
  readonly moved?: string;
  /** The option with which dc-migrate does it, where nothing else stands in the way. */
  readonly option?: string;
}

const onlyText = 'Only its text gets to the other process';
const rewritten = 'npx dc-migrate mends it.';
const byHand = 'Pass it with { context: { ... } } and take it as the second parameter';

const captured = {
  today: `The function uses {thrown} from outside itself. ${onlyText}, which does not have that: the call throws a ReferenceError{where}.`,
  rewritten: 'npx dc-migrate --fix-captures mends it: what is read of that is passed as data.',
  left: `${byHand}.`,
  option: 'npx dc-migrate --fix-captures does that itself{fix}.',
} as const;

const words: Readonly<Partial<Record<ReasonCode, Words>>> = {
  'DC-C1': captured,
  'DC-C7': captured,
  'DC-I1': {
    today: `The function uses {thrown}, {kind}. ${onlyText}, which has not imported {that}: the call throws a ReferenceError{where}.`,
    rewritten: 'npx dc-migrate mends it: the file of the handler imports {that}, too.',
    left: [
      'Make the function async and load {packages} inside it.',
      // The text runs in a file of discord.js, from where a path of the bot leads nowhere.
      'Pass what it reads of {own} with { context: { ... } } and take it as the second parameter.',
      'Functions cannot be passed, so compute what it gets from {called} before the call, pass that with { context: { ... } } and take it as the second parameter.',
    ],
    moved: 'Or let npx dc-migrate move the call to a file that imports {files}, once nothing else stands in its way.',
  },
  'DC-D2': {
    today: `{what} is a method, bound to an object or built in. ${onlyText}, which by itself is no function: the call throws a SyntaxError.`,
    rewritten,
    left: 'Write {way}.',
  },
  'DC-D3': {
    today: 'The call hands over a text, and discord.js 13 and later take only functions: it throws a TypeError.',
    rewritten: 'npx dc-migrate --legacy mends it: the text becomes a handler.',
    left: 'npx dc-migrate --legacy makes a handler of the text where it understands it. Or write a function, (client) => ...',
  },
  'DC-D7': {
    today:
      'The path begins with `this`, which discord.js puts in front of it already, and a client has none of its own: the call throws a TypeError.',
    rewritten,
    left: 'Leave `this.` out; npx dc-migrate moves that.',
  },
  'DC-D10': {
    today: 'The call hands over no function, so there is nothing to run: it throws a TypeError.',
    rewritten,
    left: 'Give it one, (client) => ..., or remove the call.',
  },
  'DC-T1': {
    today: `The function reads something of \`this\` (line {line}). ${onlyText} and runs there by itself, where \`this\` is undefined: the call throws a TypeError.`,
    rewritten,
    left: 'Use its first parameter, the client, instead; npx dc-migrate moves that.',
  },
  'DC-T3': {
    today: `The function uses the private name {what} (line {line}). ${onlyText}, and outside of its class that is no code: the call throws a SyntaxError.`,
    rewritten,
    left: `${byHand}.`,
  },
  'DC-W1': {
    today: 'The context holds a bigint. discord.js hands it over as JSON, which has none: the call throws a TypeError.',
    rewritten: 'npx dc-migrate mends it: the handler gets the bigint itself.',
    left: 'Pass a text, String(it), and make a bigint of that in the function.',
  },
};

/** Why a call throws today. */
export interface Throws {
  readonly code: ReasonCode;
  readonly message: string;
}

/** Codes of calls that are never moved. */
const neverMoved: ReadonlySet<ReasonCode> = new Set(['DC-D4', 'DC-E2']);

/** What else stands in the way, where dc-migrate leaves a call for something else than what makes it throw. */
function alsoLeftFor(findings: readonly Finding[], thrown: Finding): Finding | null {
  const why = thrown.throws instanceof Object ? thrown : findings.find(({ code }) => reasons[code].severity === 'todo');
  const isOther = why !== undefined && (why !== thrown || thrown.throws instanceof Object);
  return isOther ? why : null;
}

/** Those of several ways to mend a call that are about something here. */
const waysFor = (ways: readonly string[], details: ReasonDetails): readonly string[] =>
  ways.filter((part) => [...part.matchAll(/\{(\w+)\}/g)].every(([, key = '']) => details[key] !== ''));

/** What mends a call that dc-migrate leaves, for its own sake or for another one. */
function mendedByHand({ left, moved = '', option = '' }: Words, details: ReasonDetails, other: Finding | null) {
  const isMovable = other === null || !neverMoved.has(other.code);
  const ways = waysFor([left, isMovable ? moved : ''].flat(), details);
  if (other === null) return [...ways, option];
  return [...ways, `And npx dc-migrate leaves the call, since it needs more: ${explain(other)}`];
}

/** What throws today of a call, why, and what mends it; `null` where nothing is known to. */
export function throwsOf(findings: readonly Finding[], isRewritten: boolean): Throws | null {
  const thrown = findings.find(throwsToday);
  if (thrown === undefined) return null;
  const { code, details } = thrown.throws instanceof Object ? thrown.throws : thrown;
  const said = words[code];
  if (said === undefined) return { code: thrown.code, message: explain(thrown) };
  const mended = isRewritten ? [said.rewritten] : mendedByHand(said, details, alsoLeftFor(findings, thrown));
  const parts = [said.today, ...mended].map((part) => filled(part, details));
  return { code: thrown.code, message: parts.filter((part) => part !== '').join(' ') };
}
