/** examples/typed-bot, built as its users build it and given every command, on a Discord on loopback. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { REST, Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDiscord, type LoopbackDiscord } from '../../src/testing/index.ts';
import { root } from '../compilers.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-typed-bot-'));
  cpSync(join(root, 'examples/typed-bot'), folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  const installed = { shardlift: '.', 'discord.js': 'node_modules/discord.js', '@types': 'node_modules/@types' };
  for (const [name, place] of Object.entries(installed)) {
    symlinkSync(join(root, place), join(folder, 'node_modules', name), 'dir');
  }
  await compile('typescript', '--pretty', 'false');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a compiler of this repository in the bot's folder; rejects with what it finds. */
const compile = (compiler: string, ...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'node_modules', compiler, 'bin/tsc'), ...args], {
    cwd: folder,
  }).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`${compiler} finds:\n${stdout}${stderr}`);
  });

test('it compiles under TypeScript 7, too', async () => {
  await compile('typescript-7', '--noEmit');
});

test('its bot file run alone, without a manager, answers a command', async () => {
  const discord = await createDiscord({ guilds: { count: 2 }, gateway: { shards: 1 }, strict: true });
  const env = { ...process.env, ...discord.env };
  const bot = spawn(process.execPath, ['dist/bot.js'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  createInterface({ input: bot.stderr }).on('line', (line) => said.push(line));
  const exited = once(bot, 'exit');
  try {
    const ended = exited.then(() => Promise.reject(new Error(`the bot ended:\n${said.join('\n')}`)));
    await Promise.race([discord.waitFor('ready'), ended]);
    const [guild = ''] = discord.truth.guildIds();
    const { content } = await discord.interact({ guild, command: 'stats' });
    expect(content).toBe('2 servers in 1 clusters\nCluster 0 (ready, shards 0): 2 servers');
  } finally {
    bot.kill('SIGKILL');
    await exited;
    await discord.stop();
  }
});

/** The manager's process, once it says that all are ready. */
async function start(discord: LoopbackDiscord, mode: string): Promise<ChildProcess> {
  const env = { ...process.env, ...discord.env, CLUSTER_MODE: mode, SHARDS_PER_CLUSTER: '2' };
  const manager = spawn(process.execPath, ['dist/index.js'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  createInterface({ input: manager.stderr }).on('line', (line) => said.push(line));
  for await (const line of createInterface({ input: manager.stdout })) {
    said.push(line);
    if (line === 'all 2 clusters are ready, in 12 servers') return manager;
  }
  throw new Error(`the manager ended:\n${said.join('\n')}`);
}

test('without a manager it is one cluster and answers to its own handlers', async () => {
  const guilds = { count: 3, each: (index: number) => ({ members: 20 + index }) };
  await using discord = await createDiscord({ guilds, strict: true });
  const env = { ...process.env, ...discord.env };
  const bot = spawn(process.execPath, ['dist/bot.js'], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
  try {
    await discord.waitFor('ready');
    const { id } = discord.truth.guild(0);
    const { name } = discord.truth.guild(2);
    expect((await discord.interact({ guild: id, command: 'largest' })).content).toBe(`${name} with 22 members.`);
    const told = (await discord.interact({ guild: id, command: 'server-info' })).content;
    expect(told).toMatch(`${discord.truth.guild(0).name}: 20 members`);
    expect((await discord.interact({ guild: id, command: 'stats' })).content).toMatch('3 servers in 1 cluster');
  } finally {
    bot.kill('SIGKILL');
    await once(bot, 'exit');
  }
});

describe.each(['process', 'worker'])('in %s mode', (mode) => {
  let discord: LoopbackDiscord;
  let manager: ChildProcess | undefined;
  beforeAll(async () => {
    const gateway = { shards: 4, maxConcurrency: 16 };
    const guilds = { count: 12, each: (index: number) => ({ members: 20 + index }) };
    discord = await createDiscord({ guilds, gateway, time: { identifyWindow: 100 }, strict: true });
    manager = await start(discord, mode);
  });
  afterAll(async () => {
    // Clusters go with their manager; after the last test there is nothing left to kill.
    manager?.kill('SIGKILL');
    // Strict: a rule of Discord that was broken, or a bot that stayed behind, fails here.
    await discord.stop();
  });

  /** The first server of a shard: shards 0 and 1 are cluster 0's, 2 and 3 are cluster 1's. */
  const serverOn = (shard: number) => {
    const [id = ''] = discord.truth.guildIds({ shard, totalShards: 4 });
    return discord.truth.guild(id);
  };
  const say = async (
    shard: number,
    command: string,
    more: { readonly user?: string; readonly options?: Readonly<Record<string, string>> } = {},
  ): Promise<string> => (await discord.interact({ guild: serverOn(shard).id, command, ...more })).content;

  /** Somebody who is in a server of each cluster. */
  const inBoth = (n: number): string => {
    const user = serverOn(0).memberId(n);
    discord.guild(serverOn(3).id).addMember(user);
    return user;
  };

  test('one cluster registers the commands', async () => {
    const rest = new REST({ api: discord.rest.url }).setToken(discord.token);
    const names = async () => {
      const commands = await rest.get(Routes.applicationCommands(discord.bot.id));
      return (commands as { name: string }[]).map(({ name }) => name).sort();
    };
    await expect.poll(names).toEqual(['hello', 'language', 'largest', 'server-info', 'stats', 'work']);
  });

  test.each([
    ['its own cluster', 1],
    ['the other cluster', 2],
  ])('server-info tells of a server of %s', async (_where, shard) => {
    const { id, name, memberCount, channelIds } = serverOn(shard);
    expect(await say(0, 'server-info', { options: { id } })).toBe(
      `${name}: ${memberCount} members, ${channelIds.length} channels, on shard ${shard}.`,
    );
  });

  test('server-info tells of the server it is given in, and of none where the bot is not', async () => {
    expect(await say(3, 'server-info')).toMatch(`${serverOn(3).name}: `);
    const id = '613425648685547541';
    expect(await say(3, 'server-info', { options: { id } })).toBe('I am not in that server.');
    expect(await say(3, 'server-info', { options: { id: 'home' } })).toBe('That is not the id of a server.');
  });

  test('stats tells of every cluster', async () => {
    expect(await say(2, 'stats')).toBe(
      [
        '12 servers in 2 clusters',
        'Cluster 0 (ready, shards 0, 1): 6 servers',
        'Cluster 1 (ready, shards 2, 3): 6 servers',
      ].join('\n'),
    );
  });

  test('largest finds the largest server, whichever cluster has it', async () => {
    const { name } = discord.truth.guild(11);
    expect(await Promise.all([say(0, 'largest'), say(3, 'largest')])).toEqual(
      Array(2).fill(`${name} with 31 members.`),
    );
  });

  test('who worked in one cluster has to rest in the other, and is paid once', async () => {
    const user = inBoth(1);
    expect(await say(0, 'work', { user })).toBe('You earned 10 coins and have 10.');
    expect(await say(3, 'work', { user })).toMatch(/^Rest for (60|5\d) more seconds\.$/);
    expect(await say(3, 'work')).toBe('You earned 10 coins and have 10.');
  });

  test('a language that is chosen in one cluster is what the other speaks, though it remembered another', async () => {
    const user = inBoth(2);
    const name = 'User 2 of 0';
    expect([await say(0, 'hello', { user }), await say(3, 'hello', { user })]).toEqual(
      Array(2).fill(`Hello, ${name}!`),
    );
    for (const [shard, language, greeting] of [
      [0, 'german', 'Guten Tag'],
      [3, 'french', 'Bonjour'],
    ] as const) {
      const chosen = await say(shard, 'language', { user, options: { name: language } });
      expect(chosen).toBe(`From now on I greet you in ${language}.`);
      expect([await say(0, 'hello', { user }), await say(3, 'hello', { user })]).toEqual(
        Array(2).fill(`${greeting}, ${name}!`),
      );
    }
  });

  test('SIGTERM ends it, and nothing of it stays connected', async () => {
    const ending = manager as ChildProcess;
    const exited = once(ending, 'exit');
    ending.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(discord.sessions().filter(({ live }) => live)).toEqual([]);
  });
});
