/** board/record: what a cluster says of itself, as a row of numbers of fixed length. */

/** Of the whole cluster, in this order. Times are epoch ms, 0 for never; memory is in bytes; lag and ping in ms. */
export const clusterFields = [
  'incarnation',
  'guilds',
  'users',
  'channels',
  'members',
  'pid',
  'readyAt',
  'rss',
  'heapUsed',
  'lagMs',
  'maxLagMs',
  'gaugedAt',
] as const;

/** Of each shard, in this order; the rows of the shards follow that of their cluster. */
export const shardFields = ['status', 'ping', 'readyAt', 'guilds', 'channels', 'members'] as const;

export type ClusterRow = { [F in (typeof clusterFields)[number]]: number };
export type ShardRow = { [F in (typeof shardFields)[number]]: number };

/** A cluster with its shards, in the order of its plan. */
export interface ClusterRecord extends ClusterRow {
  readonly shards: readonly ShardRow[];
}

/** How many numbers a cluster with so many shards has. */
export const recordLength = (shards: number): number => clusterFields.length + shards * shardFields.length;

/** How many numbers have to be read to know the guilds. */
export const guildsEnd = clusterFields.indexOf('guilds') + 1;

/** The record as numbers. */
export const packRecord = (record: ClusterRecord): number[] => [
  ...clusterFields.map((field) => record[field]),
  ...record.shards.flatMap((shard) => shardFields.map((field) => shard[field])),
];

/** The record that {@link packRecord} packed. */
export function unpackRecord(numbers: readonly number[]): ClusterRecord {
  const row = (fields: readonly string[], at: number) =>
    Object.fromEntries(fields.map((field, index) => [field, numbers[at + index] as number]));
  const count = (numbers.length - clusterFields.length) / shardFields.length;
  const shards = Array.from(
    { length: count },
    (_none, index) => row(shardFields, clusterFields.length + index * shardFields.length) as ShardRow,
  );
  return { ...(row(clusterFields, 0) as ClusterRow), shards };
}
