/** NaN and Infinity in the results of a broadcast were `null`, since results were JSON; they arrive as they are now. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { cjsBot, project, tsBot } from './project.ts';

/** A function, and what it may give NaN or Infinity by; `null` where it never does. */
const rows: readonly (readonly [fn: string, what: string | null])[] = [
  ['(c) => c.ws.ping / c.guilds.cache.size', 'c.ws.ping / c.guilds.cache.size'],
  ['(c, n) => Math.round((c.guilds.cache.size / n) * 100)', 'c.guilds.cache.size / n'],
  ['(c, n) => ({ share: c.guilds.cache.size % n })', 'c.guilds.cache.size % n'],
  ['(c) => c.guilds.cache.map((g) => ({ id: g.id, share: g.a / g.b }))', 'g.a / g.b'],
  ['(c) => c.guilds.cache.map((g) => g.memberCount / c.guilds.cache.size)', null],
  ['(c) => [...c.guilds.cache.values()].filter((g) => g.large).map((g) => 1 / c.guilds.cache.size)', null],
  ['(c) => { const n = c.guilds.cache.size; return c.guilds.cache.reduce((a, g) => a + g.memberCount / n, 0); }', null],
  ['(c) => { let a = 0; for (const g of c.guilds.cache.values()) a += 1 / c.guilds.cache.size; return a; }', null],
  ['(c) => c.guilds.cache.map((g) => 1 / c.users.cache.size)', '1 / c.users.cache.size'],
  ['(c) => c.guilds.cache.map((g) => 1 / g.members.cache.size)', '1 / g.members.cache.size'],
  ['(c) => { const share = c.a / c.b; return { share }; }', 'c.a / c.b'],
  ['(c) => { let share = 0; share = c.a / c.b; return share; }', 'c.a / c.b'],
  ['(c) => { const o = {}; o.share = c.a / c.b; return o; }', 'c.a / c.b'],
  ['(c) => { const all = []; for (const x of c.list) all.push(x.a / x.b); return all; }', 'x.a / x.b'],
  ['(c) => { const of = (x) => x.a / x.b; return of(c); }', 'x.a / x.b'],
  ['(c) => c.list.reduce((sum, x) => sum + x.a / x.b, 0)', 'x.a / x.b'],
  ['(c) => Number((c.a / c.b).toFixed(2))', 'c.a / c.b'],
  ['(c, x) => Number(x)', 'Number(x)'],
  ['(c, x) => [parseInt(x, 10)]', 'parseInt(x, 10)'],
  ['(c, x) => +x', '+x'],
  ['(c) => Math.max(...c.guilds.cache.map((g) => g.memberCount))', 'Math.max('],
  ['(c) => Math.max(...c.ws.shards.map((s) => s.ping))', null],
  ['(c) => Math.min(...[...c.ws.shards.values()].map((s) => s.ping))', null],
  ['(c) => Math.max(...c.ws.shards.filter((s) => s.ping).map((s) => s.ping))', 'Math.max('],
  ['(c) => { let most = -Infinity; for (const g of c.list) most = Math.max(most, g.n); return most; }', 'Infinity'],
  ['(c) => (c.user ? 1 : NaN)', 'NaN'],
  ['(c, n) => { if (c.name) c.emit("x"); return c.a / n; }', 'c.a / n'],
  ['(c, n) => { if (c.n) c.emit("x"); return c.a / n; }', 'c.a / n'],
  ['(c, n) => { let share = c.a; share /= n; return share; }', 'share /= n'],
  ['(c, n) => { let share = c.a; share %= n; return [share]; }', 'share %= n'],
  ['(c) => { const o = { x: 1 }; o.x /= c.b; return o; }', 'o.x /= c.b'],
  ['(c, n) => Number(BigInt(c.id) >> 22n) % n', 'Number(BigInt(c.id) >> 22n) % n'],
  ['(c, n) => c.a / (n ? c.b : 1)', 'c.a / (n ? c.b : 1)'],
  ['(c, t) => Date.parse(t)', 'Date.parse(t)'],
  ['(c, t) => new Date(t).getTime()', 'new Date(t'],
  ['(c, t) => { const at = new Date(t); return { at: Date.now() - at.getTime() }; }', 'at.getTime()'],
  ['(c) => Math.log(c.guilds.cache.size)', 'Math.log(c.guilds.cache.size)'],
  ['(c, list) => Math.max.apply(null, list)', 'Math.max.apply(null, list)'],
  ['(c, x) => { const text = c.id + x; return Number(text); }', 'Number(text)'],
  ['(c, t) => +new Date(t)', '+new Date(t)'],
  ['(c, t) => -new Date(t)', '-new Date(t)'],
  ['(c, t) => Number(new Date(t))', 'Number(new Date(t))'],
  ['(c, t) => Date.now() - new Date(t)', 'Date.now() - new Date(t)'],
  ['(c, t) => { const at = new Date(t); return { ms: Date.now() - at }; }', 'Date.now() - at'],
  ['(c, t) => { let ms = Date.now(); ms -= new Date(t); return ms; }', 'ms -= new Date(t)'],
  ['(c, t) => Math.round(new Date(t))', 'Math.round(new Date(t))'],
  ['(c, t) => new Date(t).getFullYear()', 'new Date(t'],
  ['(c, t) => new Date(new Date(t)).valueOf()', 'new Date(new Date(t)'],
  ['(c, { y, m }) => Date.UTC(y, m)', 'Date.UTC(y, m)'],
  ['(c, { y, m }) => new Date(y, m).getTime()', 'new Date(y, m'],
  ['(c, n) => Math.log(n) || 0', 'Math.log(n)'],
  ['(c, n) => ({ share: c.a / n || 0 })', 'c.a / n'],
  ['(c, n) => Math.max.call(null, ...n)', 'Math.max.call(null, ...n)'],
  ['(c, n) => Reflect.apply(Math.max, null, n)', 'Reflect.apply(Math.max, null, n)'],
  ['(c, list) => { const n = 5; return [n, list.map((n) => c.a / n)]; }', 'c.a / n'],
  ['(c, list) => { const n = 5; return [n, list.map(({ n }) => c.a / n)]; }', 'c.a / n'],
  ['(c, list) => { const n = 5; const all = [n]; for (const [n] of list) all.push(c.a / n); return all; }', 'c.a / n'],
  ['(c, list) => { const id = BigInt(c.id); return [String(id), list.map((id) => c.a / id)]; }', 'c.a / id'],
  ['(c, { n, list }) => { if (!n) return []; return list.map((n) => c.a / n); }', 'c.a / n'],
  ['(c, list) => { const n = c.a / c.b; return [n, list.map((n) => (n ? 1 : 2))]; }', 'c.a / c.b'],
  ["(c) => c.guilds.cache.get('1')?.memberCount * 2", "c.guilds.cache.get('1')?.memberCount * 2"],
  ["(c) => c.guilds.cache.get('1')?.memberCount + 1", "c.guilds.cache.get('1')?.memberCount + 1"],
  ['(c, id) => [10 - c.users.cache.get(id)?.level]', '10 - c.users.cache.get(id)?.level'],
  ['(c, ids) => { let n = 0; for (const id of ids) n += c.guilds.cache.get(id)?.memberCount; return n; }', 'n += c.'],
  ['(c, id) => { const n = c.guilds.cache.get(id)?.memberCount; return n * 2; }', 'n * 2'],
  ['(c, id) => Math.round(c.things.get(id)?.rate)', 'Math.round(c.things.get(id)?.rate)'],
  ['(c, id) => Number(c.guilds.cache.get(id)?.memberCount)', 'Number(c.guilds.cache.get(id)?.memberCount)'],
  ['(c) => c.guilds.cache.reduce((sum, g) => sum + g.a?.size, 0)', 'sum + g.a?.size'],
  ['(c, id) => -c.users.cache.get(id)?.level', '-c.users.cache.get(id)?.level'],
  ['(c, id) => (c.guilds.cache.get(id)?.memberCount ?? 0) * 2', null],
  ['(c, id) => { const n = c.guilds.cache.get(id)?.memberCount; return n ? n * 2 : 0; }', null],
  ['(c, id) => c.users.cache.get(id)?.username + c.users.cache.get(id)?.discriminator', null],
  ["(c, id) => c.users.cache.get(id)?.tag + '1'", null],
  ['(c, id) => c.guilds.cache.get(id)?.memberCount > 5', null],
  ['(c, list) => { const n = 5; return list.map((x) => { const n = 7; return x.a / n; }).map((x) => x.a / n); }', null],
  ['(c) => [+new Date(), Date.now() - new Date(c.readyTimestamp), new Date().getFullYear()]', null],
  ['(c) => [Date.UTC(2026, 0), new Date(2026, 0).getTime(), new Date(Date.now()).getHours()]', null],
  ['(c) => { const at = new Date(); return [Number(at), Date.now() - at]; }', null],
  [`(c, t) => \`\${new Date(t)}\``, null],
  [
    '(c) => [Math.max.call(null, 0, ...c.list), Math.max.apply(null, [0, c.a]), Reflect.apply(Math.min, null, [c.a])]',
    null,
  ],
  ['(c, { id, n }) => Number((BigInt(id) >> 22n) % BigInt(n))', null],
  ['(c, n) => { const id = BigInt(c.id); return String(id / n) + Number(id % n); }', null],
  ['(c) => [c.a / c.shard.count, c.a / c.options.shardCount, c.a / process.uptime()]', null],
  ['(c) => c.a / (c.b ? c.b : 1)', null],
  ['(c) => [new Date().getTime(), new Date(c.readyTimestamp).getTime(), new Date(c.user.createdAt).getTime()]', null],
  ['(c) => [Date.parse("2026-01-01"), Math.log(10)]', null],
  ['(c) => (c.b > 0 ? Math.log2(c.b) : 0)', null],
  ['(c) => process.memoryUsage().rss / 1024 / 1024', null],
  ['(c) => { const mb = 1024 ** 2; return process.memoryUsage().rss / mb; }', null],
  ['(c) => Math.round(process.uptime() / 60) % 60', null],
  [`(c) => \`\${c.a / c.b}\``, null],
  ['(c) => (c.a / c.b).toFixed(2)', null],
  ['(c) => c.a / c.b > 1', null],
  ['(c) => (c.b ? c.a / c.b : 0)', null],
  ['(c) => (c.b > 0 ? c.a / c.b : 0)', null],
  ['(c) => { if (!c.b) return 0; return c.a / c.b; }', null],
  ['(c) => c.a / (c.b || 1)', null],
  ['(c) => c.a / Math.max(1, c.b)', null],
  ['(c) => { const all = c.list.map((x) => x.n); return all.length ? Math.max(...all) : 0; }', null],
  ['(c) => { const all = c.list.map((x) => x.n); if (!all.length) return 0; return Math.min.apply(null, all); }', null],
  ['(c, of) => { if (c.n) return 0; return Math.max(...of); }', 'Math.max(...of)'],
  ['(c) => { const g = c.guilds.cache.first(); if (!g) return 0; return g?.memberCount + 1; }', null],
  ['(c) => { const g = c.guilds.cache.first(); return g ? g?.memberCount * 2 : 0; }', null],
  ['(c) => { const g = c.list[0]; return g ? g?.owner?.level * 2 : 0; }', 'g?.owner?.level * 2'],
  ['(c) => { const n = c.a / c.b; return Number.isFinite(n) ? n : null; }', null],
  ['(c, x) => Number(x) || 0', null],
  ['(c) => Number(c.guilds.cache.size)', null],
  ['(c) => parseFloat((process.memoryUsage().rss / 1024).toFixed(2))', null],
  ['(c) => Math.max(0, ...c.guilds.cache.map((g) => g.memberCount))', null],
  ['(c) => c.list[c.a % c.b]', null],
  ['(c) => c.list.filter((x) => x.a / x.b > 1)', null],
  ['(c) => { c.emit("x", c.a / c.b); return 1; }', null],
];

