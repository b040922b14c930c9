/** `--inline` in TypeScript: a call says the type of its results, wherever that is declared, or is left for a reason that names it. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const types = `export interface Stats { up: number }
interface Hidden { a: number }
export const hidden = (n: number): Hidden => ({ a: n });
export const stats = (n: number): Stats => ({ up: n });
export type Pair = readonly [Stats, string];
export const pair = (n: number): Pair => [{ up: n }, ''];
export enum Kind { A, B }
export const kind = (n: number): Kind => (n > 1 ? Kind.A : Kind.B);
`;

const head = `import type { Client } from 'discord.js';
import { hidden, kind, pair, stats } from './types.js';

export interface Row { id: string }

`;

async function rewrite(body: string) {
  const bot =
    "import { Client } from 'discord.js';\n\nconst client = new Client({ intents: [] });\nawait client.login();\n";
  const root = project({ ...tsBot, 'src/bot.ts': bot, 'src/types.ts': types, 'src/x.ts': head + body });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root, inline: true });
  return { calls: sites.filter(({ method }) => method === 'broadcastEval'), summary, files: read(root) };
}

const f = (result: string, fn: string, more = '', end = ';'): string =>
  `export const f = async (client: Client): Promise<${result}> =>\n  (await client.shard!.broadcastEval(${fn}${more}))${end}\n`;

test.each([
  ['an exported type of its file', f('Row[]', '(c): Row => ({ id: c.user.id })'), 'Row'],
  ['a list of them', f('Row[][]', '(c): Row[] => [{ id: c.user.id }]'), 'Row[]'],
  [
    'a type of another file',
    f('number[]', '(c) => stats(c.uptime)', '', '.map((s) => s.up);'),
    "import('./types.js').Stats",
  ],
  [
    'a type in another one',
    f('number[]', '(c) => [stats(c.uptime)]', '', '.map(([s]) => s!.up);'),
    "import('./types.js').Stats[]",
  ],
  ['an alias', f('number[]', '(c) => pair(c.uptime)', '', '.map(([s]) => s.up);'), "import('./types.js').Pair"],
  ['an enum', f('number[]', '(c) => kind(c.uptime)', '', ';'), "import('./types.js').Kind"],
  [
    'a type of discord.js',
    f('number[]', '(c) => c.user.presence.status', '', '.map((one) => one.length);'),
    "import('discord.js').PresenceStatus",
  ],
  ['a generic function', f('number[]', '<T>(_c: Client, { x }: { x: T }) => x', ', { context: { x: 5 } }'), 'number'],
  [
    'a generic function with a bound',
    f('number[]', '<T extends number>(c: Client, x: T): T => x', ', { context: 5 }'),
    'number',
  ],
])('%s', async (_title, body, type) => {
  const { calls, summary, files } = await rewrite(body);
  expect(calls.map(({ handler }) => handler)).not.toEqual([null]);
  expect(summary.verified).toBe(true);
  expect(files['src/x.ts']).toContain(`.ipc.requestAllShards<${type}`);
});

test('what a call says is imported, also where only its function said it', async () => {
  const body = f('number[]', '(c): Stats => ({ up: c.ws.ping })', '', '.map((one) => one.up);');
  const { calls, files } = await rewrite(`import type { Stats } from './types.js';\n${body}`);
  expect(calls.map(({ outcome }) => outcome)).toEqual(['rewritten']);
  expect(files['src/x.ts']).toContain("import type { Stats } from './types.js';\n");
  expect(files['src/x.ts']).toContain('requestAllShards<Stats>(');
});

test('a generic function keeps the type of its client', async () => {
  const { files } = await rewrite(f('number[]', '<T>(c: Client, x: T) => x', ', { context: 5 }'));
  expect(files['src/bot.ts']).toContain('<T>(x: T, { client: c }: { client: Client }) => x');
});

test('a type that nobody exports is named', async () => {
  const { calls, files } = await rewrite(f('number[]', '(c) => hidden(c.uptime)', '', '.map((one) => one.a);'));
  expect(calls).toMatchObject([{ outcome: 'left', code: 'DC-G4' }]);
  expect(calls[0]?.message).toContain('cannot name `Hidden` from here');
  expect(files['src/x.ts']).toContain('broadcastEval');
});

test('a type that nobody exports and nobody reads is no reason', async () => {
  const { calls } = await rewrite(
    'export const f = async (client: Client) => void (await client.shard!.broadcastEval((c) => hidden(c.uptime)));\n',
  );
  expect(calls.map(({ handler }) => handler)).not.toEqual([null]);
});

test('a call beside the one that brought an error is rewritten', async () => {
  const { calls } = await rewrite(`export const f = async (client: Client): Promise<number> => {
  const bad = await client.shard!.broadcastEval((c) => hidden(c.uptime));
  const good = await client.shard!.broadcastEval((c) => c.ws.ping);
  const [first] = bad;
  const sum = good.length;
  return sum + first!.a;
};
`);
  expect(calls.map(({ handler, code }) => [handler, code])).toEqual([
    [null, 'DC-G4'],
    ['wsPing', null],
  ]);
});
