/** scenarios/gateway: what Discord does to shards, and what the manager hears of it. */
import type { Shard, ShardingManager } from 'discord.js';
import { differs, shared } from '../differential/differences.ts';
import { evaluates, type Scenario, type Tools, written } from '../differential/scenario.ts';

const at = (manager: ShardingManager, id: number): Shard => manager.shards.get(id) as Shard;
const linesOf = (lines: readonly string[], id: number): string[] => lines.filter((line) => line.startsWith(`${id} `));

/** Something happens to shard 0 of two; the events of both and what Discord saw are written down. */
const onShard0 = (
  name: string,
  happens: (tools: Tools) => Promise<unknown>,
  { until: last, ...more }: Partial<Scenario> & { readonly until: 'resume' | 'ready' | 'disconnect' },
): Scenario => ({
  name,
  fleet: 'own',
  ...more,
  async run(tools) {
    const { manager, note, answer, journal, discord, until } = tools;
    await manager.spawn({ delay: 0 });
    const lines = journal();
    await happens(tools);
    // discord.js before 14.22 says of a connection that is closed for good that it reconnects, and leaves it closed.
    const ends = last === 'disconnect' ? ['0 disconnect', '0 reconnecting'] : [`0 ${last}`];
    const isEnd = (line: string): boolean => ends.includes(line);
    await until(() => lines.some(isEnd), ends.join(' or '));
    note('of shard 0', linesOf(lines, 0).slice(0, linesOf(lines, 0).findIndex(isEnd) + 1));
    note('ready', at(manager, 0).ready);
    note('identified', (await discord.identified()).toSorted());
    note('resumed', await discord.resumed());
    if (last === 'disconnect') return;
    note('of shard 1', linesOf(lines, 1));
    await answer('guilds', () => evaluates(manager, '(c) => c.guilds.cache.size > 0'));
  },
});

/** Whether a bot hears a message on its first shard while the second hangs in its start. */
const hearsEarly = (name: string, more: Partial<Scenario>): Scenario => ({
  name,
  fleet: 'own',
  bot: 'hears.cjs',
  ...more,
  async run({ manager, note, discord, facts, until }) {
    await discord.fault({ on: 'ready', shard: 1, do: 'hang', times: 'always' });
    await manager.spawn({ timeout: -1, delay: 0 });
    await until(() => at(manager, 0).ready, 'shard 0');
    const heard = new Promise<void>((resolve) => {
      at(manager, 0).on('message', (m: { heard?: string } | null) => m?.heard === 'now' && resolve());
    });
    await discord.say(facts.guilds[0]?.[0] as string, 'now');
    const late = new Promise((resolve) => setTimeout(resolve, 3_000, 'late'));
    note('heard', (await Promise.race([heard.then(() => 'heard'), late])) === 'heard');
  },
});

