/**
 * features/eval-answer: what a cluster answers to an evaluation, packed and unpacked.
 *
 * | what came of it                            | answer                                         |
 * | ------------------------------------------ | ---------------------------------------------- |
 * | one shard, a primitive value               | the bare value                                 |
 * | one shard, another value or a failure      | its {@link EvalOutcome}, which always has `ok` |
 * | no shard or several                        | `{ outcomes }`                                 |
 * | the cluster does not have the function     | `{ unknown: true }`; nothing ran               |
 *
 * The rows cannot be mistaken for one another: users' objects are never bare, they travel inside an outcome, as JSON text
 * or v8 bytes.
 */
import { deserialize } from 'node:v8';
import { type Fault, fromFault } from '../wire/fault.ts';

/** What JSON keeps as it is, and `undefined`. */
export type Primitive = string | number | boolean | null | undefined;

/** The end of one evaluation, its value still encoded: JSON text, or v8 bytes from a worker. */
export type EvalOutcome =
  | { readonly ok: true; readonly value?: Primitive }
  | { readonly ok: true; readonly json: string }
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly fault: Fault };

/** The ends of the evaluations of one request, in the order of its shards. */
export type EvalOutcomes = readonly EvalOutcome[];

/** What a cluster answers; see the table above. */
export type EvalAnswer = Primitive | EvalOutcome | { readonly outcomes: EvalOutcomes } | { readonly unknown: true };

/** The answer of a cluster that was sent the id of a function it does not have. */
export const unknownFunction: EvalAnswer = { unknown: true };

/** Packs outcomes. One shard with a primitive value is the case that has to be fast: its answer costs no wrapping. */
export function packed(outcomes: EvalOutcomes): EvalAnswer {
  const [outcome] = outcomes;
  if (outcomes.length !== 1 || outcome === undefined) return { outcomes };
  return !outcome.ok || 'json' in outcome || 'bytes' in outcome ? outcome : outcome.value;
}

/** The outcomes in an answer; none when the cluster does not know the function. */
export function outcomesOf(answer: EvalAnswer): EvalOutcomes | undefined {
  if (typeof answer !== 'object' || answer === null) return [{ ok: true, value: answer }];
  if ('ok' in answer) return [answer];
  return 'outcomes' in answer ? answer.outcomes : undefined;
}

/** The value of an outcome. @throws what the evaluation threw, as a plain error of the same name */
export function outcomeValue(outcome: EvalOutcome): unknown {
  if (!outcome.ok) throw fromFault(outcome.fault);
  if ('json' in outcome) return JSON.parse(outcome.json);
  return 'bytes' in outcome ? deserialize(outcome.bytes) : outcome.value;
}