test('a result that may be NaN or Infinity is noted, one that may not is not', async () => {
  const lines = rows.map(([fn]) => `f(await client.shard.broadcastEval(${fn}, { context: 1 }));`);
  const all = await migrateAll(lines);
  const noted = all.map(({ sites }, i) => /may be NaN or Infinity \((.*?)\)\./.exec(sites[0]?.message ?? '')?.[1] ?? i);
  expect(all.every(({ sites }) => sites[0]?.outcome !== 'left')).toBe(true);
  expect(noted).toEqual(rows.map(([, what], i) => (what === null ? i : expect.stringContaining(what))));
});

test('it is noted only where null and NaN are not the same to the code behind the call', async () => {
  const uses: readonly (readonly [line: string, noted: boolean])[] = [
    ['await X((c, x) => Number(x), Y)', false],
    ['f((await X((c, x) => Number(x), Y)).filter(Boolean))', false],
    ['const r = await X((c, x) => Number(x), Y); f(r.find((n) => n), r.some((n) => !n))', false],
    // Infinity is something, null is nothing.
    ['f((await X((c, x) => c.a / x, Y)).filter(Boolean))', true],
    ['f((await X((c, x) => ({ n: Number(x) }), Y)).filter(Boolean))', true],
    ['f((await X((c, x) => Number(x), Y)).reduce((a, b) => a + b, 0))', true],
    ['f((await X((c, x) => Number(x), Y)).find((n) => n === null))', true],
    ['f((await X((c, x) => Number(x), Y)).map((n) => n ?? 0))', true],
  ];
  const lines = uses.map(([line]) =>
    line.replace('X(', 'client.shard.broadcastEval(').replace('Y)', '{ context: 1 })'),
  );
  const all = await migrateAll(lines);
  expect(all.map(({ sites }) => sites[0]?.message.includes('NaN') ?? null)).toEqual(uses.map(([, noted]) => noted));
});

