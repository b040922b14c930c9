/** `--inline`: handlers beside the client. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const bot =
  "const { Client } = require('discord.js');\n\nconst client = new Client({ intents: [] });\n\nclient.login();\n";

async function rewrite(body: string, more: Record<string, string> = {}) {
  const root = project({ ...cjsBot, 'bot.js': bot, 'x.js': `${body}\n`, ...more });
  const report = await migrate({ paths: ['.'], cwd: root, inline: true });
  return { root, files: read(root), sites: report.sites.filter((one) => one.file === 'x.js') };
}

const forms: readonly (readonly [title: string, fn: string, inline: string])[] = [
  ['the client alone', '(c) => c.ws.ping', '(_data, { client: c }) => c.ws.ping'],
  ['no parentheses', 'c => c.ws.ping', '(_data, { client: c }) => c.ws.ping'],
  ['a client of that name', '(client) => client.ws.ping', '(_data, { client }) => client.ws.ping'],
  ['no parameters', '() => 1', '() => 1'],
  ['data', '(c, { id }) => c.users.cache.has(id)', '({ id }, { client: c }) => c.users.cache.has(id)'],
  ['data with a default', '(c, id = 1) => c.users.cache.has(id)', '(id = 1, { client: c }) => c.users.cache.has(id)'],
  ['a client taken apart', '({ ws }) => ws.ping', '(_data, { client: { ws } }) => ws.ping'],
  ['this', '() => this.ws.ping', '(_data, { client }) => client.ws.ping'],
];

describe('in JavaScript', () => {
  test.each(forms)('a function of %s takes the data first', async (_title, fn, inline) => {
    const { files, sites } = await rewrite(`f(await client.shard.broadcastEval(${fn}, { context }));`);
    expect(sites).toMatchObject([{ outcome: 'rewritten' }]);
    expect(files['bot.js']).toContain(`.ipc.handle('${sites[0]?.handler}', ${inline});\n`);
    expect(files['cluster-handlers.js']).toBeUndefined();
  });

  test('handlers follow the client, imports follow imports, and the manager stays unwired', async () => {
    const { files } = await rewrite(
      "const { inspect } = require('node:util');\nf(await client.shard.broadcastEval((c) => inspect(c.ws)));",
    );
    expect(files['bot.js']).toBe(
      "const { Client } = require('discord.js');\nrequire('shardlift');\nconst { inspect } = require('node:util');\n\nconst client = new Client({ intents: [] });\nclient.cluster.ipc.handle('x', (_data, { client: c }) => inspect(c.ws));\n\nclient.login();\n",
    );
    expect(files['index.js']).not.toContain('hybrid');
  });

  test('names that the bot file has are not given again, and a second run changes nothing', async () => {
    const more = { 'bot.js': `${bot}client.cluster.ipc.handle('wsPing', () => 1);\n` };
    const { root, files } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping));', more);
    expect(files['bot.js']).toContain("client.cluster.ipc.handle('wsPing2', ");
    expect((await migrate({ paths: ['.'], cwd: root, inline: true })).files).toEqual([]);
  });

  test('a handler that takes the data first is none that takes the client first', async () => {
    const more = { 'bot.js': `${bot}client.cluster.ipc.handle('mine', (c) => c.ws.ping);\n` };
    const { files } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping));', more);
    expect(files['x.js']).toContain("requestAllShards('wsPing')");
  });

  test('a second run asks the handler that the first one wrote', async () => {
    const { root } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping));');
    writeFileSync(join(root, 'y.js'), 'f(await client.shard.broadcastEval((c) => c.ws.ping));\n');
    const { 'bot.js': first } = read(root);
    await migrate({ paths: ['.'], cwd: root, inline: true });
    const { 'bot.js': second, 'x.js': x, 'y.js': y } = read(root);
    expect(second).toBe(first);
    expect(y).toBe(x);
  });

  test('the data that nobody reads hides no name of the function', async () => {
    const { files } = await rewrite(
      "const _data = require('./db');\nf(await client.shard.broadcastEval((c) => _data.of(c)));",
    );
    expect(files['bot.js']).toContain('(__data, { client: c }) => _data.of(c)');
  });

  test('a call in the bot file itself has its handler above it', async () => {
    const root = project({ ...cjsBot, 'bot.js': `${bot}client.shard.broadcastEval((c) => c.ws.ping).then(f);\n` });
    await migrate({ paths: ['.'], cwd: root, inline: true });
    expect(read(root)['bot.js']).toContain(
      "client.cluster.ipc.handle('wsPing', (_data, { client: c }) => c.ws.ping);\n\nclient.login();\nclient.cluster.ipc.requestAllShards('wsPing').valuesOrThrow().then(f);\n",
    );
  });

  // Each line of these ends where the next one makes it end.
  const unended: readonly (readonly [title: string, before: string, after: string])[] = [
    [
      'below a `;` that opens the next line, and behind a comment',
      "const { Client } = require('discord.js')\n\nconst client = new Client({ intents: [] }) // the one client\n;[1, 2].forEach((n) => n)\nclient.login()\n",
      "const { Client } = require('discord.js')\nrequire('shardlift')\n\nconst client = new Client({ intents: [] }) // the one client\nclient.cluster.ipc.handle('wsPing', (_data, { client: c }) => c.ws.ping)\n;[1, 2].forEach((n) => n)\nclient.login()\n",
    ],
    [
      'above a line that begins with a bracket',
      "const { Client } = require('discord.js'); (async () => {})()\nconst client = new Client({ intents: [] }); [1, 2].forEach((n) => n)\nclient.login()\n",
      "const { Client } = require('discord.js');\nrequire('shardlift'); (async () => {})()\nconst client = new Client({ intents: [] });\nclient.cluster.ipc.handle('wsPing', (_data, { client: c }) => c.ws.ping); [1, 2].forEach((n) => n)\nclient.login()\n",
    ],
    [
      "below 'use strict'",
      "'use strict'\n\nconst client = new (load('discord.js'))()\nclient.login()\n",
      "'use strict'\nrequire('shardlift')\n\nconst client = new (load('discord.js'))()\nclient.cluster.ipc.handle('wsPing', (_data, { client: c }) => c.ws.ping)\nclient.login()\n",
    ],
  ];

  test.each(unended)('handlers and imports stand on lines of their own: %s', async (_title, before, after) => {
    const { files } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping))', { 'bot.js': before });
    expect(files['bot.js']).toBe(after);
  });

  // The bot file as it is, and its first lines after the run.
  const below: readonly (readonly [title: string, before: string, after: string])[] = [
    [
      'a require',
      `${bot}const commands = require('./commands');\n`,
      "const { Client } = require('discord.js');\nrequire('shardlift');\n\nconst client = ",
    ],
    [
      'the one require there is',
      "#!/usr/bin/env node\n// The bot.\nconst client = new Client();\nclient.login();\nconst commands = require('./commands');\n",
      "#!/usr/bin/env node\n// The bot.\nrequire('shardlift');\nconst client = ",
    ],
    [
      "a require, below 'use strict'",
      "'use strict';\n\nconst client = new Client();\nclient.login();\nconst commands = require('./commands');\n",
      "'use strict';\nrequire('shardlift');\n\nconst client = ",
    ],
    [
      'a require of shardlift',
      `${bot}const { version } = require('shardlift');\n`,
      "const { Client } = require('discord.js');\nrequire('shardlift');\n\nconst client = ",
    ],
  ];

  test.each(below)('shardlift is loaded above a client that has %s below it', async (_title, before, after) => {
    const { root, files } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping));', {
      'bot.js': before,
    });
    expect(files['bot.js']?.slice(0, after.length)).toBe(after);
    expect(files['bot.js']?.match(/\brequire\('shardlift'\);$/gm)).toHaveLength(before.includes('shardlift') ? 2 : 1);
    expect((await migrate({ paths: ['.'], cwd: root, inline: true })).files).toEqual([]);
  });

  test.each([
    ['no client in a variable', "const { Client } = require('discord.js');\nnew Client({}).login();\n"],
    ['two clients', `${bot}const other = new Client({});\nother.login();\n`],
  ])('%s leaves the calls', async (_title, text) => {
    const line = 'f(await client.shard.broadcastEval((c) => c.ws.ping));';
    const { files, sites } = await rewrite(line, { 'bot.js': text });
    expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-H4' }]);
    expect(files['x.js']).toBe(`${line}\n`);
    expect(files['bot.js']).toBe(text);
  });

  test.each([
    ['no client', "require('./start.js');\n", 'bot.js makes no client in a statement of its own at its top level'],
    [
      'nothing that logs in by itself',
      'const db = new Db();\nconst client = new Bot(process.env.TOKEN);\nclient.start();\n',
      'bot.js calls login of nothing that it makes at its top level (db, client)',
    ],
    ['two clients', `${bot}const other = new Client({});\nother.login();\n`, 'bot.js makes several clients'],
  ])('a bot file with %s is named, with the reason', async (_title, text, why) => {
    const { sites } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping));', {
      'index.js':
        "const { ShardingManager } = require('discord.js');\n\nnew ShardingManager('./src/bot.js').spawn();\n",
      'src/bot.js': text,
    });
    expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-H4' }]);
    expect(sites[0]?.message).toContain(`(src/${why}`);
  });

  test('a client whose name begins with $ logs in as others do', async () => {
    const more = { 'bot.js': bot.replaceAll('client', '$client') };
    const { files } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping));', more);
    expect(files['bot.js']).toContain("$client.cluster.ipc.handle('wsPing'");
  });

  test('a connection that does not log in is no client', async () => {
    const more = { 'bot.js': `const db = new Client('db');\n${bot}` };
    const { files } = await rewrite('f(await client.shard.broadcastEval((c) => c.ws.ping));', more);
    expect(files['bot.js']).toContain("client = new Client({ intents: [] });\nclient.cluster.ipc.handle('wsPing'");
  });
});

test('in TypeScript the call says what each result is', async () => {
  const root = project({
    ...tsBot,
    'src/bot.ts':
      "import { Client } from 'discord.js';\n\nconst client = new Client({ intents: [] });\nawait client.login();\n",
    'src/x.ts':
      "import type { Client } from 'discord.js';\nexport const f = async (client: Client): Promise<number> => {\n  const all = await client.shard!.broadcastEval((c) => c.ws.ping);\n  return all[0]!;\n};\n",
  });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root, inline: true });
  expect(sites.filter((one) => one.file === 'src/x.ts')).toMatchObject([{ outcome: 'rewritten' }]);
  expect(summary.verified).toBe(true);
  const files = read(root);
  expect(files['src/x.ts']).toContain("client.cluster.ipc.requestAllShards<number>('wsPing').valuesOrThrow()");
  expect(files['src/bot.ts']).toContain("import { Client } from 'discord.js';\nimport 'shardlift';\n");
  expect(files['src/bot.ts']).toContain("client.cluster.ipc.handle('wsPing', (_data, { client: c }) => c.ws.ping);\n");
});
