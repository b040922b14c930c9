/** rules/reasons: every reason code, one row each. Codes are stable and never reused; DC-D6 and DC-R5 are retired. */

import { assumptionReasons } from './assumption-reasons.ts';
import { captureReasons } from './capture-reasons.ts';
import { checkReasons } from './check-reasons.ts';
import { hybridReasons } from './hybrid-reasons.ts';
import { importReasons } from './import-reasons.ts';
import { managerReasons } from './manager-reasons.ts';
import { processReasons } from './process-reasons.ts';
import { type Reason, row } from './reason.ts';
import { valueReasons } from './value-reasons.ts';

export type { Reason, Severity } from './reason.ts';

/** The table of reasons, by code. The letter names the area, see the README of this package. */
export const reasons = {
  // S: is it discord.js at all?
  'DC-S1': row('info', 'not discord.js', '{method} here belongs to {owner}, not to discord.js. Nothing to do.'),
  'DC-S2': row('todo', 'passed around', '{method} is used as a value here, not called. {advice}', {
    advice: 'Rewrite it by hand: call client.cluster.ipc.requestAllShards(name, data) with a named handler.',
  }),
  'DC-S3': row('todo', 'not proven', 'Nothing proves that {receiver} is {library}. {proof}.'),
  'DC-S4': row(
    'info',
    'text',
    'A string here holds the text of a {method} call. If it is run as code, turn it into a named handler by hand.',
  ),
  'DC-S5': row('info', 'own declaration', 'This declares a {method} of your own. {advice}', {
    advice: 'Look at its body and at its callers; the declaration itself needs no change.',
  }),
  'DC-S6': row(
    'todo',
    'discord-hybrid-sharding',
    '{receiver} looks like the client of discord-hybrid-sharding, and package.json does not name that. Where it is, add discord-hybrid-sharding to package.json and run dc-migrate again, or write the call as client.cluster.ipc.requestAll(name, data) with a named handler.',
  ),
  'DC-S7': row('info', 'name as text', 'This is the name {method} as text. {advice}', {
    advice: 'Where it chooses the class, import the class from shardlift/compat instead; else there is nothing to do.',
  }),
  'DC-S8': row(
    'info',
    'only asked for',
    'This only asks whether {method} is there. It still is, so the answer stays the same. Nothing to do.',
  ),
  // D: which function?
  'DC-D1': row(
    'todo',
    'dynamic function',
    'The function is chosen at run time ({what}). Give each function a name in the handlers file and request it by that name.',
  ),
  'DC-D2': row(
    'todo',
    'method as function',
    '{what} is a method or bound to an object; its text alone does not run in another process, so this call fails today. Write an arrow function, or a named handler.',
  ),
  'DC-D3': row(
    'todo',
    'text instead of a function',
    'discord.js 13 and later refuse text here. Run dc-migrate with --legacy to turn it into a handler, or write it as a function of the client, (client) => ...',
  ),
  'DC-D4': row(
    'todo',
    'runs user code',
    'This runs text as code ({what}). That is never moved automatically: keep broadcastEval for an owner-only command, or remove it.',
  ),
  'DC-D5': row('todo', 'dynamic path', 'The property path is not one literal dotted name. {how}.', {
    how: 'Write one handler per path in the handlers file and request it by name. Where a function of yours gets the path from its callers, let each of them hand over the name of its handler',
  }),
  'DC-D7': row(
    'todo',
    'text not understood',
    'This text cannot be turned into a function ({what}). Write it as a handler by hand, with the values it needs as data.',
  ),
  'DC-D8': row(
    'todo',
    'function of the callers',
    'The callers of the function around this one choose what {name} is, and one place stands in the way, {where}: {why}. {how}.',
    {
      how: 'Let every caller hand over a function that is written right there and run dc-migrate again, or give each function a name in the handlers file and hand over that name',
    },
  ),
  'DC-D10': row(
    'todo',
    'no function',
    'The call hands over no function, so there is nothing to run, and it {today}. Give it one, (client) => ..., and run dc-migrate again, or remove the call.',
    { today: 'fails today' },
  ),
  ...captureReasons,
  ...importReasons,
  // T: this and friends
  'DC-T1': row(
    'todo',
    'this',
    'The function uses `this` (line {line}). Use its first parameter, the client, instead, and run dc-migrate again.',
  ),
  'DC-T2': row(
    'todo',
    '{what}',
    'The function uses {what} (line {line}), which does not move into a handler. Write it without, and run dc-migrate again.',
  ),
  'DC-T3': row(
    'todo',
    'private name',
    'The function uses the private name {what} (line {line}), which only exists in its class. Pass the value with { context: { ... } }.',
  ),
  // G: types
  'DC-G1': row(
    'todo',
    'type parameter',
    'The function, or the data it is handed, uses the type parameter {names}, which does not exist in the handlers file. Write a concrete type (that of the data beside the second parameter) and run dc-migrate again.',
  ),
  'DC-G2': row(
    'todo',
    'local type',
    'The function uses {names}, which this file does not export. Export it (or move it to a file of types) and run dc-migrate again.',
  ),
  'DC-G3': row(
    'todo',
    'suppressed type error',
    'A @ts-ignore or @ts-expect-error covers this call, and without it the rewritten call has an error as well, or could not be checked. Fix the type first, then run dc-migrate again.',
  ),
  'DC-G4': row(
    'todo',
    'type of results out of sight',
    'With --inline the call says the type of its results itself, and it cannot name {names} from here, so it was left ({what}). Export that type, or write a return type at the function, and run dc-migrate again.',
  ),
  // R: receiver and result shape
  'DC-R3': row(
    'todo',
    'options not literal',
    'The options of this call cannot be read here ({what}). Write them as { context: ..., shard: ... } in the call and run dc-migrate again.',
  ),
  'DC-R6': row(
    'todo',
    'two kinds of receiver',
    '{receiver} is sometimes a ShardingManager and sometimes client.shard. Write one call for each and run dc-migrate again.',
  ),
  'DC-R7': row(
    'todo',
    'method of the base class',
    'super.{method} is the method of the class this one extends, which others may call with functions of their own. It keeps working; where the function is known, ask by name with ipc.requestAllShards(name, data) instead.',
  ),
  'DC-R12': row(
    'note',
    'argument that never arrived',
    'The call had {what} behind its options, which no function has ever been given; it is gone. If the function needs it, hand it over with the data.',
  ),
  'DC-R8': row(
    'note',
    'one or everybody',
    'Nothing proves that {what} is always {id}. Nothing (`undefined`, `null`) meant everybody until now, and a list as the result, and with NaN a call never ended; from now on either is an error (UNKNOWN_TARGET). Check where it comes from.',
  ),
  'DC-R10': row(
    'todo',
    'own client.cluster',
    'This bot gives its client a `cluster` of its own ({where}), where shardlift puts its cluster: a rewritten call would ask the wrong one. Give that member another name and run dc-migrate again.',
  ),
  'DC-R11': row(
    'note',
    'client.cluster is there now',
    'This bot looks at `client.cluster` ({where}), which no client of discord.js has. From now on it is the cluster of shardlift in every bot that the manager starts: a test whether it is there holds, its `id` counts clusters and not shards, and it has no broadcastEval. Check what becomes of each of these lines.',
  ),
  ...assumptionReasons,
  ...processReasons,
  // E: errors and no answer
  'DC-E1': row(
    'note',
    'error looked at',
    'The code that catches the errors of this call {does} their {names}. From now on the error says that results are missing (PARTIAL_RESULT, or HANDLER_FAILED when one is asked); what was thrown is its innermost cause. {advice}.',
    { does: 'compares', advice: 'Compare that one' },
  ),
  'DC-E2': row(
    'todo',
    'ends the process',
    'The function ends the process ({what}), so it can never answer, and all shards that share the process end with it. Restart from the manager instead: respawn() of the one that is meant, which starts the shards of its process again, or respawnAll().',
  ),
  ...managerReasons,
  ...hybridReasons,
  ...valueReasons,
  // L: texts that were evaluated
  'DC-L1': row(
    'note',
    'computed member',
    'A part of the text chose the name of a property; it is looked up by that name now. Check that only names you expect can arrive.',
  ),
  // F, V: the file itself
  'DC-F1': row(
    'todo',
    'file does not parse',
    'This file has a syntax error at {where} ({what}), so nothing in it was changed. Fix it and run dc-migrate again.',
  ),
  'DC-F2': row(
    'todo',
    'config not read',
    '{file} could not be read whole ({what}), so types were checked without what is missing of it. Mend it and run dc-migrate again.',
  ),
  'DC-F3': row(
    'todo',
    'generated file',
    '{file} says @generated at its head, so what writes it would take a change back, and nothing in it was changed. Change what it is made from; where it is written by hand by now, take that mark away and run dc-migrate again.',
  ),
  'DC-F4': row(
    'info',
    'compiled file',
    '{file} is what {source} beside it is compiled to, so nothing in it was changed. Build it anew after the migration.',
  ),
  ...checkReasons,
} as const satisfies Record<string, Reason>;

