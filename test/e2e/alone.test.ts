/** test/e2e/alone: the same bot file under a manager and by itself: whose handlers it answers to. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiscord } from '../../src/testing/index.ts';
import { createFleet, fixture } from './fleet.ts';

const root = fixture('../../..');
let folder: string;
/** The bot, and a folder of its own beside it as that from which it is started. */
let bot: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-alone-'));
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'elsewhere'));
  symlinkSync(root, join(folder, 'node_modules/shardlift'), 'dir');
  symlinkSync(join(root, 'node_modules/discord.js'), join(folder, 'node_modules/discord.js'), 'dir');
  cpSync(fixture('alone'), folder, { recursive: true });
  bot = join(folder, 'bot.mjs');
  writeFileSync(join(folder, 'package.json'), '{ "main": "bot.mjs" }');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the bot prints when Node runs it on a Discord of its own. */
async function runAlone(...args: readonly string[]): Promise<string> {
  await using discord = await createDiscord({ guilds: 3, strict: true });
  const env = { ...process.env, ...discord.env };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: join(folder, 'elsewhere'), env });
  return stdout;
}

test.each([
  ['its file', 'bot.mjs'],
  ['its folder', '.'],
])('started alone by %s, it answers to its own handlers once it is ready', async (_what, name) => {
  expect(await runAlone(join(folder, name))).toBe('loaded, ready with 3 guilds, asked: own 3\n');
});

test('started alone with a file that cannot be used, its login fails with the reason', async () => {
  const failure = { stderr: expect.stringMatching(/throws\.mjs.*it throws: no database/) };
  await expect(runAlone(bot, './throws.mjs')).rejects.toMatchObject(failure);
  const missing = { stderr: expect.stringMatching(/handlers.*missing\.mjs/) };
  await expect(runAlone(bot, './missing.mjs')).rejects.toMatchObject(missing);
});

test.each(['process', 'worker'] as const)(
  "under a manager, in %s mode, it answers to the manager's, and its own option counts for nothing",
  async (mode) => {
    const options = { mode, handlers: './of-the-manager.mjs', shardArgs: ['./missing.mjs'] };
    await using fleet = await createFleet({ bot, options });
    await fleet.manager.spawn();
    const { ipc } = fleet.manager;
    expect(await ipc.requestAll('guildCount').valuesOrThrow()).toEqual(["the manager's 6", "the manager's 6"]);
  },
);
