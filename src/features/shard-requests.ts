/** features/shard-requests: named requests that run once per shard: what is asked, answered, and made of an answer. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import { call, contract } from '../rpc/contract.ts';
import type { Settled } from '../rpc/settled.ts';
import { type Fault, fromFault, toFault } from '../wire/fault.ts';
import type { ResultEntry } from './result-collection.ts';

/** The answer of one shard. */
export type ShardAnswer =
  | { readonly shard: number; readonly ok: true; readonly value: unknown }
  | { readonly shard: number; readonly ok: false; readonly fault: Fault };

/** A request to shards of one cluster, or of each. */
export interface ShardsRequest {
  readonly name: string;
  readonly data: unknown;
  /** Own shards of the cluster that is asked; `null` for all of them. */
  readonly shards: readonly number[] | null;
}

/** Served by clusters and by the manager, beside the methods `ipc:NAME`, one for each handler. */
export const ipcContract = contract('ipc', {
  /** Runs the handler once per shard, against that shard's view of the client. */
  requestShards: call<ShardsRequest, ShardAnswer[]>(),
});

/**
 * Runs a handler once for each view.
 *
 * One after the other, in shard order: a handler that changes shared state must not run beside itself. When the caller is
 * gone, the shards that have not had their turn are left out: nobody hears of them.
 */
export async function answersOf<V extends { readonly shard: number }>(
  views: readonly V[],
  { run, signal }: { readonly run: (seen: V) => unknown; readonly signal: AbortSignal },
): Promise<ShardAnswer[]> {
  const answers: ShardAnswer[] = [];
  for (const seen of views) {
    if (signal.aborted) break;
    const { shard } = seen;
    try {
      answers.push({ shard, ok: true, value: await run(seen) });
    } catch (error) {
      answers.push({ shard, ok: false, fault: toFault(error) });
    }
  }
  return answers;
}

/**
 * The data of a request, for each shard of the process its own: what one changes in it, the next must not find.
 *
 * @returns what gives a copy each time, and what came itself the last time: then nobody is left who could find changes
 */
export function copies(data: unknown, count: number): () => unknown {
  let left = count;
  return () => {
    left -= 1;
    return left > 0 && typeof data === 'object' ? structuredClone(data) : data;
  };
}

/** The value of a shard's answer. @throws ShardliftError `HANDLER_FAILED`, `NO_HANDLER` */
export function shardValue(answer: ShardAnswer, name: string): unknown {
  if (answer.ok) return answer.value;
  throw failureOf(answer, name);
}

/** What a request to all shards was about. */
export interface AskedShards {
  readonly plan: readonly (readonly number[])[];
  readonly name: string;
  /** The clusters that were not ready when they were asked, or when they had answered. */
  readonly starting: ReadonlySet<number>;
}

/** An entry per shard, in shard order, from the answers of all clusters; those of the plan stand in for a lost one. */
export function entriesOf(
  answers: readonly Settled<ShardAnswer[]>[],
  { plan, name, starting }: AskedShards,
): ResultEntry<unknown>[] {
  const ofCluster = (answer: Settled<ShardAnswer[]>, cluster: number): ResultEntry<unknown>[] => {
    const shards = plan[cluster] ?? [];
    if (!answer.ok) return shards.map((id) => ({ id, ok: false, clusterId: cluster, error: answer.error }));
    // A shard that its cluster has no view of is missing, and must not look as if all had answered.
    const unseen = shards.filter((id) => !answer.value.some(({ shard }) => shard === id));
    const missing = unseen.map((id): ResultEntry<unknown> => {
      const target = `shard ${id} in cluster ${cluster}`;
      return { id, ok: false, clusterId: cluster, error: new ShardliftError('UNKNOWN_TARGET', { target }) };
    });
    const early = starting.has(cluster);
    return [...answer.value.map((one) => entryOf(one, { name, cluster, early })), ...missing];
  };
  return answers.flatMap(ofCluster).sort((a, b) => a.id - b.id);
}

const entryOf = (
  answer: ShardAnswer,
  { name, cluster, early }: { readonly name: string; readonly cluster: number; readonly early: boolean },
): ResultEntry<unknown> =>
  answer.ok
    ? { id: answer.shard, ok: true, value: answer.value, ...(early && { starting: true }) }
    : { id: answer.shard, ok: false, clusterId: cluster, error: failureOf(answer, name) };

function failureOf(answer: Extract<ShardAnswer, { ok: false }>, name: string): Error {
  const cause = fromFault(answer.fault);
  // As in rpc/answerer: a name that nobody answers is told as it is.
  if (isShardliftError(cause, 'NO_HANDLER')) return cause;
  const details = { method: name, on: `shard ${answer.shard}`, message: cause.message };
  return new ShardliftError('HANDLER_FAILED', details, { cause });
}
