/** features/eval: runs text and reads properties in a cluster, once for each of its shards. Only facades turn it on. */
import { deserialize, serialize } from 'node:v8';
import type { Client } from 'discord.js';
import { ShardliftError } from '../errors.ts';
import { call, contract } from '../rpc/contract.ts';
import type { HandlersOf } from '../rpc/peer.ts';
import type { Mode } from '../transport/launcher.ts';
import { settle } from '../views/settle.ts';
import { createViews, isUnsplit } from '../views/view.ts';
import { type Fault, fromFault, toFault } from '../wire/fault.ts';
import { CompiledFunctions, evalIn } from './compiled-functions.ts';

/** A function's text, called with the client and its context. The context is JSON text: each shard gets its own copy. */
export interface FunctionWork {
  readonly kind: 'function';
  readonly text: string;
  readonly context?: string;
  /** What the cluster is to remember the function by; {@link EvalCaller} gives it. */
  readonly id?: string;
}

/** A function whose text was sent before. */
export interface KnownWork {
  readonly kind: 'known';
  readonly id: string;
  readonly context?: string;
}

/** What is to be done with the client. */
export type EvalWork =
  | FunctionWork
  /** Text evaluated with the client as `this`. */
  | { readonly kind: 'script'; readonly text: string }
  /** A path of properties from the client: `guilds.cache.size`. */
  | { readonly kind: 'property'; readonly path: string };

/** One message for a whole cluster. */
export interface EvalRequest<W extends EvalWork | KnownWork = EvalWork> {
  readonly work: W;
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

/** What a cluster answers: one outcome per shard, or `null` when it does not know the function that is meant. */
export type EvalAnswer = readonly EvalOutcome[] | null;

/** The calls of the feature. They have no deadline: stock has none, and a cluster that dies rejects them at once. */
export const evalContract = contract('eval', {
  run: call<EvalRequest<EvalWork | KnownWork>, EvalAnswer>({ timeoutMs: null }),
});

/** What an evaluation runs on. */
export interface EvalHost {
  readonly client: Client;
  /** Decides what becomes of results: `process` what JSON makes of them, `worker` a structured clone. */
  readonly mode: Mode;
}

/** Answers {@link evalContract} in a cluster. */
export function evalHandlers(host: () => EvalHost): HandlersOf<(typeof evalContract)['shape']> {
  const functions = new CompiledFunctions();
  return {
    run(request) {
      const at = host();
      const run = prepare(at.client, request.work, functions);
      return run === undefined ? null : runAll(run, at, request);
    },
  };
}

/**
 * Does the work of a request, shard after shard; a failure of one shard does not keep the others from running.
 *
 * Answers at once, without a promise, when every shard does.
 */
export function evaluate(host: EvalHost, request: EvalRequest): Outcomes | Promise<Outcomes> {
  return runAll(prepare(host.client, request.work, new CompiledFunctions()), host, request);
}

type Outcomes = readonly EvalOutcome[];

function runAll(run: Run, { client, mode }: EvalHost, request: AnyRequest): Outcomes | Promise<Outcomes> {
  const views = viewsFor(client, request);
  const outcomes: EvalOutcome[] = [];
  for (const [index, view] of views.entries()) {
    try {
      const result = run(view);
      if (isThenable(result)) return runLater({ run, mode, rest: views.slice(index + 1) }, result, outcomes);
      outcomes.push(encodeResult(result, mode));
    } catch (error) {
      outcomes.push({ ok: false, fault: toFault(error) });
    }
  }
  return outcomes;
}

/** The same once a shard has answered with a promise: those after it wait for it. */
async function runLater(
  { run, mode, rest }: { readonly run: Run; readonly mode: Mode; readonly rest: readonly Client[] },
  first: PromiseLike<unknown>,
  outcomes: EvalOutcome[],
): Promise<Outcomes> {
  const settled = async (result: () => unknown): Promise<EvalOutcome> => {
    try {
      return encodeResult(await result(), mode);
    } catch (error) {
      return { ok: false, fault: toFault(error) };
    }
  };
  outcomes.push(await settled(() => first));
  for (const view of rest) outcomes.push(await settled(() => run(view)));
  return outcomes;
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as { readonly then?: unknown }).then === 'function';

/** The value of an outcome. @throws what the evaluation threw, as a plain error of the same name */
export function outcomeValue(outcome: EvalOutcome): unknown {
  if (!outcome.ok) throw fromFault(outcome.fault);
  if ('json' in outcome) return JSON.parse(outcome.json);
  return 'bytes' in outcome ? deserialize(outcome.bytes) : outcome.value;
}

type AnyRequest = EvalRequest<EvalWork | KnownWork>;

function viewsFor(client: Client, { scope, shards }: AnyRequest): readonly Client[] {
  if (scope === 'cluster' || (shards.length === 1 && isUnsplit(client))) return [client];
  if (scope === 'shards') return [...createViews(client, shards).values()];
  return [...createViews(client, shards.slice(0, 1), { users: 'whole' }).values()];
}

type Run = (view: Client) => unknown;

function prepare(client: Client, work: EvalWork, functions: CompiledFunctions): Run;
function prepare(client: Client, work: EvalWork | KnownWork, functions: CompiledFunctions): Run | undefined;
function prepare(client: Client, work: EvalWork | KnownWork, functions: CompiledFunctions): Run | undefined {
  if (work.kind === 'property') return (view) => readPath(view, work.path);
  if (work.kind === 'script') return (view) => evalIn(view, work.text);
  let compiled = work.id === undefined ? undefined : functions.find(client, work.id);
  if (work.kind === 'known') return compiled && ((view) => compiled?.call(view, work.context));
  return (view) => {
    compiled ??= functions.compile(client, work.text, work.id);
    return compiled.call(view, work.context);
  };
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
