/** features/eval-result: what becomes of a result on its way, mode by mode as discord.js has it. */
import { serialize } from 'node:v8';
import { isShardliftError, messageOf, ShardliftError } from '../errors.ts';
import type { Mode } from '../transport/launcher.ts';
import { settle } from '../views/settle.ts';
import type { EvalOutcome } from './eval-answer.ts';

/** What the details of a refused result name, also once it has crossed a link. */
const path = 'The result';

/** Whether a call failed for its result alone: it ran, and what it gave cannot be sent. */
export const isUnsentResult = (error: unknown): boolean =>
  isShardliftError(error, 'UNSERIALISABLE') && error.details.path === path;

/** Encodes what an evaluation gave. @throws ShardliftError `UNSERIALISABLE` */
export function encodeResult(value: unknown, mode: Mode): EvalOutcome {
  if (value === undefined) return { ok: true };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { ok: true, value };
  if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) return { ok: true, value };
  return mode === 'worker' ? clone(value) : asJson(value);
}

function clone(value: unknown): EvalOutcome {
  try {
    settle(value);
    return { ok: true, bytes: serialize(value) };
  } catch {
    // Not a loss yet: what cannot be cloned (functions, emitters) may still have a JSON form.
    return asJson(value);
  }
}

function asJson(value: unknown): EvalOutcome {
  try {
    const json = JSON.stringify(value) as string | undefined;
    return json === undefined ? { ok: true } : { ok: true, json };
  } catch (cause) {
    const received = `neither plain data nor JSON (${messageOf(cause)})`;
    throw new ShardliftError('UNSERIALISABLE', { path, received }, { cause });
  }
}
