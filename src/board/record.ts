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
  'droppedMessages',
  'droppedAnswers',
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

const shardAt = (numbers: readonly number[], at: number): ShardRow => ({
  status: numbers[at] as number,
  ping: numbers[at + 1] as number,
  readyAt: numbers[at + 2] as number,
  guilds: numbers[at + 3] as number,
  channels: numbers[at + 4] as number,
  members: numbers[at + 5] as number,
});

/** The record that {@link packRecord} packed. Written out: objects of one shape are what the engine makes fastest. */
export function unpackRecord(numbers: readonly number[]): ClusterRecord {
  const shards: ShardRow[] = [];
  for (let at = clusterFields.length; at < numbers.length; at += shardFields.length) shards.push(shardAt(numbers, at));
  return {
    incarnation: numbers[0] as number,
    guilds: numbers[1] as number,
    users: numbers[2] as number,
    channels: numbers[3] as number,
    members: numbers[4] as number,
    pid: numbers[5] as number,
    readyAt: numbers[6] as number,
    rss: numbers[7] as number,
    heapUsed: numbers[8] as number,
    lagMs: numbers[9] as number,
    maxLagMs: numbers[10] as number,
    gaugedAt: numbers[11] as number,
    droppedMessages: numbers[12] as number,
    droppedAnswers: numbers[13] as number,
    shards,
  };
}