test('it is noted in TypeScript, and of a text, as in JavaScript', async () => {
  const x =
    "import type { Client } from 'discord.js';\nexport const f = (client: Client<true>, n: number) =>\n  client.shard!.broadcastEval((c, by) => c.guilds.cache.size / by, { context: n });\n";
  const root = project({ ...tsBot, 'src/x.ts': x });
  const typed = await migrate({ paths: ['src'], cwd: root });
  expect(typed.sites.find(({ file }) => file === 'src/x.ts')).toMatchObject({ code: 'DC-W9' });
  const text = "client.shard.broadcastEval('this.guilds.cache.size / this.shards').then(f);\n";
  const old = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, 'x.js': text }), legacy: true });
  expect(old.sites.find(({ file }) => file === 'x.js')).toMatchObject({ code: 'DC-W9' });
});

test('the greatest of what may be nothing, where the greatest of that and a number is asked for', async () => {
  const most = '(c) => Math.max(...c.guilds.cache.map((g) => g.memberCount))';
  const uses: readonly (readonly [fn: string, use: string, code: string | null])[] = [
    [most, 'Math.max(0, ...r)', null],
    [most, 'r.reduce((a, b) => Math.max(a, b), 0)', null],
    // Nothing at all was 0.
    [most, 'Math.max(...r)', 'DC-W9'],
    [most, 'r.reduce((a, b) => Math.max(a, b))', 'DC-W9'],
    [most, 'Math.max(-1, ...r)', 'DC-W9'],
    [most, 'r.reduce((a, b) => Math.min(a, b), 0)', 'DC-W9'],
    [most.replace('max', 'min'), 'Math.max(0, ...r)', 'DC-W9'],
    ['(c) => Math.max(...c.guilds.cache.map((g) => g.memberCount)) / c.list.length', 'Math.max(0, ...r)', 'DC-W9'],
  ];
  const all = await migrateAll(
    uses.map(([fn, use]) => `const r = await client.shard.broadcastEval(${fn}); f(${use});`),
  );
  expect(all.map(({ sites }) => sites[0]?.code ?? null)).toEqual(uses.map(([, , code]) => code));
});
