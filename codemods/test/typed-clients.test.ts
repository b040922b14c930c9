/** Clients whose type says it, however they are kept: what is written is their `cluster`, as of any other client. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type SiteReport } from '../src/index.ts';
import { project, read, tsBot, tsBotWith } from './project.ts';

type Row = readonly [title: string, before: string, after: string];

/** `SHARD` is what a row has of a client; `CLUSTER` is what has to become of it. */
const kept: readonly Row[] = [
  ['the first of a list', '(clients: Client[]) => clients[0]!.SHARD', 'clients[0]!.CLUSTER'],
  ['one that is found', '(clients: Client[]) => clients.find((x) => x.isReady())!.SHARD', 'x.isReady())!.CLUSTER'],
  ['each of a list', '(clients: Client[]) => Promise.all(clients.map((x) => x.SHARD))', 'x.CLUSTER'],
  ['one of a map', '(bots: Map<string, Client>, id: string) => bots.get(id)!.SHARD', 'bots.get(id)!.CLUSTER'],
  ['a member by any name', '(bots: Record<string, Client>, id: string) => bots[id]!.SHARD', 'bots[id]!.CLUSTER'],
  [
    'one that is kept',
    '(clients: Map<string, Client>, id: string) => { const it = clients.get(id)!; return it.SHARD; }',
    'it.CLUSTER',
  ],
  [
    'one that may be missing',
    '(clients: Map<string, Client>, id: string) => clients.get(id)?.shard?.UP',
    'clients.get(id)?.cluster?.IPC',
  ],
  ['the first that is taken out', '(clients: Client[]) => { const [it] = clients; return it!.SHARD; }', 'it!.CLUSTER'],
  ['a shard in quotes', "(clients: Client[]) => clients[0]!['shard']!.UP", 'clients[0]!.CLUSTER'],
  [
    'a shard that is kept',
    '(clients: Client[]) => { for (const it of clients) { const { shard } = it; f(shard!.UP); } }',
    'it.CLUSTER',
  ],
  ['what a function gives', '(it: ReturnType<() => Client>) => it.SHARD', 'it.CLUSTER'],
  ['what a store has', '() => new AsyncLocalStorage<Client>().getStore()!.SHARD', 'getStore()!.CLUSTER'],
  ['a part of a client', "(it: Pick<Client, 'shard'>) => it.SHARD", 'it.shard!.client.CLUSTER'],
  ['a shard that may be missing', '(shard: ShardClientUtil | null) => shard!.UP', 'shard!.client.CLUSTER'],
];

const calls = (text: string): string =>
  text.replaceAll('SHARD', 'shard!.UP').replaceAll('UP', 'broadcastEval((c) => c.uptime)');
const requests = (text: string): string =>
  text.replaceAll('CLUSTER', 'cluster.IPC').replaceAll('IPC', "ipc.requestAllShards('uptime').valuesOrThrow()");

const head =
  "import { AsyncLocalStorage } from 'node:async_hooks';\nimport type { Client, ShardClientUtil } from 'discord.js';\ndeclare const f: (it: unknown) => void;\nvoid [f, AsyncLocalStorage, null as unknown as [Client, ShardClientUtil]];\n";

describe.each([true, false])('a client of which strict (%s) types are known', (strict) => {
  const of = (index: number): string => `src/x${index}.ts`;
  let sites: readonly SiteReport[] = [];
  let after: Record<string, string> = {};
  beforeAll(async () => {
    const files = kept.map(([, text], i) => [of(i), `${head}export const g = ${calls(text)};\n`]);
    const root = project({ ...tsBotWith({ strict }), ...Object.fromEntries(files) });
    ({ sites } = await migrate({ paths: ['src'], cwd: root }));
    after = read(root);
  });

  test.each(kept.map(([title, , text], i) => [title, text, i] as const))('is one as %s', (_title, text, i) => {
    const found = sites.filter(({ file, method }) => file === of(i) && method === 'broadcastEval');
    expect(found.map(({ outcome, message }) => [outcome, message])).toEqual([
      ['rewritten', 'Asks the handler uptime through requestAllShards.'],
    ]);
    expect(after[of(i)]).toContain(requests(text));
  });
});

test('a class on top of a client that has a shard of its own says what it is', async () => {
  const text =
    "import { Client } from 'discord.js';\nclass Own extends Client { declare shard: any; }\nexport const g = (list: Own[]) => list[0]!.shard.broadcastEval((c: any) => c.uptime);\n";
  const { sites } = await migrate({ paths: ['src'], cwd: project({ ...tsBot, 'src/x.ts': text }) });
  expect(sites.find(({ method }) => method === 'broadcastEval')).toMatchObject({ outcome: 'left', code: 'DC-S3' });
});

test('a cast of the client is the client: what a process has once is asked once of each', async () => {
  const functions = [
    '(x: any) => x.stats.used',
    '(x) => (x as Bot).stats.used',
    '(x) => (<Bot>x).stats.used',
    '(x) => (x as any).stats.used',
    '(x) => (x as unknown as Bot).stats.used',
    '(x) => { const b = x as Bot; return b.stats.used; }',
    '(x) => { const { stats } = x as Bot; return stats.used; }',
    '(x) => (x satisfies Client).guilds.cache.size',
  ];
  const head =
    "import type { Client } from 'discord.js';\nexport interface Bot extends Client { stats: { used: number } }\n";
  const call = (fn: string, i: number): string =>
    `export const f${i} = async (client: Client<true>) => ((await client.shard!.broadcastEval(${fn})) as number[]).reduce((a, b) => a + b, 0);\n`;
  const files = Object.fromEntries(functions.map((fn, i) => [`src/x${i}.ts`, head + call(fn, i)]));
  const root = project({ ...tsBot, ...files });
  const report = await migrate({ paths: ['.'], cwd: root });
  const after = read(root);
  const asked = functions.map((fn, i) => [fn, /request\w+/.exec(after[`src/x${i}.ts`] ?? '')?.[0]]);
  expect(report.sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(asked).toEqual(functions.map((fn) => [fn, 'requestAll']));
});
