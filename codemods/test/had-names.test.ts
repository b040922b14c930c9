/** Names from outside that the evaluated text had all the same, so that its call never threw. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, esmBot, type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

async function calls(files: Files, paths = ['.']) {
  const root = project(files);
  const { sites, summary } = await migrate({ paths, cwd: root });
  const asked = sites.filter(({ method }) => method === 'broadcastEval');
  return { codes: asked.map(({ outcome, code }) => code ?? outcome), after: read(root), verified: summary.verified };
}

const count = '(c) => c.listenerCount(Events.MessageCreate)';

test.each([
  [
    'CommonJS',
    cjsBot,
    `const { Events } = require('discord.js');\nexports.f = (client) => client.shard.broadcastEval(${count});\n`,
  ],
  [
    'ES modules',
    esmBot,
    `import { Events } from 'discord.js';\nexport const f = (client) => client.shard.broadcastEval(${count});\n`,
  ],
])('in %s a name of discord.js that its own file has is no import that was missing', async (_kind, bot, text) => {
  const { codes, after } = await calls({ ...bot, 'x.js': text });
  expect(codes).toEqual(['DC-I2']);
  expect(after['cluster-handlers.js']?.match(/Events \}/g)).toHaveLength(1);
});

test.each([
  ["const fetch = require('node-fetch');", 'await fetch(c.user.displayAvatarURL())', ['DC-I5']],
  ["const { setTimeout } = require('node:timers/promises');", 'await setTimeout(c.ws.ping)', ['DC-I5']],
  ["const { Buffer } = require('node:buffer');", 'Buffer.from(c.user.id).length', ['rewritten']],
])(
  'an import with the name of a global is not what the text had, unless it is that: %s',
  async (head, body, expected) => {
    const { codes } = await calls({
      ...cjsBot,
      'x.js': `${head}\nexports.f = (client) => client.shard.broadcastEval(async (c) => { ${body}; });\n`,
    });
    expect(codes).toEqual(expected);
  },
);

test('under another name, or of another module, it was missing', async () => {
  const text = (head: string): string =>
    `${head}\nexports.f = (client) => client.shard.broadcastEval((c) => c.listenerCount(E.x));\n`;
  const { codes } = await calls({
    ...cjsBot,
    'x.js': text("const { Events: E } = require('discord.js');"),
    'y.js': text("const { E } = require('./z');"),
    'z.js': 'exports.E = { x: 1 };\n',
  });
  expect(codes).toEqual(['DC-I1', 'DC-I1']);
});

describe('in TypeScript', () => {
  const head = "import type { Client } from 'discord.js';\n";
  const call = (fn: string): string => `export const f = (bot: Client) => bot.shard!.broadcastEval(${fn});\n`;
  const asCommon: Files = {
    ...tsBot,
    'package.json': String(tsBot['package.json']).replace('module', 'commonjs'),
    'src/index.ts': String(tsBot['src/index.ts']).replace('await', 'void'),
    'src/bot.ts': String(tsBot['src/bot.ts']).replace('await', 'void'),
  };

  test.each([
    ['keep their names', tsBot, 'DC-I2'],
    ['are members of what was required', asCommon, 'DC-I1'],
  ])('it depends on whether imports %s', async (_title, bot, code) => {
    const text = `import { type Client, Events } from 'discord.js';\n${call(count)}`;
    expect((await calls({ ...bot, 'src/x.ts': text }, ['src'])).codes).toEqual([code]);
  });

  test('the value of a `const enum` is written, as the compiler writes it', async () => {
    const enums = 'const enum Level { Low = -1, High = 2 }\nexport const enum Word { A = "it\'s" }\n';
    const fn = '(c) => [c.ws.ping > Level.High, c.ws.ping - Level.Low, Level[`High`], Word.A]';
    const { codes, after, verified } = await calls({ ...tsBot, 'src/x.ts': `${head}${enums}${call(fn)}` }, ['src']);
    expect([codes, verified]).toEqual([['rewritten'], true]);
    expect(after['src/cluster-handlers.ts']).toContain(
      "(c) => [c.ws.ping > 2 /* Level.High */, c.ws.ping - (-1) /* Level.Low */, 2 /* Level[`High`] */, 'it\\'s' /* Word.A */],",
    );
  });

  test('an import of one says nothing, where the compiler writes its values', async () => {
    const text = `${head}import { Level } from './level.js';\n${call('(c) => c.ws.ping > Level.High')}`;
    const files = { ...tsBot, 'src/level.ts': 'export const enum Level { High = 2 }\n', 'src/x.ts': text };
    const { codes, after } = await calls(files, ['src']);
    expect(codes).toEqual(['rewritten']);
    expect(after['src/cluster-handlers.ts']).toContain("import { Level } from './level.js';");
  });

  test('another enum was missing', async () => {
    const { codes } = await calls(
      { ...tsBot, 'src/x.ts': `${head}enum Level { High = 2 }\n${call('(c) => c.ws.ping > Level.High')}` },
      ['src'],
    );
    expect(codes).toEqual(['DC-C1']);
  });
});
