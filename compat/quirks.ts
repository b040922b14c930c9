/** compat/quirks: where discord.js's sharding is odd or breaks, and what became of it here. Each line has a test of its name. */

/** One oddity of discord.js's sharding. */
export interface Quirk {
  /** What holds here, in the words of its test. */
  readonly name: string;
  /** Of what, where the name does not say so: it stands before it. */
  readonly subject?: string;
  /**
   * `kept`: as discord.js has it. `fixed`: better, same signatures. `added`: discord.js has no such thing. `changed`: shards
   * that share a process differ in it.
   */
  readonly here: 'kept' | 'fixed' | 'added' | 'changed';
  /** What discord.js 14 does. */
  readonly discord: string;
}

const kept = (name: string, discord: string): Quirk => ({ name, here: 'kept', discord });
const fixed = (name: string, discord: string): Quirk => ({ name, here: 'fixed', discord });
const added = (name: string, discord: string): Quirk => ({ name, here: 'added', discord });
const changed = (name: string, discord: string): Quirk => ({ name, here: 'changed', discord });
const about = (subject: string, quirk: Quirk): Quirk => ({ ...quirk, subject });

/** The list. */
export const quirks: readonly Quirk[] = [
  kept('a shard as text goes to all', "`{ shard: '0' }` is ignored and every shard answers"),
  kept('the shard list must fit the total', 'checked by spawn, not by the constructor'),
  kept('kill tells every shard at once', "'death' comes before the process is gone"),
  about('spawn', kept('does not wait with a timeout of -1', 'spawn resolves with the child, ready or not')),
  about(
    'spawn',
    kept(
      'answers ShardingInProcess meanwhile, also to a second spawn, and aimed calls',
      'calls to all are refused until all shards are created; those to one shard that is there are not',
    ),
  ),

  fixed(
    'a call that is under way when its cluster dies rejects at once',
    'it never settles (discordjs/discord.js#8872)',
  ),
  fixed(
    'a call that nobody waits for ends nobody when its cluster dies',
    'it never settles; a rejection that nobody catches would end the process that made the call',
  ),
  fixed(
    'a call that nobody waits for ends nobody when its result cannot be sent',
    'it never settles; the bot that was asked emits an error, and dies where nobody listens for that',
  ),
  fixed('a result that cannot be sent is a typed error', 'the call never settles; the bot emits an error'),
  fixed('throwing null is an error for the caller and nothing to the bot', 'every process that ran the function dies'),
  fixed('a thrown text is the message of an error', 'the error has no message and the name undefined'),
  fixed('an error keeps its name, message, stack, code and cause', 'code and cause are lost'),
  fixed('the same call twice at once runs twice', 'calls with the same text are run once and share the answer'),
  fixed(
    'a bot with a second ShardClientUtil reports once, and evaluates once',
    'each util reports every shard, and runs every function again',
  ),
  fixed('methods can be evaluated', 'a SyntaxError in every shard'),
  fixed('a bound or native function is refused where it is called', 'a SyntaxError in every shard'),
  fixed('a function that a transpiler has given helpers runs', '`__name is not defined` (privatenumber/tsx#113)'),
  fixed('an empty property is undefined', 'the call never settles'),
  fixed('a shard number that is none is not found', 'from a bot, NaN never settles'),
  about(
    'messages',
    fixed('that look like the protocol of discord.js are only messages', 'a message with the key `_sEval` is executed'),
  ),
  about('messages', fixed('to a dead shard are refused by name', 'a TypeError about postMessage of null')),
  fixed("a thread is given its bot's arguments and Node's flags", 'before 14.16 it has none'),
  fixed('an uncaught error in a thread is a death, not the end of the manager', 'the manager dies of it'),
  fixed('a cluster that gave up emits error only to those who listen', "an 'error' nobody listens to ends the manager"),
  fixed(
    'a bot whose event loop is blocked for ever is replaced, and its shards say so',
    'it stays as it is, and calls to it never settle',
  ),
  fixed('a bot that ignores SIGTERM is gone before its successor starts', 'both run side by side'),
  fixed(
    'a crash is announced on every shard, and the cluster comes back',
    'at once and without limit: a broken bot burns all identifies of the day',
  ),
  about(
    'a failed start',
    fixed(
      'of one cluster does not keep the others from starting',
      'the first failure ends spawn, later shards never start (discordjs/discord.js#2323)',
    ),
  ),
  about(
    'a failed start',
    fixed(
      'of a process that exits is ShardingReadyDied, with the reason as cause',
      'neither exit code nor stderr is told (discordjs/discord.js#5364)',
    ),
  ),
  about(
    'the manager',
    fixed(
      'reads what a bot writes to stderr, for the reason of its death, and passes it on',
      'a bot has the stderr of its manager: nobody knows its last words, and where that is a terminal its colours stay',
    ),
  ),
  about(
    'a failed start',
    fixed('for its token is TokenInvalid, and nothing starts again', 'each shard starts again for ever'),
  ),
  about(
    'a failed start',
    fixed(
      'for want of a token is TokenMissing, and the environment stays without one',
      "children get the token 'null'",
    ),
  ),
  about(
    'a failed start',
    fixed(
      'for want of identifies starts nothing',
      'with a number of shards of its own it does not ask: each identify beyond the budget may reset the token',
    ),
  ),
  about(
    'spawn',
    fixed('does not spawn twice what a list names', 'a second spawn replaces the Shards while their processes run on'),
  ),
  fixed('respawns of siblings are one', 'concurrent respawns of a shard end in ShardingProcessExists'),

  fixed(
    'a result that threads cannot clone is sent as JSON',
    'in worker mode the call never settles; the bot emits an error',
  ),
  fixed('answers to calls are no messages', "the manager's 'message' listeners hear every answer of an evaluation"),

  fixed(
    'a pause or a timeout that is no number is refused',
    'it passes at once: the start fails, its process lives on',
  ),
  fixed(
    'clientReady comes also when a shard resumes while others start',
    'it never comes (discordjs/discord.js#10485)',
  ),
  fixed(
    'a kill calls off a respawn whose process has not started yet',
    'a TypeError, and the process starts all the same',
  ),
  fixed(
    'a spawn that failed may be tried again, and starts what does not run',
    'it starts every shard anew beside those that run; once the last one was created it is refused for ever',
  ),
  fixed('a death listener that throws keeps no shard from its respawn', 'respawn rejects, and nothing is started'),
  fixed('a second kill is nothing', 'a TypeError about removeListener of null, also out of respawn'),
  fixed('a second spawn meanwhile is refused', 'it runs beside the first and starts shards twice'),
  fixed(
    'a start that takes too long ends its process, and the next one may take longer',
    'it lives on, and may become ready when nobody waits any more',
  ),
  fixed('a bot that cuts its own channel to its manager still answers', 'the call never settles'),
  fixed(
    'of several copies of discord.js the first client answers',
    'every copy answers each call, and the first answer counts',
  ),
  fixed(
    'shards of one client identify one after the other',
    'they identify together when gateway facts are asked anew',
  ),
  fixed(
    'a failure of Discord when it is asked for the number of shards is an error',
    'spawn rejects with the Response itself',
  ),
  fixed(
    'a login that failed leaves no session behind',
    'its shard goes on connecting, and is a session nobody knows of',
  ),
  fixed('bots end when their manager does', 'they run on without it (discordjs/discord.js#4151)'),

  added('a bot has client.cluster beside client.shard', 'there is no `client.cluster`'),

  about(
    'spawn',
    changed('uses what shardCreate listeners set on the first shard of a cluster', 'every shard has its own settings'),
  ),
  changed('a shard that is killed or respawned takes those of its process along', 'each shard is a process'),
  changed(
    'events but interactions wait until all shards of a process are ready, unless `earlyEvents` is `all`',
    'each process waits for its one shard; then clientReady comes, and the events after it',
  ),
  changed('a shard that fails takes those of its process along', 'each shard is a process'),
  changed('SHARDS lists the shards of a process that has several', 'each process finds its one number in SHARDS'),
  changed('a bot that is not in an eval has all shards of its process', '`client.shard.ids` has one id'),
  changed(
    'a guild, a member or a message leads to the client of the whole process',
    'within an eval `guild.client` is the client that the function was given; each process has one',
  ),
  changed(
    'what a function adds to the client or the process it adds once per shard',
    'each process has one shard: `c.on(...)`, `setInterval(...)` and `c.commands.reload()` take place once in it',
  ),
  changed(
    'shards of a process share its child: what it prints, sends and how it ends',
    'each shard has a child to itself: a listener on `child.stdout` of each shard hears each line once',
  ),
  changed(
    'members of a Client or util class that use #private ones see the shards of a process',
    'each process has one shard, and a client of its own',
  ),
  about(
    'spawn',
    changed('keeps the shards of its clusters in ascending order', 'shards stand in the order of the list'),
  ),
  about(
    'spawn',
    changed(
      'starts clusters of several shards side by side',
      'shards start one after the other, each when the last is ready',
    ),
  ),
  changed('broadcast reaches each process once and gives all shards back', 'each shard is a process'),
  about(
    'messages',
    changed('of a bot come out of the lowest shard, of an eval out of its own', 'each process has one Shard'),
  ),
  changed('respawnAll restarts each cluster once', 'each shard restarts alone'),
  changed(
    'a cached user is counted once per process, and found by a call to any of its shards',
    'each shard counts the users it has cached',
  ),
  changed(
    'the function is called for one shard after the other, with the context of each its own',
    'all shards run it at the same time',
  ),
];