/** The gateway. */
export const gateway: readonly Scenario[] = [
  onShard0('Discord asks a shard to reconnect', ({ discord }) => discord.reconnect(0), {
    until: 'resume',
    quick: true,
  }),
  onShard0('a connection that breaks', ({ discord }) => discord.disconnect(0, 4000), { until: 'resume' }),
  onShard0('a session that ends', ({ discord }) => discord.invalidate(0), { until: 'ready' }),
  onShard0('a connection that is closed for good', ({ discord }) => discord.disconnect(0, 4014), {
    until: 'disconnect',
    options: { respawn: false, silent: true },
  }),
  {
    name: 'events of each guild come once',
    fleet: 'own',
    bot: 'hears.cjs',
    async run({ manager, note, facts, discord, until }) {
      await manager.spawn({ delay: 0 });
      const heard: string[] = [];
      for (const shard of manager.shards.values()) {
        shard.on('message', (m: { heard?: string } | null) => m?.heard !== undefined && heard.push(m.heard));
      }
      const all = facts.guilds.flat();
      for (const id of all) await discord.say(id, `in ${id}`);
      await until(() => heard.length >= all.length, 'a message of each guild');
      await evaluates(manager, '() => 1');
      note('each once', JSON.stringify(heard.toSorted()) === JSON.stringify(all.map((id) => `in ${id}`).toSorted()));
      note('count', heard.length);
    },
  },
  {
    name: 'a message is sent once, by the shard that has the channel',
    fleet: 'own',
    async run({ manager, note, facts, discord }) {
      await manager.spawn({ delay: 0 });
      const channel = Object.values(facts.channels)[1];
      const send = written<() => unknown>(
        '(c, id) => c.channels.cache.get(id)?.send("hello").then((m) => m.content) ?? null',
      );
      const told = (await manager.broadcastEval(send, { context: channel } as never)) as unknown[];
      note(
        'told',
        told.filter((content) => content !== null),
      );
      note('sent', await discord.sent());
    },
  },
  {
    name: 'each shard sets its own presence',
    fleet: 'own',
    shards: 4,
    async run({ manager, note, answer, discord, until }) {
      await manager.spawn({ delay: 0 });
      const all = (text: string) => answer(text, () => evaluates(manager, `(c) => { ${text} }`));
      await all("c.user.setActivity('Shard ' + c.shard.ids[0])");
      await answer('of one', () => evaluates(manager, "(c) => { c.user.setStatus('idle') }", { shard: 2 }));
      await all('c.user.setAFK(true)');
      await answer('shown', () =>
        evaluates(manager, '(c) => [c.presence.status, c.user.presence.activities.map(({ name }) => name)]'),
      );
      await all("c.ws.broadcast({ op: 3, d: { status: 'dnd', afk: false, since: null, activities: [] } })");
      await all("c.presence.set({ status: 'online', activities: [{ name: 'end', type: 3 }] })");
      await answer('presences', () => evaluates(manager, '(c) => c.presence'));
      await answer('users', () => evaluates(manager, '(c) => c.user'));
      await answer('whose', () =>
        evaluates(manager, '(c) => [c.user.client === c, c.user === c.user, c.user.presence === c.presence]'),
      );
      const ends = async () => (await discord.presences()).filter((line) => line.endsWith(' end'));
      await until(async () => (await ends()).length >= 4, 'the last presence of each shard');
      const said = await discord.presences();
      for (const shard of manager.shards.keys()) note(`said by ${shard}`, linesOf(said, shard));
    },
  },
  {
    name: 'an interaction of a shard that is ready, while another starts',
    fleet: 'own',
    bot: 'answers.cjs',
    quick: true,
    async run({ manager, note, discord, facts, until }) {
      await discord.fault({ on: 'ready', shard: 1, do: 'hang', times: 'always' });
      await manager.spawn({ timeout: -1, delay: 0 });
      await until(() => at(manager, 0).ready, 'shard 0');
      note('reply', await discord.command(facts.guilds[0]?.[0] as string));
    },
  },
  hearsEarly('other events of a shard that is ready, while another starts', {
    differs: shared(
      'events but interactions wait until all shards of a process are ready, unless `earlyEvents` is `all`',
      { 2: false },
      { note: 'heard' },
    ),
  }),
  hearsEarly('other events of a shard that is ready, while another starts, where they are asked for early', {
    hybrid: { earlyEvents: 'all' },
  }),
  {
    name: 'a shard that resumes while another starts',
    fleet: 'own',
    shards: 2,
    bot: 'two-shards.cjs',
    options: { totalShards: 2, shardList: [0] },
    quick: true,
    modes: ['process'],
    differs: [
      differs('clientReady comes also when a shard resumes while others start', false, true, { note: 'clientReady' }),
    ],
    async run({ manager, note, discord, until, comes }) {
      await discord.fault({ on: 'resume', shard: 0, do: { delayMs: 4_000 } });
      await discord.fault({ on: 'ready', shard: 1, do: { delayMs: 2_500 } });
      const ready = new Promise<void>((resolve) => {
        manager.on('shardCreate', (shard) => {
          shard.on('message', (m: { clientReady?: true } | null) => m?.clientReady && resolve());
        });
      });
      await manager.spawn({ timeout: -1 });
      await until(() => at(manager, 0).ready, 'shard 0');
      await discord.reconnect(0);
      await until(async () => (await discord.resumed()).length === 1, 'a resume');
      note('clientReady', await comes(ready));
    },
  },
  {
    name: 'a bot that takes all listeners off its client',
    fleet: 'own',
    quick: true,
    async run({ manager, answer, note, discord, until, journal }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      await evaluates(manager, '(c) => void c.removeAllListeners()');
      await discord.reconnect(0);
      await until(async () => (await discord.resumed()).length > 0, 'a resumed session');
      const isUp = '(c) => c.ws.shards ? c.ws.shards.every(({ status }) => status === 0) : true';
      await until(async () => ((await evaluates(manager, isUp)) as boolean[]).every(Boolean), 'all connections');
      await answer('guilds', () => evaluates(manager, '(c) => c.guilds.cache.size > 0'));
      note(
        'ready',
        manager.shards.map(({ ready }) => ready),
      );
      note('events', lines);
      await answer('respawn', async () => (await at(manager, 0).respawn({ delay: 10 })) !== null, { slow: true });
      await until(() => manager.shards.every(({ ready }) => ready), 'all shards');
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
];
