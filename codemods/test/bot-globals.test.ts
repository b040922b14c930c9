/** What a bot keeps on the global object lives once per process, as its own members of the client do. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { project, read, tsBot } from './project.ts';

const set = 'global.jobs = new Map();\nglobalThis.lamp = { level: 3, list: () => [] };\n';
const summed = (fn: string): string => `(await client.shard.broadcastEval(${fn})).reduce((a, b) => a + b, 0);`;

const own: readonly (readonly [title: string, line: string, method: string])[] = [
  ['by its name', summed('() => jobs.size'), 'requestAll('],
  ['of globalThis', summed('() => globalThis.jobs.size'), 'requestAll('],
  ['of global', summed('() => global.jobs.size'), 'requestAll('],
  ['beside the client', summed('(c) => c.bank.size + global.jobs.size'), 'requestAll('],
  ['a method of it', summed('() => global.lamp.list().length'), 'requestAll('],
  ['in a list', 'f(await client.shard.broadcastEval(() => jobs.size));', 'requestAllShards('],
];

const builtIn: readonly (readonly [title: string, line: string])[] = [
  ['of JavaScript', summed('(c) => Math.max(c.guilds.cache.size, 0)')],
  ['of JavaScript, by globalThis', summed('(c) => globalThis.Math.max(c.guilds.cache.size, 0)')],
  ['of its own', summed('(c) => { const jobs = c.guilds.cache; return jobs.size; }')],
  ['a function, with what it is given', summed('(c) => { function f() { return arguments.length; } return f(c); }')],
  ['as a text', 'f(await client.shard.broadcastEval((c) => ({ jobs: c.ws.ping })));'],
];

describe('a global of the bot', () => {
  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    all = await migrateAll([...own.map(([, line]) => line), ...builtIn.map(([, line]) => line), set]);
  });

  test.each(own.map(([title, , method], i) => [title, method, i] as const))('%s: %s', (_title, method, i) => {
    expect(all[i]?.sites).toMatchObject([{ outcome: 'rewritten-with-note' }]);
    expect(all[i]?.text).toContain(`.${method}`);
    const said = all[i]?.sites.flatMap(({ message }) => message).join('\n') ?? '';
    expect(said).toMatch(/The results hold .*global\.(jobs|lamp)\b.*, which live/);
  });

  test.each(builtIn.map(([title], i) => [title, own.length + i] as const))('is none: %s', (_title, i) => {
    expect(all[i]?.sites.map(({ code }) => code)).not.toContain('DC-P2');
  });
});

test('a type or an enum is none', async () => {
  const root = project({
    ...tsBot,
    'src/x.ts':
      "import type { Client } from 'discord.js';\nimport type { Word } from './word.js';\nexport const enum Kind { A, B }\nexport interface Row { a: number }\nexport const f = async (client: Client<true>) => (await client.shard!.broadcastEval((c) => ({ a: c.guilds.cache.size + Kind.B } as Row).a + (c.guilds.cache.size as Word))).reduce((a, b) => a + b, 0);\n",
    'src/word.ts': 'export type Word = number;\n',
  });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.filter(({ file }) => file === 'src/x.ts').map(({ code }) => code)).toEqual([null]);
});

test('a global that TypeScript declares is one of the bot', async () => {
  const root = project({
    ...tsBot,
    'src/globals.ts':
      'declare global {\n  var jukebox: Map<string, number>;\n}\nglobalThis.jukebox = new Map();\nexport {};\n',
    'src/x.ts':
      "import './globals.js';\nimport type { Client } from 'discord.js';\nexport const f = async (client: Client<true>) => (await client.shard!.broadcastEval(() => jukebox.size)).reduce((a, b) => a + b, 0);\n",
  });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.find(({ file }) => file === 'src/x.ts')).toMatchObject({ outcome: 'rewritten-with-note' });
  expect(read(root)['src/x.ts']).toContain('requestAll(');
});
