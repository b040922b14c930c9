/** scenarios/sharing: what shards cannot have to themselves where they share a process. */
import type { Shard } from 'discord.js';
import { gives, shared } from '../differential/differences.ts';
import { asks, evaluates, type Scenario } from '../differential/scenario.ts';

const leads = 'a guild, a member or a message leads to the client of the whole process';
const each = 'what a function adds to the client or the process it adds once per shard';
const output = 'shards of a process share its child: what it prints, sends and how it ends';
const outside = 'a bot that is not in an eval has all shards of its process';
const four = (value: unknown): object => gives(Array(4).fill(value));
const ofAll = (text: string): string[] => [0, 1, 2, 3].map((id) => `${id}: ${text}`);

/** Facts of a process and of its client. */
export const sharing: readonly Scenario[] = [
  asks(
    'the client of a guild',
    (m) =>
      evaluates(
        m,
        '(c) => { const { client } = c.guilds.cache.first(); return [client === c, client.guilds.cache.size] }',
      ),
    { differs: shared(leads, { 2: four([false, 6]), 4: four([false, 12]) }) },
  ),
  asks(
    'the client of a channel, of a member and of the user of the bot',
    (m) =>
      evaluates(
        m,
        `(c) => {
          const guild = c.guilds.cache.first();
          const sizes = [guild.channels.cache.first(), guild.members.cache.first(), c.user].map((x) => x.client.guilds.cache.size);
          return [...sizes, c.user.client === c];
        }`,
      ),
    { differs: shared(leads, { 2: four([6, 6, 3, true]), 4: four([12, 12, 3, true]) }) },
  ),
  {
    name: 'a listener that a function adds to the client of each shard',
    fleet: 'own',
    shards: 4,
    differs: shared(each, { 2: gives(2), 4: gives(4) }, { note: 'calls for one message' }),
    async run({ manager, answer, discord, facts, until }) {
      await manager.spawn({ delay: 0 });
      await evaluates(manager, "(c) => void c.on('messageCreate', () => c.counter++)");
      await discord.say(facts.guilds[1]?.[0] as string, 'hello');
      const counted = () => evaluates(manager, '(c) => c.counter', { shard: 1 });
      await until(async () => (await counted()) !== 0, 'the message');
      await answer('calls for one message', counted);
    },
  },
  {
    name: 'what is heard of the child of each shard',
    fleet: 'own',
    shards: 4,
    options: { silent: true, respawn: false },
    modes: ['process'],
    differs: [
      ...shared(output, { 2: ['0: a line', '1: a line'], 4: ofAll('a line') }, { note: 'lines' }),
      ...shared(output, { 2: ['0: exit', '1: exit'], 4: ofAll('exit') }, { note: 'ends' }),
    ],
    async run({ manager, note, until }) {
      const lines: string[] = [];
      const ends: string[] = [];
      manager.on('shardCreate', (shard) => {
        shard.on('spawn', (child) => {
          child.once('exit', () => ends.push(`${shard.id}: exit`));
          child.stdout?.on('data', (text) => lines.push(`${shard.id}: ${String(text).trim()}`));
        });
      });
      await manager.spawn({ delay: 0 });
      await evaluates(manager, '() => console.log("a line")', { shard: 1 });
      await until(() => lines.length > 0, 'a line');
      note('lines', lines.toSorted());
      manager.shards.get(1)?.kill();
      await until(() => ends.length > 0, 'an end');
      note('ends', ends.toSorted());
    },
  },
  {
    name: 'what is heard on the child itself of the messages of a shard',
    fleet: 'own',
    async run({ manager, note, until }) {
      await manager.spawn({ delay: 0 });
      const heard: unknown[] = [];
      const shard = manager.shards.get(1) as Shard;
      (shard.process ?? shard.worker)?.on('message', (message: { readonly note?: unknown } | null) => {
        if (message?.note !== undefined) heard.push(message);
      });
      await evaluates(manager, '(c) => c.shard.send({ note: "of an eval" })', { shard: 1 });
      await until(() => heard.length === 1, 'the message of an eval');
      note('heard', heard);
    },
  },
  {
    name: 'what the own code of a bot has of Discord',
    fleet: 'own',
    shards: 4,
    bot: 'status-page.cjs',
    differs: [
      ...[0, 1, 2, 3].flatMap((id) => {
        const first = id - (id % 2);
        return shared(
          outside,
          {
            2: { sockets: [first, first + 1], first, ping: 'number', guilds: 6 },
            4: { sockets: [0, 1, 2, 3], first: 0, ping: 'number', guilds: 12 },
          },
          { note: `in shard ${id}` },
        );
      }),
    ],
    async run({ manager, note }) {
      await manager.spawn({ delay: 0 });
      const found = (await evaluates(manager, '(c) => c.status()')) as unknown[];
      for (const [id, status] of found.entries()) note(`in shard ${id}`, status);
    },
  },
];
