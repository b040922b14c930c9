/** bench/far-ends/work: what is asked, and how a right answer looks. The same for every contestant. */

/** About 100 bytes, as a bot's request has. */
const payload = { guildId: '1099100000000000001', userId: '880000000000000001', op: 'count', flag: true };

/** Guilds in the cache of every shard. */
const guildsPerShard = Number(process.env.BENCH_GUILDS ?? 2_500);

/** What the views of all shards are held against: the sum over the whole cache, and its guilds grouped by shard. */
function wholeAndGrouped(guilds) {
  const sum = guilds.reduce((n, guild) => n + guild.memberCount, 0);
  const groups = new Map();
  for (const guild of guilds.values()) {
    const group = groups.get(guild.shardId);
    if (group === undefined) groups.set(guild.shardId, [guild]);
    else group.push(guild);
  }
  return { sum, shards: groups.size };
}

const membersPerShard = (guildsPerShard * (guildsPerShard + 1)) / 2;

/** Keys of the store that are in use. */
const keys = 500;

/** The key of the nth ask, and what is written there: a cooldown or a setting, as bots have them. */
const keyOf = (n) => `cooldown:${n % keys}`;
const valueAt = (n) => ({ guildId: payload.guildId, userId: payload.userId, op: 'count', flag: true, n });

/** The event that is told: what is remembered of a guild's settings is old. */
const eventOf = (n) => ({ guildId: payload.guildId, n });

/** How many records make 100 KB and 1 MB of JSON. */
const recordsIn = { each: 870, transfer: 8_700 };

const made = new Map();

/** So many records like a bot's channels, 115 bytes of JSON each; made once, so that making them costs nobody anything. */
function recordsOf(count) {
  if (!made.has(count))
    made.set(
      count,
      Array.from({ length: count }, (_none, index) => recordAt(index)),
    );
  return made.get(count);
}

const recordAt = (index) => ({
  id: String(1_099_100_000_000_000 + index * 7_919),
  name: `channel-${index}`,
  type: index % 5,
  position: index,
  parent: index % 7 === 0 ? null : '1099100000000000000',
  nsfw: false,
});

/** Whether `value` is the answer to the nth ask, by what was asked. A contestant that errs is not measured. */
const isRight = {
  unicast: (value, n) => value === n + 1,
  request: (value, n) => value === n + 1,
  manager: (value, n) => value === n + 1,
  count: (values, _n, clusters) => values.length === clusters && values.every((value) => value === guildsPerShard),
  set: (value) => value === true || value === undefined,
  get: (value, n) => value.n % keys === n % keys && value.guildId === payload.guildId,
  // One word from each; ours names them, the manager among them.
  tell: (heard, _n, clusters) =>
    heard.allOk === true
      ? heard.acknowledged.length === clusters + 1
      : heard.length === clusters && heard.every(Boolean),
  stats: (value, _n, clusters) => {
    const guilds = Array.isArray(value) ? value.reduce((sum, count) => sum + count, 0) : value.guilds;
    return guilds === clusters * guildsPerShard;
  },
  sum: (values) => values.length === 10 && values.every((value) => value === membersPerShard),
  wholeAndGrouped: ({ sum, shards }) => shards === 10 && sum === 10 * membersPerShard,
  each: (values, _n, clusters) =>
    values.length === clusters && values.every((records) => records.length === recordsIn.each),
  transfer: (records) => records.length === recordsIn.transfer,
};

module.exports = { payload, guildsPerShard, keyOf, valueAt, eventOf, recordsIn, recordsOf, wholeAndGrouped, isRight };
