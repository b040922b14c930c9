/** What is said of a place fits it, and is said whole. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { shortened } from '../src/wording/shortened.ts';
import { call } from './handlers-bot.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

async function siteOf(files: Files, options: { readonly inline?: boolean; readonly fixCaptures?: boolean } = {}) {
  const root = project(files);
  const { sites } = await migrate({ paths: ['.'], cwd: root, ...options });
  const site = sites.find(({ method }) => method === 'broadcastEval');
  return { site, files: read(root) };
}

const only = (x: string): Files => ({ ...cjsBot, 'x.js': x });

describe('a name of the file that is a global, too', () => {
  test.each([
    ['a value', `const fetch = make();\n${call("async (c) => (await fetch('x')).status")}`, '`fetch` (line 2)'],
    ['a function', `function setTimeout() {}\n${call('(c) => setTimeout(c.ws.ping)')}`, '`setTimeout` (line 2)'],
  ])('is told of as one: %s', async (_title, x, names) => {
    for (const options of [{}, { fixCaptures: true }]) {
      const { site } = await siteOf(only(x), options);
      expect(site).toMatchObject({ outcome: 'left', code: 'DC-C9' });
      expect(site?.message).toContain(`uses ${names} of this file`);
    }
  });

  test('is no name that is missing, beside one that is', async () => {
    const x = `const id = 1;\nconst fetch = make();\n${call('(c) => [id, fetch]')}`;
    const { site } = await siteOf(only(x));
    expect(site?.code).toBe('DC-C1');
    expect(site?.message).toContain('uses `id` (line 3) from outside itself');
  });
});

test('a const enum in a namespace is its value', async () => {
  const x =
    "import type { Client } from 'discord.js';\nnamespace N {\n  export const enum E {\n    A = 7,\n  }\n}\nexport const f = (bot: Client) => bot.shard!.broadcastEval((c) => c.ws.ping + N.E.A);\n";
  const { site, files } = await siteOf({ ...tsBot, 'src/x.ts': x });
  expect(site).toMatchObject({ outcome: 'rewritten' });
  expect(files['src/cluster-handlers.ts']).toContain('c.ws.ping + 7 /* N.E.A */');
}, 120_000);

test.each([
  '(c, { path }) => { delete require.cache[require.resolve(path)]; c.commands.set(path, require(path)); }, { context: { path } }',
  '(c) => { for (const key in require.cache) delete require.cache[key]; }',
])('a function that reloads files is told to be a handler: %s', async (fn) => {
  const { site } = await siteOf(only(call(fn)));
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-C10' });
  expect(site?.message).toContain('(`require.cache`, line 1)');
});

test('an import that moves beside the client is not said to be in a handlers file', async () => {
  const bot =
    "const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.login();\n";
  const x = `const os = require('node:os');\n${call('() => os.hostname()')}`;
  const { site } = await siteOf({ ...cjsBot, 'bot.js': bot, 'x.js': x }, { inline: true });
  expect(site?.code).toBe('DC-I1');
  expect(site?.message).not.toContain('handlers file');
});

describe('a long text', () => {
  test('ends with a word', () => {
    expect(shortened('one two three', 9)).toBe('one two…');
    expect(shortened('one two three', 7)).toBe('one two…');
    expect(shortened('one two', 7)).toBe('one two');
  });

  test('of the compiler does, in what --core says', async () => {
    const index =
      "import { ShardingManager } from 'discord.js';\n\nconst manager = new ShardingManager('dist/bot.js');\nexport interface Long { aaaaaaaaaa: 1; bbbbbbbbbb: 2; cccccccccc: 3; dddddddddd: 4; eeeeeeeeee: 5; shardList: InstanceType<typeof ShardingManager>['shardList'] }\nawait manager.spawn();\n";
    const root = project({ ...tsBot, 'src/index.ts': index });
    const { sites } = await migrate({ paths: ['.'], cwd: root, core: true });
    expect(sites[0]).toMatchObject({ code: 'DC-M6' });
    expect(sites[0]?.message).toMatch(
      /\((?:Property 'shardList' does not exist on type '[^']+'|.*…), at src\/index\.ts:4\)/,
    );
  }, 120_000);
});

test.each([
  ['client', ''],
  ['it', ', or write the call as client.shard.broadcastEval(...).'],
])('a client of another package that is called %s is told what it may be written as', async (name, otherwise) => {
  const x = `const { Client } = require('carrot');\nclass Bot extends Client {}\n/** @param {Bot} ${name} */\nmodule.exports = (${name}) => ${name}.shard.broadcastEval((c) => c.ws.ping);\n`;
  const { site } = await siteOf(only(x));
  expect(site?.code).toBe('DC-S3');
  expect(site?.message).toContain(`@type {import('discord.js').Client})${otherwise}`);
  expect(site?.message).not.toContain(`${name}.shard is a ShardingManager or client.shard`);
  if (otherwise === '') expect(site?.message).not.toContain('write the call as');
});

test.each([
  ['c.afk', 'client.afk, which lives once'],
  ['[c.afk, c.giveaways.size, globalThis.jobs]', 'client.afk, client.giveaways, global.jobs, which live once'],
  ['c.afk + c.giveaways.size', 'client.afk, client.giveaways, which live once'],
])('members of the client are called by all of their names: %s', async (body, words) => {
  const { site } = await siteOf(only(call(`(c) => ${body}`)));
  expect(site?.message).toContain(`The results hold ${words} per process`);
});
