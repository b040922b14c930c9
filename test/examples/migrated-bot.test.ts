/** examples/stock-bot under discord.js, and a copy after dc-migrate under shardlift: each command gets the same answer. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDiscord, type LoopbackDiscord } from '../../src/testing/index.ts';
import { root } from '../compilers.ts';

const shards = 4;

/** A command that tells `null` from `undefined`: which of them arrives is decided on the way between processes. */
const nothing = `module.exports = {
  name: 'nothing',
  async execute({ client, guildId }) {
    const names = await client.shard.broadcastEval((c, id) => c.guilds.cache.get(id)?.name, { context: guildId });
    const rows = await client.shard.broadcastEval((c, id) => [c.guilds.cache.get(id)?.name], { context: guildId });
    const one = await client.shard.broadcastEval((c) => c.guilds.cache.get('1'), { shard: 1 });
    return [names.filter((name) => name !== null).length, names.map((name) => typeof name), rows.flat(), typeof one].join(' ');
  },
};
`;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-migrated-bot-'));
  mkdirSync(join(folder, 'node_modules'));
  for (const [name, place] of Object.entries({ shardlift: '.', 'discord.js': 'node_modules/discord.js' })) {
    symlinkSync(join(root, place), join(folder, 'node_modules', name), 'dir');
  }
  for (const copy of ['original', 'migrated']) {
    cpSync(join(root, 'examples/stock-bot'), join(folder, copy), { recursive: true });
    writeFileSync(join(folder, copy, 'commands/nothing.js'), nothing);
  }
  const cli = join(root, 'codemods/dist/cli.mjs');
  await promisify(execFile)(process.execPath, [cli, '.', '--force', '--json', 'report.json'], {
    cwd: join(folder, 'migrated'),
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The manager's process, once it says that all shards are ready. */
async function start(copy: string, discord: LoopbackDiscord): Promise<ChildProcess> {
  const settings = {
    TOTAL_SHARDS: String(shards),
    SHARDS_PER_CLUSTER: '2',
    SPAWN_DELAY: '50',
    SHARDING_MODE: 'process',
  };
  const env = { ...process.env, ...discord.env, ...settings };
  const manager = spawn(process.execPath, ['index.js'], {
    cwd: join(folder, copy),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  createInterface({ input: manager.stderr }).on('line', (line) => said.push(line));
  for await (const line of createInterface({ input: manager.stdout })) {
    said.push(line);
    if (line.startsWith(`all ${shards} shards are ready`)) return manager;
  }
  throw new Error(`the manager of ${copy} ended:\n${said.join('\n')}`);
}

/** Commands of the bot that tell of the bot; `users` and `memory` tell of its processes, `crash` ends one. */
function questions(discord: LoopbackDiscord) {
  const [home = '', , other = ''] = discord.truth.guildIds();
  const { textChannelId } = discord.truth.guild(2);
  const asked = { server: { id: other }, peek: { id: other }, announce: { channel: textChannelId } };
  const plain = ['servers', 'members', 'totals', 'shards', 'largest', 'nothing'];
  return [
    ...plain.map((command) => ({ guild: home, command })),
    ...Object.entries(asked).map(([command, options]) => ({ guild: home, command, options })),
  ];
}

/** Starts a copy, asks it everything, and stops it. */
async function answersOf(copy: string): Promise<Readonly<Record<string, string>>> {
  const guilds = { count: 12, each: (index: number) => ({ members: 20 + index }) };
  const discord = await createDiscord({
    guilds,
    gateway: { shards, maxConcurrency: 16 },
    time: { identifyWindow: 100 },
  });
  let manager: ChildProcess | undefined;
  try {
    manager = await start(copy, discord);
    const answers: Record<string, string> = {};
    for (const question of questions(discord)) answers[question.command] = (await discord.interact(question)).content;
    return answers;
  } finally {
    manager?.kill('SIGTERM');
    if (manager?.exitCode === null) await once(manager, 'exit');
    await discord.stop();
  }
}

describe('examples/stock-bot', () => {
  test('is rewritten by dc-migrate as a whole', () => {
    const { summary } = JSON.parse(readFileSync(join(folder, 'migrated/report.json'), 'utf8'));
    expect(summary).toMatchObject({ verified: true });
    expect(summary.rewritten + summary.rewrittenWithNote).toBeGreaterThan(10);
    expect(readFileSync(join(folder, 'migrated/commands/server.js'), 'utf8')).not.toContain('broadcastEval');
  });

  test('answers each command as before', async () => {
    const original = await answersOf('original');
    expect(Object.keys(original)).toHaveLength(9);
    expect(original).toMatchObject({ servers: 'I am in 12 servers.', announce: 'Sent 1 time(s).' });
    expect(await answersOf('migrated')).toEqual(original);
  }, 120_000);
});
