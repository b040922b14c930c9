/** Data whose type is a parameter of the code around the call: no handler can write it. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const rows: readonly (readonly [code: string | null, text: string])[] = [
  [
    'DC-G1',
    'function f<T extends string>(c: Client, v: T) { return c.shard!.broadcastEval((x, { v }) => x.users.cache.has(v), { context: { v } }); }',
  ],
  ['DC-G1', 'function f<T>(c: Client, v: T[]) { return c.shard!.broadcastEval((_x, v) => v.length, { context: v }); }'],
  [
    'DC-G1',
    'function f<T extends { id: string }>(c: Client, v: T["id"]) { return c.shard!.broadcastEval((_x, { id }) => id, { context: { id: v } }); }',
  ],
  [
    null,
    'function f<T extends string>(c: Client, v: T) { return c.shard!.broadcastEval((x, { v }: { v: string }) => x.users.cache.has(v), { context: { v } }); }',
  ],
  [
    null,
    'function f<T>(c: Client, v: T) { return c.shard!.broadcastEval((x, { v }) => x.users.cache.has(v), { context: { v: String(v) } }); }',
  ],
];

test('is no data of a handler, unless the function says what it takes', async () => {
  const texts = rows.map(
    ([, text], i) => [`src/x${i}.ts`, `import type { Client } from 'discord.js';\nexport ${text}\n`] as const,
  );
  const root = project({ ...tsBot, ...Object.fromEntries(texts) });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.slice(1).map(({ code }) => code)).toEqual(rows.map(([code]) => code));
  expect(sites[1]?.message).toContain('type parameter T, ');
});
