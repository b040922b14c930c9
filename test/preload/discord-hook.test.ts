/** test/preload/discord-hook: a real process sees each copy of discord.js as it loads, once. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const discord = dirname(dirname(createRequire(import.meta.url).resolve('discord.js')));
const source = fileURLToPath(new URL('../../src/preload/discord-hook.ts', import.meta.url));
let folder: string;
let preload: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-hook-'));
  preload = join(folder, 'preload.cjs');
  await build({
    stdin: {
      contents: `import { hookDiscord } from ${JSON.stringify(source)};
        hookDiscord(({ Client }) => console.log('hooked ' + (Client.prototype.login !== undefined)));`,
      resolveDir: folder,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: preload,
  });
  // A second, tiny copy: what matters is that it is another module object of the same shape.
  const copy = join(folder, 'node_modules', 'my-discord-fork');
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{ "name": "my-discord-fork", "main": "index.cjs" }');
  writeFileSync(join(copy, 'index.cjs'), 'exports.Client = class { login() {} }; exports.ShardClientUtil = class {};');
  const looksAlike = join(folder, 'node_modules', 'discord-thing');
  cpSync(copy, looksAlike, { recursive: true });
  writeFileSync(join(looksAlike, 'index.cjs'), 'exports.Client = 5;');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program prints line by line when it runs under the hook. */
async function linesOf(name: string, text: string): Promise<string[]> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { stdout } = await run(process.execPath, ['--require', preload, file]);
  return stdout.trim().split('\n');
}

describe('discord.js is seen', () => {
  test('before the bot has it, when it is required', async () => {
    const text = `const { Client } = require(${JSON.stringify(discord)}); console.log('bot', typeof Client);`;
    expect(await linesOf('required.cjs', text)).toEqual(['hooked true', 'bot function']);
  });

  test('when it is imported', async () => {
    const entry = JSON.stringify(join(discord, 'src', 'index.js'));
    const text = `import { Client } from ${entry}; console.log('bot', typeof Client);`;
    expect(await linesOf('imported.mjs', text)).toEqual(['hooked true', 'bot function']);
  });

  test('once, however often it is loaded', async () => {
    const text = `for (let i = 0; i < 3; i++) require(${JSON.stringify(discord)}); console.log('done');`;
    expect(await linesOf('often.cjs', text)).toEqual(['hooked true', 'done']);
  });

  test('in each of its copies, and nothing else is taken for it', async () => {
    const text = `require('my-discord-fork'); require('discord-thing'); require('node:fs'); console.log('done');`;
    expect(await linesOf('copies.cjs', text)).toEqual(['hooked true', 'done']);
  });
});
