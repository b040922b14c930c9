/** rules/areas: what codes have in common. */
import type { Finding, ReasonCode } from './reasons.ts';

/** What the letter of a code stands for. */
export const areas: Readonly<Record<string, string>> = {
  S: 'the receiver is not discord.js, or nothing proves that it is',
  D: 'the function is chosen at run time, is text, or is declared elsewhere',
  C: 'the function uses a variable from outside',
  I: 'imports of the function',
  T: 'this, arguments, private names',
  G: 'types that cannot be written in the handlers file',
  R: 'the receiver or the options cannot be read',
  P: 'facts of the process: several shards share one process now',
  E: 'the function ends the process, or its errors are told apart',
  M: 'the manager and its import',
  H: 'the handlers file',
  W: 'values that JSON used to change, nested calls',
  L: 'texts that were evaluated',
  F: 'a file that does not parse, a tsconfig.json that cannot be read',
  V: 'the result was checked and refused',
  A: 'what is taken for granted, since nothing proves it; nothing to do where it holds',
};

/** Codes of calls that throw whenever they run, before anything is migrated. */
const throwing: ReadonlySet<ReasonCode> = new Set(['DC-D2', 'DC-T3']);

const isAssumption = ({ code }: Finding): boolean => code.startsWith('DC-A');

/** Findings by whether they are to be read before the call is used, or are what it rests on, where nothing proves that. */
export const toldApart = (
  findings: readonly Finding[],
): { readonly notes: readonly Finding[]; readonly assumptions: readonly Finding[] } => ({
  notes: findings.filter((one) => !isAssumption(one)),
  assumptions: findings.filter(isAssumption),
});

/** Whether a call throws whenever it runs, before anything is migrated: for its code, or for what is known of it. */
export const throwsToday = ({ code, throws }: Finding): boolean => throws !== undefined || throwing.has(code);
