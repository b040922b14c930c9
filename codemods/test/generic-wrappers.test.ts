/** Functions around broadcastEval whose type comes from the function that is handed over: their callers say it. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read, tsBotWith } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const strict = tsBotWith({ noUnusedLocals: true, noUnusedParameters: true });
const head = "import type { Client } from 'discord.js';\n";
const body = '(await client.shard!.broadcastEval(fn)) as';

async function migrated(files: Files) {
  const root = project({ ...strict, ...files });
  const report = await migrate({ paths: ['src'], cwd: root });
  return { ...report, after: read(root), calls: report.sites.filter(({ method }) => method === 'broadcastEval') };
}

const evalAll = `${head}export async function evalAll<R>(client: Client, fn: (c: Client) => R): Promise<R[]> {\n  return ${body} R[];\n}\n`;

/** What `src/a.ts` says, the imports above it, and what its call says afterwards. */
const callers: readonly (readonly [title: string, rest: string, call: string])[] = [
  [
    'a number',
    "import { evalAll } from './ask.js';\nexport const sum = async (c: Client) => (await evalAll(c, (x) => x.ws.ping)).reduce((a, b) => a + b, 0);\n",
    "evalAll<number>(c, 'wsPing')",
  ],
  [
    'what nothing fails without',
    "import { evalAll } from './ask.js';\nexport const f = async (c: Client) => (await evalAll(c, (x) => x.guilds.cache.map((g) => g.name))).flat();\n",
    "evalAll<string[]>(c, 'guildsCacheMap')",
  ],
  [
    'a type of the file',
    "import { evalAll } from './ask.js';\nexport interface Row { id: string }\nexport const f = async (c: Client) => (await evalAll(c, (x): Row => ({ id: x.user!.id })))[0]?.id;\n",
    "evalAll<Row>(c, 'a')",
  ],
  [
    'a type of discord.js that it does not import',
    "import { evalAll } from './ask.js';\nexport const f = async (c: Client) => (await evalAll(c, (x) => x.ws.status)).map((s) => s.toFixed());\n",
    "evalAll<import('discord.js').Status>(c, 'wsStatus')",
  ],
  [
    'a wrapper that may be missing',
    "import * as util from './ask.js';\nexport const f = async (c: Client) => (await util.evalAll?.(c, (x) => x.ws.ping))?.[0]?.toFixed();\n",
    "util.evalAll?.<number>(c, 'wsPing')",
  ],
  [
    'a type of the module that its function used',
    "import { evalAll } from './ask.js';\nimport { rows } from './rows.js';\nexport const f = async (c: Client) => (await evalAll(c, (x) => rows(x.ws.ping)))[0]?.extra?.n;\n",
    "evalAll<import('./rows.js').Row[] & { extra?: import('./rows.js').Row }>(c, 'a')",
  ],
  [
    'nothing, where nobody looks at it',
    "import { evalAll } from './ask.js';\nexport const f = async (c: Client) => { await evalAll(c, (x) => x.ws.ping); };\n",
    "await evalAll(c, 'wsPing');",
  ],
  [
    'what the caller wrote',
    "import { evalAll } from './ask.js';\nexport const f = async (c: Client) => await evalAll<number | null>(c, (x) => x.ws.ping);\n",
    "evalAll<number | null>(c, 'wsPing')",
  ],
];

test.each(callers)('a caller says the type that the function told it: %s', async (_title, rest, call) => {
  const rows =
    'export interface Row { n: number }\nexport const rows = (n: number): Row[] & { extra?: Row } => [{ n }];\n';
  const files = { 'src/ask.ts': evalAll, 'src/rows.ts': rows, 'src/a.ts': `${head}${rest}` };
  const { calls, after, summary } = await migrated(files);
  expect(calls.map(({ outcome }) => outcome)).not.toContain('left');
  expect(after['src/a.ts']).toContain(call);
  expect(summary.verified).toBe(true);
});

test('a private method says it, and its neighbours are asked as well', async () => {
  const s = `${head}
export class Shards {
  public constructor(private readonly client: Client) {}
  public async sum(): Promise<number> {
    return (await this.#ask((c) => c.guilds.cache.size)).reduce((a, b) => a + b, 0);
  }
  public async pings(): Promise<number[]> {
    return this.client.shard!.broadcastEval((c) => c.ws.ping);
  }
  async #ask<T>(fn: (c: Client) => T): Promise<T[]> {
    return (await this.client.shard!.broadcastEval(fn)) as T[];
  }
}
`;
  const { calls, after } = await migrated({ 'src/s.ts': s });
  expect(calls.map(({ outcome }) => outcome)).toEqual(['rewritten', 'rewritten']);
  expect(after['src/s.ts']).toContain("this.#ask<number>('guildsCacheSize')");
});

