/** test/preload/imported: a bot that imports shardlift has `client.cluster` in a real process that no manager started. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const discord = JSON.stringify(createRequire(import.meta.url).resolve('discord.js'));
const source = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-imported-'));
  const define = { 'import.meta.url': '""' };
  const outfile = join(folder, 'shardlift.cjs');
  await build({ entryPoints: [source], bundle: true, platform: 'node', format: 'cjs', define, outfile });
  writeFileSync(join(folder, 'shardlift.mjs'), "export * from './shardlift.cjs';");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program prints, line by line. */
async function linesOf(name: string, text: string): Promise<string[]> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { stdout } = await run(process.execPath, [file]);
  return stdout.trim().split('\n');
}

const facts = 'const { cluster } = new Client({ intents: [] }); console.log(cluster?.id, cluster?.totalShards);';

test.each([
  ['imports', 'after discord.js', 'mjs', `import { Client } from ${discord}; import './shardlift.mjs'; ${facts}`],
  ['imports', 'before discord.js', 'mjs', `import './shardlift.mjs'; import { Client } from ${discord}; ${facts}`],
  [
    'requires',
    'after discord.js',
    'cjs',
    `const { Client } = require(${discord}); require('./shardlift.cjs'); ${facts}`,
  ],
  [
    'requires',
    'before discord.js',
    'cjs',
    `require('./shardlift.cjs'); const { Client } = require(${discord}); ${facts}`,
  ],
])('a bot that %s shardlift %s has its cluster without a manager', async (how, when, extension, text) => {
  expect(await linesOf(`${how}-${when.slice(0, 5)}.${extension}`, text)).toEqual(['0 1']);
});

test('shardlift loads no discord.js of its own: the process of a manager needs none', async () => {
  const text = `require('./shardlift.cjs'); console.log(Object.keys(require.cache).length);`;
  expect(await linesOf('manager.cjs', text)).toEqual(['2']);
});
