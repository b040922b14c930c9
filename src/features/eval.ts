/** features/eval: runs text and reads properties in a cluster, once for each of its shards. Only facades turn it on. */
import type { Client } from 'discord.js';
import { call, contract } from '../rpc/contract.ts';
import type { HandlersOf } from '../rpc/peer.ts';
import { isThenable } from '../rpc/thenable.ts';
import type { Mode } from '../transport/launcher.ts';
import { createViews, isUnsplit } from '../views/view.ts';
import { toFault } from '../wire/fault.ts';
import { CompiledFunctions, evalIn } from './compiled-functions.ts';
import { type EvalAnswer, type EvalOutcome, type EvalOutcomes, packed, unknownFunction } from './eval-answer.ts';
import { encodeResult } from './eval-result.ts';

/** A function's text, called with the client and its context. The context is JSON text: each shard gets its own copy. */
export interface FunctionWork {
  readonly kind: 'function';
  readonly text: string;
  readonly context?: string;
  /** What the cluster is to remember the function by; {@link EvalCaller} gives it. */
  readonly id?: string;
}

/** What is to be done with the client. */
export type EvalWork =
  | FunctionWork
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

/** A call of a function whose text was sent before, with its context as a value. Flat: it is the one that has to be fast. */
export interface KnownCall {
  readonly id: string;
  readonly scope: EvalRequest['scope'];
  /** One shard, or a list of them. */
  readonly shards: number | readonly number[];
  readonly context?: unknown;
}

/** The calls of the feature. They have no deadline: stock has none, and a cluster that dies rejects them at once. */
export const evalContract = contract('eval', {
  run: call<EvalRequest, EvalAnswer>({ timeoutMs: null }),
  known: call<KnownCall, EvalAnswer>({ timeoutMs: null }),
});

/** What an evaluation runs on. */
export interface EvalHost {
  readonly client: Client;
  /** Decides what becomes of results: `process` what JSON makes of them, `worker` a structured clone. */
  readonly mode: Mode;
  /** The cluster was given one shard: whatever its client runs, it is that shard's. */
  readonly whole?: boolean;
}

/** Answers {@link evalContract} in a cluster. */
export function evalHandlers(host: () => EvalHost): HandlersOf<(typeof evalContract)['shape']> {
  const functions = new CompiledFunctions();
  return {
    run(request) {
      const at = host();
      return answerOf(runAll(prepare(at.client, request.work, functions), at, request));
    },
    known({ id, scope, shards, context }) {
      const at = host();
      const compiled = functions.find(at.client, id);
      if (compiled === undefined) return unknownFunction;
      const list = typeof shards === 'number' ? [shards] : shards;
      const own = list.length > 1 ? copies(context) : () => context;
      return answerOf(runAll((view) => compiled.call(view, own()), at, { scope, shards: list }));
    },
  };
}

/** A copy of a context for each shard: what one does to it is not seen by the next. */
function copies(context: unknown): () => unknown {
  const text = JSON.stringify(context) as string | undefined;
  return () => (text === undefined ? undefined : JSON.parse(text));
}

/**
 * Does the work of a request, shard after shard; a failure of one shard does not keep the others from running.
 *
 * Answers at once, without a promise, when every shard does.
 */
export function evaluate(host: EvalHost, request: EvalRequest): EvalOutcomes | Promise<EvalOutcomes> {
  return runAll(prepare(host.client, request.work, new CompiledFunctions()), host, request);
}

function answerOf(outcomes: EvalOutcomes | Promise<EvalOutcomes>): EvalAnswer | Promise<EvalAnswer> {
  return 'then' in outcomes ? outcomes.then(packed) : packed(outcomes);
}

type Where = Pick<EvalRequest, 'scope' | 'shards'>;

function runAll(run: Run, { client, mode, whole }: EvalHost, where: Where): EvalOutcomes | Promise<EvalOutcomes> {
  const views = whole === true ? [client] : viewsFor(client, where);
  const outcomes: EvalOutcome[] = [];
  for (const view of views) {
    try {
      const result = run(view);
      if (isThenable(result)) {
        return runLater({ run, mode, rest: views.slice(outcomes.length + 1) }, result, outcomes);
      }
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
): Promise<EvalOutcomes> {
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

function viewsFor(client: Client, { scope, shards }: Where): readonly Client[] {
  if (scope === 'cluster' || (shards.length === 1 && isUnsplit(client))) return [client];
  if (scope === 'shards') return [...createViews(client, shards).values()];
  return [...createViews(client, shards.slice(0, 1), { users: 'whole' }).values()];
}

type Run = (view: Client) => unknown;

function prepare(client: Client, work: EvalWork, functions: CompiledFunctions): Run {
  if (work.kind === 'property') return (view) => readPath(view, work.path);
  if (work.kind === 'script') return (view) => evalIn(view, work.text);
  let compiled = work.id === undefined ? undefined : functions.find(client, work.id);
  return (view) => {
    compiled ??= functions.compile(client, work.text, work.id);
    return compiled.call(view, work.context === undefined ? undefined : JSON.parse(work.context));
  };
}

function readPath(view: Client, path: string): unknown {
  let value: unknown = view;
  for (const key of path.split('.')) value = (value as Record<string, unknown>)[key];
  return value;
}
