/** Where `?? null` and DC-W6 are needed for what the code behind a call does with an entry, and where they are not. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

const compared = 'f(r.filter((x) => x === null));';
const written = "f(r.map((x) => 'x' + x).join());";
const name = '(c) => c.guilds.cache.get(1)?.name';
const filled = `${name} ?? null`;

/** A function, what is done with its results, and the handler: the same function where nothing is added. */
type Row = readonly [fn: string, use: string, handler?: string];

const ofText: readonly Row[] = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a bot
  ['(c) => c.user.displayAvatarURL()', 'f(r.map((x) => `${x}`));'],
  ['(c) => c.user.nope', written, '(c) => c.user.nope ?? null'],
  ['async (c) => c.user.nope()', 'f(r.map(String));', 'async (c) => (await c.user.nope()) ?? null'],
  ['(c) => c.user.nope', 'f(JSON.stringify(r[0]));', '(c) => c.user.nope ?? null'],
  ['(c) => [c.ws.ping, c.user.nope]', "f(r.map(([a, b]) => a + ' ' + b));", '(c) => [c.ws.ping, c.user.nope ?? null]'],
  [name, written, filled],
  [
    `(c) => [c.ws.ping, ${name.slice(7)}]`,
    "f(r.map(([a, b]) => a + ' ' + b));",
    `(c) => [c.ws.ping, ${filled.slice(7)}]`,
  ],
];

const remarks: readonly Row[] = [
  [
    '(c) => { if (c.guilds.cache.has(1)) return 1; // found\n}',
    compared,
    '(c) => { if (c.guilds.cache.has(1)) return 1; return null; // found\n}',
  ],
  [
    '(c) => { if (c.guilds.cache.has(2)) return 1 // found\n}',
    compared,
    '(c) => { if (c.guilds.cache.has(2)) return 1; return null; // found\n}',
  ],
];

const guarded: readonly Row[] = [
  [name, 'f(r.filter((x) => x !== null && x !== undefined));'],
  [name, 'f(r.filter((x) => x !== undefined && x !== null));'],
  [name, 'f(r.filter((x) => x.id && x !== undefined && x !== null));'],
  [name, 'f(r.filter((x) => !(x === null || x === undefined)));'],
  [name, 'for (const x of r) { if (x === undefined || x === null) continue; f(x.id); }'],
  [name, "f(r.filter((x) => typeof x !== 'undefined' && x !== null));"],
  [name, 'const [one] = r; if (one !== null && one !== void 0) f(one.id);'],
  [name, 'f(r.filter((x) => x && x !== null));'],
  [name, "f(r.filter((x) => typeof x === 'object' && x));"],
  [name, "f(r.filter((x) => typeof x === 'object' && x !== null));"],
  [name, "f(r.filter((x) => typeof x === 'string'));"],
  [name, "f(r.some((x) => typeof x === 'number'));"],
  [name, 'f(r.filter((x) => ![null, undefined].includes(x)));'],
  [name, "for (const x of r) { if (!x) continue; f('found ' + x, x === null); }"],
  [name, "f(r.map((x) => (x ? 'found ' + x : 'none')));"],
  [name, "const [one] = r; if (!one) return 'none'; return 'found ' + one;"],
];

const halfGuarded: readonly Row[] = [
  [name, "f(r.filter((x) => typeof x !== 'number'));", filled],
  [name, 'f(r.filter((x) => x !== null && x !== f));', filled],
  [name, 'f(r.filter((x) => x !== null && f(x) && x !== undefined));', filled],
  [name, 'const [a, b] = r; f(a !== null && b !== undefined);', filled],
  [name, "f(r.filter((x) => typeof x !== 'object'));", filled],
  [name, 'f(r.filter((x) => ![null, 1].includes(x)));', filled],
  [name, "for (let x of r) { if (!x) continue; x = r[0]; f('found ' + x); }", filled],
  [name, 'for (const x of r) { if (x) f(1); f(x === null); }', filled],
];

const entries = 'f(r.filter((x) => x !== null));';
const inLists = 'f(r.flat().filter((x) => x !== null));';

