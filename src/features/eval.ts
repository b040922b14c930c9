/** features/eval: runs text and reads properties in a cluster, once for each of its shards. Only facades turn it on. */
import { deserialize, serialize } from 'node:v8';
import type { Client } from 'discord.js';
import { ShardliftError } from '../errors.ts';
import { call, contract } from '../rpc/contract.ts';
import type { HandlersOf } from '../rpc/peer.ts';
import type { Mode } from '../transport/launcher.ts';
import { settle } from '../views/settle.ts';
import { createViews } from '../views/view.ts';
import { type Fault, fromFault, toFault } from '../wire/fault.ts';
import { helpersIn, transpilerHelpers } from './transpiler-helpers.ts';

/** What is to be done with the client. */
export type EvalWork =
  /** A function's text, called with the client and its context. The context is JSON text: each shard gets its own copy. */
  | { readonly kind: 'function'; readonly text: string; readonly context?: string }
  /** Text evaluated with the client as `this`. */
  | { readonly kind: 'script'; readonly text: string }
  /** A path of properties from the client: `guilds.cache.size`. */
  | { readonly kind: 'property'; readonly path: string };

/** One message for a whole cluster. */
export interface EvalRequest {
  readonly work: EvalWork;
  /**
   * `shards`: once per shard of the list, in its order, one after the other; cached users are split among the shards.
   * `shard`: once for the first of the list; it sees all cached users. `cluster`: once, on the real client.
   */
  readonly scope: 'shards' | 'shard' | 'cluster';
  readonly shards: readonly number[];
}

/** The end of one evaluation, its value still encoded: JSON text, or v8 bytes from a worker. */
export type EvalOutcome =
  | { readonly ok: true; readonly value?: string | number | boolean | null }
  | { readonly ok: true; readonly json: string }
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly fault: Fault };

/** The calls of the feature. They have no deadline: stock has none, and a cluster that dies rejects them at once. */
export const evalContract = contract('eval', {
  run: call<EvalRequest, readonly EvalOutcome[]>({ timeoutMs: null }),
});

/** What an evaluation runs on. */
export interface EvalHost {
  readonly client: Client;
  /** Decides what becomes of results: `process` what JSON makes of them, `worker` a structured clone. */
  readonly mode: Mode;
}

/** Answers {@link evalContract} in a cluster. */
export function evalHandlers(host: () => EvalHost): HandlersOf<(typeof evalContract)['shape']> {
  return { run: (request) => evaluate(host(), request) };
}

/** Does the work of a request, shard after shard; a failure of one shard does not keep the others from running. */
export async function evaluate(host: EvalHost, request: EvalRequest): Promise<readonly EvalOutcome[]> {
  const run = prepare(host.client, request.work);
  const outcomes: EvalOutcome[] = [];
  for (const view of viewsFor(host.client, request)) {
    try {
      outcomes.push(encodeResult(await run(view), host.mode));
    } catch (error) {
      outcomes.push({ ok: false, fault: toFault(error) });
    }
  }
  return outcomes;
}

/** The value of an outcome. @throws what the evaluation threw, as a plain error of the same name */
export function outcomeValue(outcome: EvalOutcome): unknown {
  if (!outcome.ok) throw fromFault(outcome.fault);
  if ('json' in outcome) return JSON.parse(outcome.json);
  return 'bytes' in outcome ? deserialize(outcome.bytes) : outcome.value;
}

function viewsFor(client: Client, { scope, shards }: EvalRequest): Iterable<Client> {
  if (scope === 'cluster') return [client];
  if (scope === 'shards') return createViews(client, shards).values();
  return createViews(client, shards.slice(0, 1), { users: 'whole' }).values();
}

type Run = (view: Client) => unknown;
type Made = (this: Client, helpers: readonly unknown[]) => (client: Client, context: unknown) => unknown;

function prepare(client: Client, work: EvalWork): Run {
  if (work.kind === 'property') return (view) => readPath(view, work.path);
  if (work.kind === 'script') return (view) => evalIn(view, work.text);
  const helpers = helpersIn(work.text);
  // A function of its own around the text: compiled once, and an arrow function finds the view as its `this`.
  const wrapped = `(function ([${helpers.join()}]) { return (${work.text}\n) })`;
  let make: Made | undefined;
  return (view) => {
    make ??= evalIn(client, wrapped) as Made;
    const fn = make.call(
      view,
      helpers.map((name) => transpilerHelpers[name]),
    );
    return fn(view, work.context === undefined ? undefined : JSON.parse(work.context));
  };
}

/** discord.js's own eval: users rely on what is in scope there (`require`, `Collection`, `Routes`). */
function evalIn(client: Client, text: string): unknown {
  const { _eval } = client as unknown as { _eval(text: string): unknown };
  return _eval.call(client, text);
}

function readPath(view: Client, path: string): unknown {
  let value: unknown = view;
  for (const key of path.split('.')) value = (value as Record<string, unknown>)[key];
  return value;
}

function encodeResult(value: unknown, mode: Mode): EvalOutcome {
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
    const received = `neither plain data nor JSON (${cause instanceof Error ? cause.message : String(cause)})`;
    throw new ShardliftError('UNSERIALISABLE', { path: 'The result', received }, { cause });
  }
}
