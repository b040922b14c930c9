/** A guild that is not available has no member count: it made NaN, and JSON `null`, of a sum; that sum counts it as 0 now. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

/** A function, and what is written into its handler; `null` where it moves as it is. */
const rows: readonly (readonly [fn: string, written: string | null])[] = [
  ['(c) => c.guilds.cache.reduce((n, g) => n + g.memberCount, 0)', 'n + (g.memberCount ?? 0), 0)'],
  ['(c) => c.guilds.cache.reduce((n, g) => g.memberCount + n, 0)', '(g.memberCount ?? 0) + n, 0)'],
  ['(c) => c.guilds.cache.reduce((n, g) => { return n + g.memberCount; }, 0)', 'n + (g.memberCount ?? 0); }'],
  ['(c) => c.guilds.cache.reduce(function (n, g) { return n + g.memberCount; }, 0)', 'n + (g.memberCount ?? 0); }'],
  ['(c) => c.guilds.cache.map((g) => g.memberCount).reduce((a, b) => a + b, 0)', '(g) => g.memberCount ?? 0)'],
  ['(c) => [...c.guilds.cache.values()].map((g) => g.memberCount).reduce((a, b) => a + b, 0)', 'g.memberCount ?? 0)'],
  [
    '(c) => { let n = 0; for (const [, g] of c.guilds.cache) n += g.memberCount; return n; }',
    'n += g.memberCount ?? 0;',
  ],
  [
    '(c) => { let n = 0; c.guilds.cache.forEach((g) => { n = n + g.memberCount; }); return n; }',
    'n + (g.memberCount ?? 0)',
  ],
  ['(c) => ({ n: c.guilds.cache.reduce((n, g) => n + g.memberCount, 0) })', 'n + (g.memberCount ?? 0), 0)'],
  [
    'async (c) => { const n = c.guilds.cache.reduce((n, g) => n + g.memberCount, 0); return { n }; }',
    '(g.memberCount ?? 0)',
  ],
  [
    '(c) => c.guilds.cache.reduce((n, g) => n + g.channels.cache.size + g.memberCount, 0)',
    '+ (g.memberCount ?? 0), 0)',
  ],
  ['(c) => c.guilds.cache.map((g) => g.memberCount).reduce((a, b) => a + b)', '(g) => g.memberCount ?? 0)'],
  // Counted with 0 already.
  ['(c) => c.guilds.cache.reduce((n, g) => n + (g.memberCount || 0), 0)', null],
  ['(c) => c.guilds.cache.reduce((n, g) => n + g.memberCount, 0) || 0', null],
  // A text, a list and an order have no NaN that crosses.
  ["(c) => 'members: ' + c.guilds.cache.reduce((n, g) => n + g.memberCount, 0)", null],
  ["(c) => c.guilds.cache.reduce((text, g) => text + g.memberCount + ' ', '')", null],
  ['(c) => c.guilds.cache.map((g) => g.memberCount)', null],
  ['(c) => c.guilds.cache.sort((a, b) => b.memberCount - a.memberCount).map((g) => g.id)', null],
  ['(c) => c.guilds.cache.filter((g) => g.memberCount + 1 > 5).size', null],
  [
    '(c) => { let n = 0; for (const g of c.guilds.cache.values()) n += g.memberCount; console.log(n); return 1; }',
    null,
  ],
];

async function migrated(files: Files, fns: readonly string[]): Promise<readonly (string | undefined)[]> {
  const body = (fn: string): string => `client.shard.broadcastEval(${fn}).then((r) => f(r.map((n) => n)));\n`;
  const bodies = Object.fromEntries(fns.map((fn, index) => [`x${index}.js`, body(fn)]));
  const root = project({ ...files, ...bodies });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true });
  const handlers = read(root)['cluster-handlers.js'] ?? '';
  return fns.map((_, index) => {
    const at = handlers.indexOf(`  ${sites.find(({ file }) => file === `x${index}.js`)?.handler}: `);
    return at < 0 ? undefined : handlers.slice(at, handlers.indexOf('\n', at));
  });
}

test('a sum of member counts that a function gives counts a guild without one as 0', async () => {
  const found = await migrated(
    cjsBot,
    rows.map(([fn]) => fn),
  );
  for (const [index, [fn, written]] of rows.entries()) {
    expect([fn, found[index]]).toEqual([fn, expect.stringContaining(written ?? fn)]);
  }
});

test('so does a text of discord.js 11 and 12', async () => {
  const old = { ...cjsBot, 'package.json': '{"name":"bot","dependencies":{"discord.js":"^12.5.3"}}\n' };
  const [sum] = await migrated(old, ["'this.guilds.cache.reduce((n, g) => n + g.memberCount, 0)'"]);
  expect(sum).toContain('n + (g.memberCount ?? 0), 0)');
});

test('what nobody looks at stays as it is', async () => {
  const root = project({
    ...cjsBot,
    'x.js':
      "await client.shard.broadcastEval((c) => c.emit('n', c.guilds.cache.reduce((n, g) => n + g.memberCount, 0)));\n",
  });
  await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['cluster-handlers.js']).toContain('n + g.memberCount, 0)');
});

test('a function of another file stays there, and its call says that its sum may be NaN', async () => {
  const root = project({
    ...cjsBot,
    'sums.js': 'exports.members = (c) => c.guilds.cache.reduce((n, g) => n + g.memberCount, 0);\n',
    'x.js': "const { members } = require('./sums');\nf(await client.shard.broadcastEval(members));\n",
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ file }) => file === 'x.js')?.message).toContain('may be NaN or Infinity (g.memberCount)');
});