const there: readonly Row[] = [
  ...[
    'c.user.displayAvatarURL()',
    'c.user.createdAt.toISOString()',
    'c.user.createdAt.getTime()',
    'c.uptime.toLocaleString()',
    'c.user.username.substring(0, 4)',
    'c.user.username.startsWith(1)',
    'c.user.username.charAt(0)',
    'c.user.username.padEnd(4)',
    'c.user.username.repeat(2)',
    "c.generateInvite({ scopes: ['bot'] })",
    "c.listenerCount('x')",
    'new Intl.NumberFormat().format(c.guilds.cache.size)',
    'performance.now()',
    'c.shard.ids[0]',
    'c.shard?.ids[0]',
    'c.shard?.ids.at(0)',
    'c.shard?.count',
    'c.readyTimestamp',
    'c.user.bot',
  ].flatMap((text): readonly Row[] => [
    [`(c) => ${text}`, entries],
    [`(c) => [${text}]`, inLists],
  ]),
  ['(c) => c.guilds.cache.map((g) => g.iconURL({ size: 64 }))', inLists],
  ['(c) => c.guilds.cache.map((g) => g.ownerId)', inLists],
  ['(c) => c.emojis.cache.map((e) => e)', inLists],
  ['(c) => [...c.emojis.cache.values()].map((e) => e)', inLists],
  ['(c) => c.guilds.cache.map((g) => g.joinedTimestamp)', inLists],
  ['(c) => c.guilds.cache.map((g) => g.preferredLocale)', inLists],
  ['(c) => { const a = []; for (const [id, g] of c.guilds.cache) a.push([id, g.name]); return a; }', inLists],
  ['(c) => { const a = []; for (const [id] of c.guilds.cache) a.push(id); return a; }', inLists],
  ['(c) => { const a = []; for (const [id] of c.guilds.cache.entries()) a.push(id); return a; }', inLists],
  ['(c) => { const a = []; c.guilds.cache.forEach((g, id) => a.push(id)); return a; }', inLists],
  ['(c) => c.guilds.cache.map((g, id) => id)', inLists],
  ['(c) => [...c.guilds.cache].map(([id]) => id)', inLists],
  ['(c) => [...c.guilds.cache.entries()].map(([id, g]) => id)', inLists],
  ['(c) => c.guilds.cache.map(({ name }) => name)', inLists],
  [
    '(c) => c.guilds.cache.map(({ id: own, name }) => ({ l: [own, name] }))',
    'f(r.flat().filter((x) => x.l[0] !== null));',
  ],
  ['() => { const { heapUsed, rss } = process.memoryUsage(); return [heapUsed, rss]; }', inLists],
];

const missing: readonly Row[] = [
  ['(c) => c.marks.map((e) => e)', inLists, '(c) => c.marks.map((e) => e ?? null)'],
  ['(c) => c.emojis.cache.map((e, id, all) => all)', inLists, '(c) => c.emojis.cache.map((e, id, all) => all ?? null)'],
  ['(c) => c.emojis.cache.map((e = c.x) => e)', inLists, '(c) => c.emojis.cache.map((e = c.x) => e ?? null)'],
  ['(c) => c.shard?.ids[1]', entries, '(c) => c.shard?.ids[1] ?? null'],
  ['(c) => c.shard.ids[1]', entries, '(c) => c.shard.ids[1] ?? null'],
  [
    '(c) => { const { name } = c.user; return name; }',
    entries,
    '(c) => { const { name } = c.user; return name ?? null; }',
  ],
  [
    '(c) => { const { id } = c.guilds.cache.get(1) ?? {}; return id; }',
    entries,
    '(c) => { const { id } = c.guilds.cache.get(1) ?? {}; return id ?? null; }',
  ],
  ['(c) => c.guilds.cache.map(({ nope }) => nope)', inLists, '(c) => c.guilds.cache.map(({ nope }) => nope ?? null)'],
  ['(c) => c.guilds.cache.map((g) => g.bot)', inLists, '(c) => c.guilds.cache.map((g) => g.bot ?? null)'],
  [
    '(c) => [...c.guilds.cache].map(([, g]) => g.nope)',
    inLists,
    '(c) => [...c.guilds.cache].map(([, g]) => g.nope ?? null)',
  ],
];

function judge(rows: readonly Row[]): void {
  let report: Report;
  let handlers = '';
  beforeAll(async () => {
    const files = rows.map(([fn, use], i) => {
      const text = `module.exports = async (client, f) => {\n  const r = await client.shard.broadcastEval(${fn});\n  ${use}\n};\n`;
      return [`x${i}.js`, text] as const;
    });
    const root = project({ ...cjsBot, ...Object.fromEntries(files) });
    report = await migrate({ paths: ['.'], cwd: root });
    handlers = (read(root)['cluster-handlers.js'] ?? '').replace(/^ {2}/gm, '');
  });

  test.each(rows.map((row, i) => [row[0], row[1], row, i] as const))('%s: %s', (_fn, _use, row, i) => {
    const [fn, , handler = fn] = row;
    const site = report.sites.find(({ file }) => file === `x${i}.js`);
    expect(site?.outcome).not.toBe('left');
    expect(site?.code).not.toBe('DC-W6');
    expect(handlers).toContain(`${site?.handler}: ${handler},\n`);
  });
}

describe('an entry that becomes text asks for proof', () => judge(ofText));
describe('the end of a function stands before a remark', () => judge(remarks));
describe('an entry is not told apart', () => judge(guarded));
describe('an entry is told apart', () => judge(halfGuarded));
describe('what is surely there', () => judge(there));
describe('what need not be there', () => judge(missing));