/** Every reason code. */
export type ReasonCode = keyof typeof reasons;

/** What fills the `{x}` of a sentence. */
export type ReasonDetails = Readonly<Record<string, string | number>>;

/** A reason at one place: its code and what fills its sentence. */
export interface Finding {
  readonly code: ReasonCode;
  readonly details: ReasonDetails;
  /** What of the bot it is about, each as it is written there: of what is taken for granted. */
  readonly what?: readonly string[];
  /** Set where this call is known to throw whenever it runs, which not all of its code do: by what, where by something else. */
  readonly throws?: true | Finding;
}

/** Makes a finding. */
export function finding(code: ReasonCode, details: ReasonDetails = {}): Finding {
  return { code, details };
}

/**
 * A finding of a call that is known to throw whenever it runs, before anything is migrated.
 *
 * @param cause - what makes it throw, where that is not what is found
 */
export const throwing = (why: Finding, cause: Finding | null = null): Finding => ({ ...why, throws: cause ?? true });

/** The title of a code, of whichever place. */
export function titleOf(code: ReasonCode): string {
  return reasons[code].title.replace(/\{\w+\}/g, 'syntax that does not move');
}

/** A sentence with its `{x}` filled in, as far as there is something for them. */
export const filled = (sentence: string, details: ReasonDetails): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, key: string) => String(details[key] ?? whole));

/** The sentence of a finding, filled in; what it leaves open says what is said in general. */
export function explain({ code, details }: Finding): string {
  const { sentence, general }: Reason = reasons[code];
  return filled(sentence, { ...general, ...details });
}
