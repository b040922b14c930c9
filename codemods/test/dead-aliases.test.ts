/** `const { shard } = client` goes with the last call that used it. */
import { beforeAll, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { project, read, tsBotWith } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const ask = 'shard.broadcastEval((c) => c.ws.ping)';
const asked = "client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow()";
const inFunction = (...lines: readonly string[]): string =>
  `module.exports = async (client) => {\n${lines.map((line) => `  ${line}\n`).join('')}};`;

const gone: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'taken from a field that was set before',
    inFunction('this.client = client;', 'const { shard } = this.client;', `return ${ask};`),
    inFunction('this.client = client;', `return ${asked.replace('client', 'this.client')};`),
  ],
  ['taken apart', inFunction('const { shard } = client;', `return ${ask};`), inFunction(`return ${asked};`)],
  [
    'assigned',
    inFunction('// mine', 'const shard = client.shard;', `return ${ask};`),
    inFunction('// mine', `return ${asked};`),
  ],
  [
    'assigned by a name in quotes',
    inFunction("const shard = client?.['shard'];", `return ${ask};`),
    inFunction(`return ${asked.replace('.', '?.')};`),
  ],
  [
    'used twice',
    inFunction('const { shard } = client; // util', `return [await ${ask}, await ${ask}];`),
    inFunction('// util', `return [await ${asked}, await ${asked}];`),
  ],
  [
    'beside another name',
    inFunction('const { shard, user } = client;', `return [user, await ${ask}];`),
    inFunction('const { user } = client;', `return [user, await ${asked}];`),
  ],
  [
    'renamed, behind another name, over lines',
    inFunction('const {', '  user,', '  shard: s,', '} = client;', `return [user, await s.${ask.slice(6)}];`),
    inFunction('const {', '  user,', '} = client;', `return [user, await ${asked}];`),
  ],
  [
    'taken from a path',
    inFunction('const { shard } = client.bot;', `return ${ask};`),
    inFunction(`return ${asked.replace('client', 'client.bot')};`),
  ],
];

const kept: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'tested',
    inFunction('const { shard } = client;', 'if (!shard) return;', `return ${ask};`),
    inFunction('const { shard } = client;', 'if (!shard) return;', `return ${asked};`),
  ],
  [
    'taken from a variable that changes',
    inFunction('const { shard } = client;', 'client = null;', `return ${ask};`),
    inFunction('const { shard } = client;', 'client = null;', `return ${asked.replace('client', 'shard.client')};`),
  ],
  [
    'taken from a field that changes',
    inFunction('const shard = this.client.shard;', 'this.client = null;', `return ${ask};`),
    inFunction(
      'const shard = this.client.shard;',
      'this.client = null;',
      `return ${asked.replace('client', 'shard.client')};`,
    ),
  ],
  [
    'used by a call that is left',
    inFunction('const { shard } = client;', `await shard.broadcastEval(make());`, `return ${ask};`),
    inFunction('const { shard } = client;', `await shard.broadcastEval(make());`, `return ${asked};`),
  ],
  [
    'taken out of the rest',
    inFunction('const { shard, ...rest } = client;', `return [rest, await ${ask}];`),
    inFunction('const { shard, ...rest } = client;', `return [rest, await ${asked}];`),
  ],
  [
    'one of several variables',
    inFunction('const { shard } = client, x = f();', `return [x, await ${ask}];`),
    inFunction('const { shard } = client, x = f();', `return [x, await ${asked}];`),
  ],
];

let results: readonly Migrated[];
beforeAll(async () => {
  results = await migrateAll([...gone, ...kept].map(([, before]) => before));
});

test.each(gone.map(([title, , after], i) => ({ title, after, i })))('an alias goes that is $title', ({ after, i }) => {
  expect(results[i]?.text).toBe(`${after}\n`);
});

test.each(kept.map(([title, , after], i) => ({ title, after, i })))('an alias stays that is $title', ({ after, i }) => {
  expect(results[gone.length + i]?.text).toBe(`${after}\n`);
});

test('TypeScript that allows no unused variables takes the result', async () => {
  const text = [
    "import type { Client } from 'discord.js';",
    'export class Stats {',
    '  constructor(readonly client: Client<true>) {}',
    '  async all() {',
    '    const { shard } = this.client;',
    '    return await shard?.broadcastEval((c) => c.ws.ping);',
    '  }',
    '}',
    '',
  ].join('\n');
  const root = project({ ...tsBotWith({ noUnusedLocals: true }), 'src/x.ts': text });
  const { summary } = await migrate({ paths: ['src'], cwd: root });
  expect([summary.left, summary.verified]).toEqual([0, true]);
  expect(read(root)['src/x.ts']).not.toContain('shard');
});
