/** Types that a file keeps for itself, where a handler needs them. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

async function rewrite(lines: string, options: { readonly fixCaptures?: boolean } = {}) {
  const root = project({ ...tsBot, 'src/x.ts': `import type { Client } from 'discord.js';\n${lines}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, ...options });
  const after = read(root);
  return { site: sites.find((one) => one.file === 'src/x.ts'), handlers: after['src/cluster-handlers.ts'] ?? '' };
}

test('an alias of literals is written out', async () => {
  const { site, handlers } = await rewrite(`type Cache = 'guilds' | 'users';
export const f = (client: Client, prop: Cache) =>
  client.shard!.broadcastEval((c, { p }) => c[p].cache.size, { context: { p: prop } });`);
  expect(site?.outcome).not.toBe('left');
  expect(handlers).toContain("{ p: 'guilds' | 'users' }");
});

test('an alias of an object is written out', async () => {
  const { handlers } = await rewrite(`type Row = { id: string; size: 'big' | 'small' };
export const f = (client: Client, row: Row) =>
  client.shard!.broadcastEval((c, { row }) => [c.uptime, row.id], { context: { row } });`);
  expect(handlers).toContain("{ row: { id: string; size: 'big' | 'small' } }");
});

test('an alias in a list, and one of another', async () => {
  const { handlers } = await rewrite(`type Cache = 'guilds' | 'users';
type Row = { caches: Cache[]; next: Row | null } | null;
type Rows = Cache[];
export const f = (client: Client, list: Rows, of: Cache, by: Row) =>
  client.shard!.broadcastEval((c, { list, of }) => [c.uptime, list, of], { context: { list, of } });
export const g = (client: Client, by: Row) =>
  client.shard!.broadcastEval((c, { by }) => [c.uptime, by], { context: { by } });`);
  expect(handlers).toContain("{ list: ('guilds' | 'users')[]; of: 'guilds' | 'users' }");
  expect(handlers).toContain('{ by }: any');
});

test.each([
  ['a parameter', '(client: Client) => client.shard!.broadcastEval((c) => (c as unknown as typeof client).user!.id)'],
  ['a part of it', '(client: Client) => client.shard!.broadcastEval((c) => (c.user as typeof client.user)!.id)'],
])('`typeof` of %s is written as its type', async (_title, fn) => {
  const { site, handlers } = await rewrite(`export const f = ${fn};`);
  expect(site?.outcome).not.toBe('left');
  expect(handlers).not.toContain('as typeof');
  expect(handlers).toMatch(/as (unknown as Client<boolean>|ClientUser \| null)\)/);
});

test('`typeof` of what has no type that can be written stays', async () => {
  const { site } = await rewrite(`class Inner { n = 1; }
export const f = (client: Client, one: Inner) =>
  client.shard!.broadcastEval((c) => (c as unknown as typeof one).n);`);
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-G2' });
});

test('a constant is handed over as one of many', async () => {
  const { handlers } = await rewrite(
    `const home = '7470';
export const f = (client: Client) => client.shard!.broadcastEval((c) => c.guilds.cache.has(home));
export const g = (client: Client) =>
  client.shard!.broadcastEval((c, { id }) => c.users.cache.has(id), { context: { id: home } });`,
    { fixCaptures: true },
  );
  expect(handlers).toContain('{ home }: { home: string }');
  expect(handlers).toContain('{ id }: { id: string }');
});
