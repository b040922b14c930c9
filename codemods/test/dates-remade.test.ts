/** A date among results was its text until now: code that makes a Date of it takes the Date as well. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { project, tsBot } from './project.ts';

const ready = 'broadcastEval((c) => c.readyAt)';
const row = 'broadcastEval((c) => ({ at: c.readyAt, n: c.guilds.cache.size }))';

/** `r` is the results of the call. */
const remade: readonly (readonly [call: string, use: string])[] = [
  [ready, 'f(new Date(r[0]));'],
  [ready, 'f(r.map((x) => new Date(x).toISOString()));'],
  [ready, 'for (const x of r) f(new Date(x));'],
  [ready, 'const [first] = r; f(new Date(first), r.length);'],
  [ready, 'r.forEach((x, i) => f(i, x ? new Date(x) : 0));'],
  [ready, 'f(r.filter(Boolean).map((x) => new Date(x)));'],
  [ready, 'const since = (x) => new Date(x).getTime(); f(r.map(since));'],
  [ready, 'const x = r.at(0); if (x) f(new Date(x));'],
  ["fetchClientValues('readyAt')", 'f(r.map((x) => new Date(x)));'],
  ["fetchClientValues('readyAt', 0)", 'f(new Date(r));'],
  ['broadcastEval((c) => c.readyAt, { shard: 0 })', 'f(new Date(r));'],
  [row, 'f(r.map((x) => [x.n, new Date(x.at)]));'],
  [row, 'f(r.map(({ at, n }) => n + new Date(at).getTime()));'],
  [row, 'const { at } = r[0]; f(new Date(at));'],
];

const noticed: readonly (readonly [call: string, use: string])[] = [
  [ready, 'f(r);'],
  [ready, 'f(r[0].slice(0, 10));'],
  [ready, 'f(r.map((x) => x));'],
  [ready, "f(r.map((x) => 'a' + x));"],
  // A text of a Date has no milliseconds.
  [ready, 'f(Date.parse(r[0]));'],
  [ready, "f(r.map((x) => (typeof x === 'string' ? new Date(x) : 0)));"],
  [ready, 'f(r.sort().map((x) => new Date(x)));'],
  [ready, "f(r.filter((x) => x).join(','));"],
  [ready, 'f(new Date(r[0]), r[1]);'],
  [ready, 'f(new Date(r[0], 1));'],
  [row, 'f(r.map((x) => x));'],
  [row, 'f(r.map((x) => new Date(x.at)), r[0].at);'],
  [row, 'f(r.map(({ at, ...others }) => others));'],
  ['broadcastEval((c) => [c.readyAt])', 'f(r.flat());'],
  ['broadcastEval((c, { t }) => new Date(t), { context: { t: 1 } })', 'f(new Date(r[0]));'],
  ['broadcastEval((c) => ({ at: c.readyAt, m: new Map() }))', 'f(r.map((x) => new Date(x.at)));'],
];

const taken = ([call, use]: readonly [string, string]): string =>
  `module.exports = async (client, f) => { const r = await client.shard.${call}; ${use} };`;

describe('a date among results', () => {
  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    all = await migrateAll([...remade, ...noticed].map(taken));
  });
  const words = (i: number): string => all[i]?.sites.map(({ message }) => message).join(' ') ?? '';

  test.each(remade.map((one, i) => [...one, i] as const))('is made again: %s: %s', (_call, _use, i) => {
    expect(all[i]?.sites).toMatchObject([{ outcome: expect.stringMatching(/^rewritten/) }]);
    expect(words(i)).not.toContain('holds a Date');
  });

  test.each(noticed.map((one, i) => [...one, remade.length + i] as const))('is noticed: %s: %s', (_call, _use, i) => {
    expect(words(i)).toMatch(/holds a (Date|Map)/);
  });
});

test('in TypeScript, too', async () => {
  const body = (use: string): string =>
    `import type { Client } from 'discord.js';\nexport const x = async (client: Client<true>) => (await client.shard!.broadcastEval((c) => ({ at: c.readyAt, n: 1 }))).map((x) => ${use});\n`;
  const root = project({ ...tsBot, 'src/a.ts': body('new Date(x.at)'), 'src/b.ts': body('x.at') });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  const codes = ['src/a.ts', 'src/b.ts'].map((file) => sites.find((one) => one.file === file)?.code);
  expect(codes).toEqual([null, 'DC-W3']);
});