test('a wrapper around it says its own type parameter', async () => {
  const outer = `${head}import { evalAll } from './ask.js';\nexport const first = async <T>(c: Client, fn: (c: Client) => T): Promise<T | undefined> => (await evalAll(c, fn))[0];\n`;
  const { calls, after } = await migrated({
    'src/ask.ts': evalAll,
    'src/outer.ts': outer,
    'src/a.ts': `${head}import { first } from './outer.js';\nexport const f = async (c: Client) => (await first(c, (x) => x.ws.ping))?.toFixed(2);\n`,
  });
  expect(calls.map(({ outcome }) => outcome)).toEqual(['rewritten']);
  expect(after['src/outer.ts']).toContain('(await evalAll<T>(c, fn))[0]');
  expect(after['src/a.ts']).toContain("first<number>(c, 'wsPing')");
});

test('what other arguments tell is not written', async () => {
  const ask = `${head}export const ask = <C extends { id: string }>(client: Client, fn: (c: Client, data: C) => number, context: C): Promise<number[]> =>\n  client.shard!.broadcastEval(fn as never, { context });\n`;
  const typed = ask.replace('fn as never', 'fn as (c: Client, data: unknown) => number');
  const { after } = await migrated({
    'src/ask.ts': typed,
    'src/a.ts': `${head}import { ask } from './ask.js';\nexport const f = (c: Client, id: string) => ask(c, (x, d) => x.ws.ping + d.id.length, { id });\n`,
  });
  expect(after['src/a.ts']).not.toContain('ask<');
});

test('a type that cannot be written leaves the wrapper with its callers, and nothing else', async () => {
  const rows = 'interface Hidden { id: string }\nexport const rowOf = (id: string): Hidden => ({ id });\n';
  const a = `${head}import { evalAll } from './ask.js';\nimport { rowOf } from './rows.js';
export const f = async (c: Client) => (await evalAll(c, (x) => rowOf(x.user!.id))).map((row) => row.id);
export const pings = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);
`;
  const { calls, after } = await migrated({ 'src/ask.ts': evalAll, 'src/rows.ts': rows, 'src/a.ts': a });
  expect(calls.map(({ file, code }) => [file, code])).toEqual([
    ['src/a.ts', null],
    ['src/ask.ts', 'DC-D8'],
  ]);
  expect(calls[1]?.message).toContain('src/a.ts:4: it gets its type from that function, and `Hidden` cannot be named');
  expect(after['src/a.ts']).toContain('evalAll(c, (x) => rowOf(x.user!.id))');
});

test.each([
  ["import type { Awaitable, Client } from 'discord.js';\n", head],
  [`import type { Awaitable } from 'discord.js';\n${head}`, head],
])('an import that only the type of the parameter used goes with it: %s', async (imports, left) => {
  const util = `${imports}
export async function evalNumbers(client: Client, fn: (c: Client) => Awaitable<number>): Promise<number[]> {
  return client.shard!.broadcastEval(fn);
}
export const guilds = (client: Client) => evalNumbers(client, (c) => c.guilds.cache.size);
export const other = (client: Client) => client.shard!.broadcastEval((c) => c.ws.ping);
`;
  const { calls, after } = await migrated({ 'src/util.ts': util });
  expect(calls.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['rewritten', null],
    ['rewritten', null],
  ]);
  expect(after['src/util.ts']).toContain(left);
  expect(after['src/util.ts']).not.toContain('Awaitable');
});

const method = (rest: string, how = 'private'): string => `${head}
export class Shards {
  public constructor(private readonly client: Client) {}
  public async sum(): Promise<number> {
    return (await this.ask((c) => c.guilds.cache.size)).reduce((a, b) => a + b, 0);
  }
  ${how} async ask<T>(fn: (c: Client) => T): Promise<T[]> {
    return (await this.client.shard!.broadcastEval(fn)) as T[];
  }
  ${rest}
}
`;

test('a private method of TypeScript is followed', async () => {
  const { calls, after } = await migrated({
    'src/s.ts': method('public of(other: Shards) { return other.ask((c) => c.ws.ping); }'),
  });
  expect(calls.map(({ outcome, code }) => [outcome, code])).toEqual([['rewritten', null]]);
  expect(after['src/s.ts']).toContain("this.ask<number>('guildsCacheSize')");
  expect(after['src/s.ts']).toContain("other.ask<number>('wsPing')");
});

test.each([
  ['that is public', '', 'public', 'it is a method, and any file may call it'],
  ['that is protected', '', 'protected', 'it is a method, and any file may call it'],
  [
    'in brackets',
    "public x() { return this['ask']((c) => c.ws.ping); }",
    'private',
    's.ts:11: its name stands in brackets',
  ],
  ['that is passed on', 'public x = () => this.ask;', 'private', 's.ts:11: it is passed on instead of called'],
  ['that is taken out', 'public x() { const { ask } = this; return ask; }', 'private', 's.ts:11: it is passed on'],
  ['of what may be anything', 'public x(s: any) { return s.ask(1); }', 'private', 's.ts:11: this may be a call of it'],
])('a method stays %s', async (_title, rest, how, why) => {
  const { calls } = await migrated({ 'src/s.ts': method(rest, how) });
  expect(calls.at(-1)).toMatchObject({ outcome: 'left', code: 'DC-D8' });
  expect(calls.at(-1)?.message).toContain(why);
});
