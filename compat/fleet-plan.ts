/** compat/fleet-plan: which clusters a call to all shards goes to, and where in its results each shard's answer stands. */
import { type EvalOutcome, outcomeValue } from '../src/extend.ts';

/** The part of one cluster. */
export interface PlannedCluster {
  readonly id: number;
  readonly shards: readonly number[];
  /** For each of `shards` its place in the results; `null` for none. */
  readonly places: readonly (number | null)[];
}

/** The clusters of a whole bot, all of them alive. */
export interface FleetPlan {
  /** Grows with each change. */
  readonly version: number;
  readonly clusters: readonly PlannedCluster[];
}

/** The places of some shards in an order; `null` for those that are not in it. */
export function placesOf(shards: readonly number[], order: readonly number[]): readonly (number | null)[] {
  const places = new Map(order.map((id, place) => [id, place]));
  return shards.map((id) => places.get(id) ?? null);
}

/**
 * Asks all clusters by one call each, side by side, and puts the answers in the order of the shards (for `cluster`: one
 * answer per cluster, in the order given). Rejects with the first failure at once; the other clusters do their work all
 * the same.
 */
export async function askAll<C extends Pick<PlannedCluster, 'places'>, T>(
  clusters: readonly C[],
  scope: 'shards' | 'cluster',
  ask: (cluster: C) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const answers = await Promise.all(clusters.map(ask));
  if (scope === 'cluster') return answers.flat();
  const ordered: T[] = [];
  for (const [index, { places }] of clusters.entries()) {
    for (const [at, place] of places.entries()) {
      if (place !== null) ordered[place] = answers[index]?.[at] as T;
    }
  }
  return ordered;
}

/** What a call came to, shard after shard. */
export type Outcomes = readonly EvalOutcome[];

/** The values of a call. @throws the first failure in it */
export const allValues = (outcomes: Outcomes): readonly unknown[] => outcomes.map(outcomeValue);

/** The value of a call to one shard. @throws its failure */
export const firstValue = ([outcome]: Outcomes): unknown => (outcome === undefined ? undefined : outcomeValue(outcome));
