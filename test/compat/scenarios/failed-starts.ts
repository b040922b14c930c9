/** scenarios/failed-starts: fleets that do not come up, or not whole. */
import type { Shard } from 'discord.js';
import { differs, fails, shared } from '../differential/differences.ts';
import { evaluates, type Scenario } from '../differential/scenario.ts';

const deathOfThread = 'an uncaught error in a thread is a death, not the end of the manager';
const inOldThreads = { mode: 'worker', before: '14.22.0' } as const;
const silence = (shard: number) => ({ on: 'ready', shard, do: 'hang', times: 'always' }) as const;
const late = 'a start that takes too long ends its process, and the next one may take longer';
const list = 'SHARDS lists the shards of a process that has several';
const final = 'for its token is TokenInvalid, and nothing starts again';

/** Starts that fail. */
export const failedStarts: readonly Scenario[] = [
  {
    name: 'a bot that ends before it is ready',
    fleet: 'own',
    quick: true,
    bot: 'dies.cjs',
    options: { respawn: false, silent: true },
    shows: ['of a process that exits is ShardingReadyDied, with the reason as cause'],
    differs: [
      differs('of one cluster does not keep the others from starting', [0], [0, 1], { note: 'shards', layouts: [1] }),
      ...shared('starts clusters of several shards side by side', { 2: [0, 1] }, { note: 'shards' }),
    ],
    async run({ manager, answer, note }) {
      await answer('spawn', () => manager.spawn({ delay: 0 }), { slow: true });
      note('shards', [...manager.shards.keys()]);
      note(
        'children',
        manager.shards.every((shard) => shard.process === null && shard.worker === null && !shard.ready),
      );
    },
  },
  {
    name: 'a bot that ends with code 0 before it is ready',
    fleet: 'own',
    shards: 1,
    bot: 'exits-0.cjs',
    options: { respawn: false },
    run: ({ manager, answer }) => answer('spawn', () => manager.spawn({ delay: 0 })),
  },
  {
    name: 'a bot that takes SHARDS for one number',
    fleet: 'own',
    modes: ['process'],
    bot: 'number-of-shards.cjs',
    options: { respawn: false, silent: true },
    hybrid: { logger: console },
    differs: [
      ...shared(list, { 2: fails({ code: 'ShardingReadyDied' }) }, { note: 'spawn' }),
      ...shared(list, { 2: true }, { note: 'is told why' }),
    ],
    async run({ manager, answer, note, discord }) {
      await answer('spawn', async () => (await manager.spawn({ delay: 0 })).size, { slow: true });
      note(
        'is told why',
        (await discord.printed()).some((line) => line.includes('client.shard.ids')),
      );
    },
  },
  {
    name: 'a timeout that is no number',
    fleet: 'own',
    shards: 1,
    options: { respawn: false },
    differs: [
      differs(
        'a pause or a timeout that is no number is refused',
        fails({ code: 'ShardingReadyTimeout' }),
        fails({ code: 'ClientInvalidOption' }),
        {
          note: 'spawn',
        },
      ),
      differs('a pause or a timeout that is no number is refused', [0], [], { note: 'shards' }),
    ],
    async run({ manager, answer, note }) {
      await answer('spawn', () => manager.spawn({ timeout: 'soon' as never }), { slow: true });
      note('shards', [...manager.shards.keys()]);
    },
  },
  {
    name: 'a bot that makes no client',
    fleet: 'own',
    shards: 1,
    bot: 'no-client.cjs',
    options: { respawn: false },
    run: ({ manager, answer }) => answer('spawn', () => manager.spawn({ delay: 0, timeout: 1_500 })),
  },
  {
    name: 'a shard that takes too long',
    fleet: 'own',
    quick: true,
    shards: 1,
    options: { respawn: false },
    differs: [differs(late, true, false, { note: 'the child lives' })],
    async run({ manager, answer, note, discord, comes }) {
      await discord.fault(silence(0));
      const dead = new Promise((resolve) => manager.on('shardCreate', (shard) => shard.once('death', resolve)));
      await answer('spawn', () => manager.spawn({ delay: 0, timeout: 1_500 }), { slow: true });
      await comes(dead);
      const shard = manager.shards.get(0) as Shard;
      note('the child lives', (shard.process ?? shard.worker) !== null);
      note('ready', shard.ready);
    },
  },
  {
    name: 'a bot whose start takes longer than it may comes up in the end',
    fleet: 'own',
    quick: true,
    shards: 1,
    bot: 'slow.cjs',
    shows: [late],
    async run({ manager, answer, until }) {
      await answer('spawn', () => manager.spawn({ delay: 0, timeout: 2_000 }), { slow: true });
      await until(() => manager.shards.get(0)?.ready, 'the shard');
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids'));
    },
  },
  {
    name: 'a first shard that fails and a second that would not',
    fleet: 'own',
    options: { respawn: false },
    differs: [
      differs(
        'of one cluster does not keep the others from starting',
        [[0, false]],
        [
          [0, false],
          [1, true],
        ],
        {
          note: 'shards',
          layouts: [1],
        },
      ),
      differs(
        'of one cluster does not keep the others from starting',
        fails({ code: 'ShardingShardNotFound' }),
        { value: 1 },
        { note: 'the second', layouts: [1] },
      ),
      ...shared(
        'a shard that fails takes those of its process along',
        {
          2: [
            [0, false],
            [1, false],
          ],
        },
        { note: 'shards' },
      ),
      ...shared(
        'a shard that fails takes those of its process along',
        { 2: fails({ code: 'ShardingNoChildExists' }) },
        {
          note: 'the second',
        },
      ),
    ],
    async run({ manager, answer, note, discord, comes }) {
      await discord.fault(silence(0));
      const dead = new Promise((resolve) => manager.once('shardCreate', (shard) => shard.once('death', resolve)));
      // Enough for the second shard on a busy machine.
      await answer('spawn', () => manager.spawn({ delay: 0, timeout: 9_000 }), { slow: true });
      await comes(dead);
      note(
        'shards',
        manager.shards.map((shard) => [shard.id, shard.ready]),
      );
      await answer('the second', () => evaluates(manager, '(c) => c.shard.ids[0]', { shard: 1 }));
    },
  },
  {
    name: 'a token that Discord refuses, when the bots log in',
    fleet: 'own',
    // In a thread it is the end of discord.js's manager: an uncaught error, which is a scenario of its own.
    modes: ['process'],
    shards: 1,
    quick: true,
    options: { respawn: false, silent: true },
    differs: [differs(final, fails({ code: 'ShardingReadyDied' }), fails({ code: 'TokenInvalid' }), { note: 'spawn' })],
    async run({ manager, answer, discord }) {
      await discord.refuseToken();
      await answer('spawn', () => manager.spawn({ delay: 0 }), { slow: true });
    },
  },
  {
    name: 'a token that Discord refuses, when it is asked for the number of shards',
    fleet: 'own',
    options: { totalShards: 'auto' },
    shows: [final],
    async run({ manager, answer, discord, note }) {
      await discord.refuseToken();
      await answer('spawn', () => manager.spawn({ delay: 0 }), { slow: true });
      note('shards', manager.shards.size);
    },
  },
  {
    name: 'Discord fails when it is asked for the number of shards',
    fleet: 'own',
    options: { totalShards: 'auto' },
    differs: [
      differs(
        'a failure of Discord when it is asked for the number of shards is an error',
        { error: { $: 'thrown' } },
        { error: { $: 'error', code: 'DISCORD_UNREACHABLE' } },
        { note: 'spawn' },
      ),
    ],
    async run({ manager, answer, discord }) {
      await discord.fault({ on: 'rest', route: '/gateway/bot', do: { status: 500 }, times: 'always' });
      await answer('spawn', () => manager.spawn({ delay: 0 }), { slow: true });
    },
  },
  {
    name: 'a login that fails, and a bot that lives on',
    fleet: 'own',
    shards: 1,
    bot: 'catches-login.cjs',
    options: { respawn: false },
    modes: ['process'],
    differs: [differs('a login that failed leaves no session behind', [0], [], { note: 'connected' })],
    async run({ manager, note, discord, until }) {
      await discord.fault({ on: 'upgrade', do: { status: 503 } });
      const failed = new Promise<string>((resolve) => {
        manager.on('shardCreate', (shard) => {
          shard.on('message', (m: { failed?: string } | null) => m?.failed !== undefined && resolve(m.failed));
        });
      });
      await manager.spawn({ timeout: -1 });
      note('login', await failed);
      // Its ghost, if there is to be one, is there within a second.
      const end = Date.now() + 3_000;
      await until(async () => (await discord.connected()).length > 0 || Date.now() > end, 'a ghost, or none');
      note('connected', await discord.connected());
    },
  },
  {
    name: 'a bot whose first token is refused, and which logs in with a second',
    fleet: 'own',
    shards: 1,
    quick: true,
    bot: 'tries-tokens.cjs',
    options: { respawn: false, silent: true },
    async run({ manager, answer, note, discord }) {
      const events: string[] = [];
      manager.on('shardCreate', (shard) => {
        for (const event of ['ready', 'death', 'error'] as const) shard.on(event, () => events.push(event));
      });
      await answer('spawn', async () => (await manager.spawn({ delay: 0 })).size, { slow: true });
      note('events', events);
      note('connected', await discord.connected());
      await answer('values', () => manager.fetchClientValues('shard.ids'));
    },
  },
  {
    name: 'a timeout of nothing',
    fleet: 'own',
    shards: 1,
    options: { respawn: false },
    async run({ manager, answer, note }) {
      await answer('spawn', () => manager.spawn({ timeout: 0 }), { slow: true });
      note('shards', [...manager.shards.keys()]);
    },
  },
  {
    name: 'intents that Discord refuses',
    fleet: 'own',
    shards: 1,
    mortal: true,
    options: { respawn: false, silent: true },
    differs: [
      differs(deathOfThread, 'ends with code 1', undefined, { note: 'the manager', ...inOldThreads }),
      differs(deathOfThread, undefined, fails({ code: 'ShardingReadyDied' }), { note: 'spawn', ...inOldThreads }),
    ],
    async run({ manager, answer, discord }) {
      await discord.fault({ on: 'identify', do: { close: 4014 }, times: 'always' });
      await answer('spawn', () => manager.spawn({ delay: 0 }), { slow: true });
    },
  },
  {
    name: 'a bot that breaks at each start, with nobody who listens for error',
    fleet: 'own',
    shards: 1,
    quick: true,
    mortal: true,
    modes: ['process'],
    bot: 'dies.cjs',
    options: { silent: true },
    differs: [
      differs('a cluster that gave up emits error only to those who listen', 'ends with code 1', undefined, {
        note: 'the manager',
      }),
      differs('a cluster that gave up emits error only to those who listen', undefined, true, { note: 'lives' }),
    ],
    async run({ manager, note, comes }) {
      await manager.spawn({ delay: 0 }).catch(() => undefined);
      await comes(new Promise((resolve) => setTimeout(resolve, 2_000)));
      note('lives', true);
    },
  },
  {
    name: 'a bot that breaks at each start, with somebody who listens for error',
    fleet: 'own',
    shards: 1,
    quick: true,
    modes: ['process'],
    bot: 'dies.cjs',
    options: { silent: true },
    differs: [
      differs('a crash is announced on every shard, and the cluster comes back', true, false, {
        note: 'without limit',
      }),
    ],
    async run({ manager, note, journal, until }) {
      const lines = journal();
      await manager.spawn({ timeout: -1 });
      const starts = (): number => lines.filter((line) => line === '0 spawn').length;
      await until(() => starts() > 4 || lines.includes('0 error'), 'many starts, or an end of them');
      note('started', lines.includes('0 spawn') && lines.includes('0 death'));
      // This fleet may restart three times, 10 ms after one another and more; discord.js has no number for it.
      note('without limit', starts() > 4);
    },
  },
];
