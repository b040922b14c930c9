/** A handlers file imports what its handlers still use: a type that went with a value is none of it. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBotWith } from './project.ts';

const head = "import { type Client, Collection, type Guild } from 'discord.js';\n";
const of = (lines: readonly string[]): string =>
  `${head}export const f = async (client: Client<true>): Promise<unknown> => {\n${lines.join('\n')}\n};\nexport const g = new Collection<string, Guild>();\n`;

const rows: readonly (readonly [title: string, fn: string, has: RegExp, lacks: RegExp | null])[] = [
  [
    'the type that went',
    "(c): Guild | undefined => { const g = c.guilds.cache.get('1'); if (g) c.emit('debug', g.id); return g; }",
    /c\.emit\('debug'/,
    /\bGuild\b/,
  ],
  [
    'a type that is used inside as well',
    "(c): Guild | undefined => { const g: Guild | undefined = c.guilds.cache.get('1'); c.emit('debug', String(g?.id)); return g; }",
    /import .*\bGuild\b/,
    null,
  ],
  ['a value that went', '(c): unknown => { c.user.setActivity(); return Collection; }', /setActivity/, /Collection\b/],
];

test.each(rows)('with %s no call of the run is left', async (_title, fn, has, lacks) => {
  const lines = [
    `  await client.shard!.broadcastEval(${fn});`,
    "  await client.shard!.broadcastEval((c) => { c.user.setActivity('x'); });",
    '  return (await client.shard!.broadcastEval((c) => c.guilds.cache.size)).reduce((a, b) => a + b, 0);',
  ];
  const root = project({ ...tsBotWith({ noUnusedLocals: true }), 'src/a.ts': of(lines) });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const own = sites.filter(({ file }) => file === 'src/a.ts');
  expect(own.map(({ outcome, code }) => (outcome === 'left' ? code : 'rewritten'))).toEqual(
    lines.map(() => 'rewritten'),
  );
  const handlers = read(root)['src/cluster-handlers.ts'] ?? '';
  expect(handlers).toMatch(has);
  if (lacks !== null) expect(handlers).not.toMatch(lacks);
});

// The variable would not be read any more.
test('with a variable that was read for its value alone no call is left', async () => {
  const fn = "(c) => { const g = c.guilds.cache.get('1'); return g; }";
  const root = project({
    ...tsBotWith({ noUnusedLocals: true }),
    'src/a.ts': of([`  await client.shard!.broadcastEval(${fn});`, '  return 0;']),
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ file }) => file === 'src/a.ts')?.outcome).not.toBe('left');
});
