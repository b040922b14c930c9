/** Whose fault an error of the result is: first that of the call whose value leads to it, then of those around it. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const head = "import type { Client } from 'discord.js';";

/** The calls of a bot, by file and line. */
async function callsOf(files: Files) {
  const root = project({ ...tsBot, ...files });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  return sites.filter(({ method }) => method === 'broadcastEval');
}

// Nothing but the function says what the results are: with names they are what any of the handlers gives.
const ask = 'const ask = <T>(client: Client, fn: (c: Client) => T) => client.shard!.broadcastEval(fn);';
const names = 'export const names = (client: Client) => ask(client, (c) => c.guilds.cache.map((g) => g.name));';
const sum = 'export const sum = (client: Client) => ask(client, (c) => c.ws.ping);';
const pings = 'export const pings = (client: Client) => client.shard!.broadcastEval((c) => c.ws.ping);';
const total = 'export const total = async (client: Client) => (await sum(client)).reduce((a, b) => a + b, 0);';

test.each<[title: string, files: Record<string, readonly string[]>]>([
  [
    'stands in the statement',
    {
      'x.ts': [
        ask,
        names,
        'export const f = async (client: Client) => (await ask(client, (c) => c.ws.ping)).map((n) => n.toFixed());',
        pings,
      ],
    },
  ],
  ['gives its value through a function', { 'x.ts': [ask, names, sum, total, pings] }],
  [
    'gives its value through a function declaration',
    {
      'x.ts': [
        ask,
        names,
        sum,
        'async function of(client: Client) {\n  const all = await sum(client);\n  return all;\n}',
        'export const total = async (client: Client) => (await of(client)).reduce((a, b) => a + b, 0);',
        pings,
      ],
    },
  ],
  [
    'gives its value through a method',
    {
      'x.ts': [
        ask,
        names,
        'export class Shards {',
        '  constructor(private readonly client: Client) {}',
        '  sum() { return ask(this.client, (c) => c.ws.ping); }',
        '  async total() { return (await this.sum()).reduce((a, b) => a + b, 0); }',
        '  pings() { return this.client.shard!.broadcastEval((c) => c.ws.ping); }',
        '}',
      ],
    },
  ],
  [
    'gives its value to another file',
    { 'a.ts': [ask, names, sum], 'x.ts': ["import { sum } from './a.js';", total, pings] },
  ],
  [
    'is handed its function in another file',
    {
      'a.ts': [`export ${ask}`, names],
      'x.ts': ["import { ask } from './a.js';", sum, total, pings],
    },
  ],
])('an error takes only the call back that %s', async (_title, files) => {
  const texts = Object.entries(files).map(([name, lines]) => [`src/${name}`, `${[head, ...lines].join('\n')}\n`]);
  const calls = await callsOf(Object.fromEntries(texts));
  expect(calls.map(({ code }) => code)).toEqual(['DC-V1', null]);
  expect(calls[0]?.message).toMatch(/rewriting this call has .*\(x\.ts:\d: /);
});

test('an error that no call leads to is told with its place, and as that of none', async () => {
  const handlers =
    "import { defineHandlers } from 'shardlift';\nexport const handlers = defineHandlers({ alone: () => 1 });\n";
  const x = [
    head,
    "import { handlers } from './cluster-handlers.js';",
    'export const only = (): boolean => {',
    "  const is: keyof typeof handlers extends 'alone' ? true : false = true;",
    '  return is;',
    '};',
    pings,
    '',
  ].join('\n');
  const root = project({ ...tsBot, 'src/cluster-handlers.ts': handlers, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['src'], cwd: root, handlers: 'src/cluster-handlers.ts' });
  const call = sites.find(({ method }) => method === 'broadcastEval');
  expect(call?.code).toBe('DC-V1');
  expect(call?.message).toContain('rewriting this call or another one, it is not known which, has');
  expect(call?.message).toContain('(x.ts:4: Type ');
});
