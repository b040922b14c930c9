/** `undefined` in lists inside results was `null`; TypeScript that compares with `null` there still gets it. */
import { beforeAll, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

const nick = '(c) => c.guilds.cache.map((g) => g.members.me?.nickname)';
const row = "(c) => { const user = c.users.cache.get('1'); return [c.ws.ping, user?.tag] as const; }";
const user = "(c) => c.users.cache.get('1')?.tag";

const chans = "(c) => c.guilds.cache.get('1')?.channels.cache.map((x) => x.name)";
const members = "(c) => c.guilds.cache.get('1')?.memberCount";
const sizes = '(c) => c.guilds.cache.size';
const names = '(c) => ({ names: c.guilds.cache.map((g) => g.members.me?.nickname) })';
const one = "(c) => ({ tag: c.users.cache.get('1')?.tag })";
const places = '(c) => c.guilds.cache.map((g) => g.name).sort()[0]';
const part = '(c) => { const [top] = c.guilds.cache.map((g) => g.name).sort(); return top; }';
const record =
  '(c) => { const s: Record<string, number> = {}; for (const g of c.guilds.cache.values()) s[g.id] = 1; return s[c.user.id]; }';
const later =
  "(c) => { const load = (id: string): Promise<string | undefined> => c.users.fetch(id).then((u) => u.bot ? u.tag : undefined); return load('1'); }";

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
  [
    'laid out flat, where there may be no list',
    chans,
    'return r.flat().filter((x) => x !== null).length;',
    'name) ?? null',
  ],
  ['put together', nick, 'return ([] as any[]).concat(...r).filter((y) => y !== null);', 'nickname ?? null'],
  ['taken out of the list', user, 'const [first] = r; return first === null;', 'tag ?? null'],
  ['given to a predicate of the file', user, 'return r.filter(isThere);', 'tag ?? null'],
  ['chosen by a switch', user, 'switch (r[0]) { case null: return 1; default: return 2; }', 'tag ?? null'],
  ['added up', members, 'return r.reduce((a, b) => a! + b!, 0);', 'memberCount ?? null'],
  ['added up in a loop', members, 'let t = 0; for (const n of r) t += n!; return t;', 'memberCount ?? null'],
  ['counted with', members, 'return r.map((n) => n! + 1);', 'memberCount ?? null'],
  ['a sum of sizes', sizes, 'return r.reduce((a, b) => a + b, 0);', null],
  ['a sum of what is there', members, 'return r.reduce<number>((a, b) => a + (b ?? 0), 0);', null],
  [
    'in a list of an object',
    names,
    'return r.map((x) => x.names.filter((y) => y !== null).length);',
    'nickname ?? null',
  ],
  ['in a list of the first object', names, 'return r[0]!.names[0] === null;', 'nickname ?? null'],
  [
    'in a list taken out of an object',
    names,
    'for (const { names } of r) if (names.includes(null as any)) return 1; return 2;',
    'nickname ?? null',
  ],
  ['a member of an object, which goes', one, 'return r.filter((x) => x.tag === null);', null],
  ['a place of a list', places, 'return r.filter((x) => x !== null);', 'sort()[0] ?? null'],
  ['a part of a list', part, 'return r.filter((x) => x !== null);', 'top ?? null'],
  ['a key of a record', record, 'return r.filter((x) => x !== null);', 's[c.user.id] ?? null'],
  ['a promise by its type', later, 'return r.filter((x) => x !== null);', "load('1').then((one) => one ?? null)"],
  ['written, in a row', row, "return r.map(([ping, tag]) => ping + ' ' + tag);", 'tag ?? null'],
  ['tested', nick, 'return r.flat().filter(Boolean);', null],
  ['handed on', nick, 'return r.flat().length;', null],
  ['compared with a value', row, "for (const [, tag] of r) if (tag === 'a') return 1; return 2;", null],
];

let report: Report;
let handlers = '';
beforeAll(async () => {
  const files = rows.map(
    ([, fn, use], i) =>
      [
        `src/x${i}.ts`,
        `import type { Client } from 'discord.js';\nconst isThere = (x: unknown): x is string => x !== null;\nexport const used = isThere;\nexport async function f${i}(client: Client<true>) {\n  const r = await client.shard!.broadcastEval(${fn});\n  ${use}\n}\n`,
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
  const text = handlers.slice(at, handlers.indexOf('\n  ', at + 3) < 0 ? undefined : at + 260);
  expect(site?.code === 'DC-W6' || (filled !== null && text.includes(filled))).toBe(filled !== null);
  if (filled === null) expect(text.split(',\n')[0]).not.toContain('?? null');
});
