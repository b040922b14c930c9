/** test/e2e/linked-packages: a bot whose packages are symbolic links, as pnpm and workspaces lay them out. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ClusterManager } from './fleet.ts';

const program = `
  const { parentPort } = require('node:worker_threads');
  const { Client, SlashCommandBuilder } = require('discord.js');
  const found = [require.resolve('discord.js'), typeof Client, typeof SlashCommandBuilder];
  parentPort === null ? process.send(found) : parentPort.postMessage(found);
  setInterval(() => undefined, 1_000);
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-linked-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(realpathSync('node_modules/discord.js'), join(folder, 'node_modules/discord.js'), 'dir');
  writeFileSync(join(folder, 'bot.cjs'), program);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(['process', 'worker'] as const)('it finds what its packages need, in %s mode', async (mode) => {
  const manager = new ClusterManager(join(folder, 'bot.cjs'), { mode, totalShards: 1, respawn: false });
  try {
    const found = new Promise((resolve, reject) => {
      manager.on('clusterCreate', (cluster) => cluster.once('message', resolve).once('death', reject));
    });
    await manager.spawn({ timeoutMs: null });
    expect(await found).toEqual([realpathSync('node_modules/discord.js/src/index.js'), 'function', 'function']);
  } finally {
    await manager.stop();
  }
});
