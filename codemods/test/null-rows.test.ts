/** `undefined` in lists inside results was `null`; TypeScript that compares with `null` there still gets it. */
import { beforeAll, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

const nick = '(c) => c.guilds.cache.map((g) => g.members.me?.nickname)';
const row = "(c) => { const user = c.users.cache.get('1'); return [c.ws.ping, user?.tag] as const; }";
const user = "(c) => c.users.cache.get('1')?.tag";

/** A function, what is done with its results, and what the handler gives; `null` where it stays as it is. */
const rows: readonly (readonly [title: string, fn: string, use: string, filled: string | null])[] = [
  ['laid out flat', nick, 'return r.flat().filter((x) => x !== null);', 'nickname ?? null'],
  ['laid out by flatMap', nick, 'return r.flatMap((x) => x).filter((x) => x !== null);', 'nickname ?? null'],
  [
    'in loops',
    nick,
    'for (const list of r) for (const x of list) if (x === null) return 1; return 2;',
    'nickname ?? null',
  ],
  ['in a callback', nick, 'return r.map((list) => list.filter((x) => x !== null).length);', 'nickname ?? null'],
  [
    'in a row, taken apart',
    row,
    'for (const [ping, tag] of r) if (tag === null) return ping; return 2;',
    'tag ?? null',
  ],
  ['in a row, in a callback', row, 'return r.map(([ping, tag]) => (tag === null ? ping : tag));', 'tag ?? null'],
  ['in a row, by its place', row, 'return r.filter((x) => x[1] !== null);', 'tag ?? null'],
  ['in a row of one shard', row, 'return r[0]![1] === null;', 'tag ?? null'],
  ['reduced', user, 'return r.reduce<string[]>((a, x) => (x === null ? a : [...a, x as string]), []);', 'tag ?? null'],
  ['tested', nick, 'return r.flat().filter(Boolean);', null],
  ['handed on', nick, 'return r.flat();', null],
  ['compared with a value', row, "for (const [, tag] of r) if (tag === 'a') return 1; return 2;", null],
];

let report: Report;
let handlers = '';
beforeAll(async () => {
  const files = rows.map(
    ([, fn, use], i) =>
      [
        `src/x${i}.ts`,
        `import type { Client } from 'discord.js';\nexport async function f${i}(client: Client<true>) {\n  const r = await client.shard!.broadcastEval(${fn});\n  ${use}\n}\n`,
      ] as const,
  );
  const root = project({ ...tsBot, ...Object.fromEntries(files) });
  report = await migrate({ paths: ['src'], cwd: root });
  handlers = read(root)['src/cluster-handlers.ts'] ?? '';
});

test.each(rows.map(([title, , , filled], i) => [title, filled, i] as const))('%s: %s', (_title, filled, i) => {
  const site = report.sites.find(({ file }) => file === `src/x${i}.ts`);
  expect(site?.outcome).not.toBe('left');
  const at = handlers.indexOf(`  ${site?.handler}: `);
  const text = handlers.slice(at, handlers.indexOf('\n  ', at + 3) < 0 ? undefined : at + 160);
  expect(site?.code === 'DC-W6' || (filled !== null && text.includes(filled))).toBe(filled !== null);
  if (filled === null) expect(text.split(',\n')[0]).not.toContain('?? null');
});
