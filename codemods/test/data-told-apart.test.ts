/** Data of a call that was JSON: a member that is `undefined` was not there, and NaN was `null`; both arrive as they are now. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { project, read, tsBot } from './project.ts';

const call = (fn: string, context: string): string =>
  `module.exports = async (client, args, db, { store }) => { await client.shard.broadcastEval(${fn}, { context: ${context} }); };`;

const merged = '(c, d) => Object.assign(c.sets, d)';

const two = '{ data: { prefix: args[0], lang: args[1] } }';

/** What DC-W14 says. */
const words = 'of the data may be';

/** What tells a member that is missing from one that is `undefined`, `null` from `undefined` in a list, or `null` from NaN. */
const told: readonly (readonly [title: string, fn: string, context: string])[] = [
  ['merged into what is there', '(c, { id, data }) => { c.sets.set(id, { ...c.sets.get(id), ...data }); }', two],
  ['over a default', '(c, opts) => c.box.send({ content: 1, ...opts })', '{ content: args[0] }'],
  ['assigned', '(c, { data }) => { Object.assign(c.sets, data); }', two],
  ['listed', '(c, { data }) => Object.entries(data)', two],
  ['by its names', '(c, { data }) => Object.keys(data).length', two],
  ['by its values', '(c, { data }) => Object.values(data).length', two],
  ['walked', '(c, { data }) => { for (const k in data) c.sets.delete(k); }', two],
  ['asked for', "(c, ctx) => 'x' in ctx", '{ x: args[0] }'],
  ['asked for by a name', '(c, ctx) => c.names.filter((n) => n in ctx)', '{ x: args[0] }'],
  ['asked with hasOwnProperty', "(c, ctx) => ctx.hasOwnProperty('x')", '{ x: args[0] }'],
  ['asked with hasOwn', "(c, ctx) => Object.hasOwn(ctx, 'x')", '{ x: args[0] }'],
  ['handed to a database', '(c, { patch }) => c.db.updateOne({}, { $set: patch })', '{ patch: { a: args[0] } }'],
  ['kept', '(c, { patch }) => { c.sets = patch; }', '{ patch: { a: args[0] } }'],
  ['by a name', '(c, { data }) => { const d = data; return { ...c.sets, ...d }; }', two],
  ['copied before', '(c, { data }) => { const d = { ...data }; Object.assign(c.sets, d); }', two],
  ['the rest of it', '(c, { id, ...rest }) => { Object.assign(c.sets, rest); }', '{ id: 1, a: args[0] }'],
  ['a lookup', '(c, data) => Object.keys(data)', '{ a: store.get(1) }'],
  ['a chain', '(c, data) => Object.keys(data)', '{ a: args.user?.id }'],
  ['of the environment', '(c, data) => Object.keys(data)', '{ a: process.env.FOO }'],
  ['a member that nothing tells of', '(c, data) => Object.keys(data)', '{ a: args.name }'],
  ['a list entry compared with null', '(c, { list }) => list[1] === null', '{ list: [args[0], args[1]] }'],
  [
    'a list entry in a loop',
    '(c, { list }) => { for (const x of list) if (x === null) c.no(); }',
    '{ list: [args[0]] }',
  ],
  ['a list entry with a default', '(c, { list: [a = 1] }) => a', '{ list: [args[0]] }'],
  ['the data itself, a list', '(c, list) => list[0] === null', '[args[0]]'],
  ['NaN behind ??', '(c, { limit }) => c.list.slice(0, limit ?? 10)', '{ limit: parseInt(args[0]) }'],
  ['NaN compared with null', '(c, { ms }) => (ms === null ? c.a : c.b)', '{ ms: Number(args[0]) }'],
  ['NaN compared with ==', '(c, { ms }) => (ms == null ? c.a : c.b)', '{ ms: +args[0] }'],
  ['NaN in a sum', '(c, { n }) => c.guilds.cache.size + n', '{ n: Number(args[0]) }'],
  [
    'NaN compared by size',
    '(c, { n }) => c.guilds.cache.filter((g) => g.memberCount > n).size',
    '{ n: Number(args[0]) }',
  ],
  ['NaN handed on', '(c, { n }) => c.player.seek(n)', '{ n: Number(args[0]) }'],
  ['NaN, alone', '(c, n) => n ?? c.guilds.cache.size', 'Number(args[0])'],
  ['NaN by a name', '(c, { n }) => { const m = n; return m ?? 1; }', '{ n: Number(args[0]) }'],
  ['NaN of arithmetic', '(c, { n }) => c.list.length > n', '{ n: args[0] * 1 }'],
  ['Infinity', '(c, { n }) => n ?? 1', '{ n: args.a / args.b }'],
  [
    'NaN in a switch',
    '(c, { n }) => { switch (n) { case null: return c.a; default: return c.b; } }',
    '{ n: Number(args[0]) }',
  ],
  ['NaN in a template', `(c, { n }) => c.users.cache.get(1).send(\`every \${n} s\`)`, '{ n: Number(args[0]) }'],
  ['NaN in a text', "(c, { n }) => c.users.cache.get(1).send('every ' + n)", '{ n: Number(args[0]) }'],
  ['NaN as a text', '(c, { n }) => c.sets.get(String(n))', '{ n: Number(args[0]) }'],
  ['NaN behind ?.', '(c, { n }) => n?.toFixed(1)', '{ n: Number(args[0]) }'],
  ['NaN as a key', '(c, { n }) => ({ [n]: c.user.id })', '{ n: Number(args[0]) }'],
  ['NaN that is counted', '(c, { n }) => { let m = n; m++; return m > c.list.length; }', '{ n: Number(args[0]) }'],
  ['NaN compared with itself', '(c, { n }) => (n !== n ? c.a : c.b)', '{ n: Number(args[0]) }'],
  [
    'an entry in a template',
    `(c, { list }) => c.users.cache.get(1).send(\`x \${list[1]}\`)`,
    '{ list: [args[0], args[1]] }',
  ],
  ['Infinity that is tested', '(c, { n }) => { if (n) c.no(); }', '{ n: args.a / args.b }'],
  ['numbers of a list', '(c, { list }) => list.map((n) => n + c.ws.ping)', '{ list: args.map(Number) }'],
  ['numbers of a list, by their place', '(c, { list }) => list[1] ?? 5', '{ list: args.map((x) => +x) }'],
  [
    'numbers of a list, in a loop',
    '(c, { list }) => { let n = 0; for (const x of list) n += x; return n; }',
    '{ list: args.map((x) => parseInt(x)) }',
  ],
  ['one of a list of numbers', '(c, { n }) => n ?? 5', '{ n: args.map(Number)[0] }'],
  ['a number of a text that is taken apart', '(c, { n }) => n ?? 5', '{ n: store.text.split(" ")[0] - 1 }'],
  ['a choice of objects', merged, 'store.full ? { a: args[0] } : { a: 1 }'],
  ['an object behind ||', merged, 'store.data || { a: args[0] }'],
  ['an object behind ??', merged, 'store.data ?? { a: args[0] }'],
  ['an object behind &&', merged, 'store.data && { a: args[0] }'],
  ['numbers of a list, as a text', '(c, { list }) => list.join()', '{ list: args.map(Number) }'],
  ['numbers of a list, spread', '(c, { list }) => Math.max(...list)', '{ list: args.map(Number) }'],
  [
    'the rest of it, taken later',
    '(c, d) => { const { id, ...rest } = d; Object.assign(c.sets, rest); }',
    '{ id: 1, a: args[0] }',
  ],
  ['rows that are spread', "(c, { list }) => c.emit('x', ...list)", '{ list: [{ a: args[0] }] }'],
  [
    'rows that are made',
    '(c, { rows }) => rows.forEach((row) => Object.assign(c.sets, row))',
    '{ rows: args.map((x) => ({ a: x[0] })) }',
  ],
];

const quiet: readonly (readonly [title: string, fn: string, context: string])[] = [
  ['a member alone', '(c, { id }) => c.users.cache.get(id)?.tag', '{ id: args[0] }'],
  ['a member in a text', "(c, d) => c.user.tag + ' ' + d.name", '{ name: args[0] }'],
  ['a member with a default', '(c, { n = 1 }) => n + c.ws.ping', '{ n: args[0] }'],
  ['a member that is there', '(c, { data }) => Object.keys(data)', "{ data: { a: 1, b: 'x', c: args.length } }"],
  ['a member with another value', '(c, data) => Object.keys(data)', '{ a: args[0] ?? 1 }'],
  ['another member of it', '(c, { a }) => Object.keys(a)', '{ a: { x: 1 }, b: args[0] }'],
  ['written over', '(c, data) => ({ ...c.sets, ...data, a: data.a ?? 1 })', '{ a: args[0] }'],
  ['sent by discord.js', '(c, { o }) => c.channels.cache.get(o.to)?.send(o)', '{ o: { to: args[0] } }'],
  ['as JSON', '(c, data) => JSON.stringify(data)', '{ a: args[0] }'],
  ['a list entry tested', '(c, { list }) => list.filter(Boolean).length', '{ list: [args[0], args[1]] }'],
  ['asked for another', "(c, ctx) => 'y' in ctx", '{ x: args[0], y: 1 }'],
  ['NaN tested', '(c, { n }) => (n ? c.a : c.b)', '{ n: Number(args[0]) }'],
  ['NaN behind ||', '(c, { n }) => c.list.slice(0, n || 10)', '{ n: Number(args[0]) }'],
  ['a number', '(c, { n }) => n ?? 1', '{ n: args.length }'],
  [
    'NaN in a switch that does not ask',
    '(c, { n }) => { switch (n) { case 1: return c.a; default: return c.b; } }',
    '{ n: Number(args[0]) }',
  ],
  ['NaN in JSON', '(c, { n }) => JSON.stringify(n)', '{ n: Number(args[0]) }'],
  [
    'numbers of a list without NaN',
    '(c, { list }) => list.map((n) => n + c.ws.ping)',
    '{ list: args.map(Number).filter((n) => !isNaN(n)) }',
  ],
  ['a choice of objects that are whole', merged, 'store.full ? { a: 2 } : { a: 1 }'],
  ['a number of a text that is looked at', '(c, { n }) => n ?? 1', '{ n: Number(args[0]) || 1 }'],
  ['the data itself, undefined before as well', '(c, x) => x === null', 'args[0]'],
];

describe('what tells it from what JSON made of it', () => {
  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    all = await migrateAll([...told, ...quiet].map(([, fn, context]) => call(fn, context)));
  });
  const said = (i: number): string => all[i]?.sites[0]?.message ?? '';

  test.each(told.map(([title], i) => [title, i] as const))('%s', (_title, i) => {
    expect(said(i)).toContain(words);
  });

  test.each(quiet.map(([title], i) => [title, i] as const))('%s: nothing to say', (_title, i) => {
    expect(all[told.length + i]?.sites[0]?.outcome).not.toBe('left');
    expect(said(told.length + i)).not.toContain(words);
  });
});

test('the data of a function that a test is around is there', async () => {
  const bodies = [
    'if (!args[0]) return; ',
    'if (args[0] === undefined) return; ',
    'if (args.length < 1) return; ',
    '',
  ].map(
    (test) =>
      `module.exports = async (client, args) => { ${test}await client.shard.broadcastEval((c, d) => Object.keys(d), { context: { a: args[0] } }); };`,
  );
  const all = await migrateAll(bodies);
  expect(all.map(({ sites }) => sites[0]?.code ?? null)).toEqual([null, null, null, 'DC-W14']);
});

test.each([
  ["const n = parseInt('ff0000', 16);", null],
  ["const n = Number(interaction.options.getString('days') ?? 7);", 'DC-W14'],
  ['let n = 7; if (args.length) n = parseInt(args[0]);', 'DC-W14'],
  ['let n; n = 5;', null],
  ['const m = /(\\d+)/.exec(args.x); if (!m) return; const n = parseInt(m[1]);', null],
  ['const m = args.x.match(/^(\\w+) (\\d{1,3})$/); const n = Number(m[2]);', null],
  ['const [, d] = args.x.match(/<(?<id>[0-9]+)>/); const n = +d;', null],
  ['let n = 7; for (const m of args.x.matchAll(/(-?\\d+)/g)) n = Number(m[1]);', null],
  ['const m = args.x.match(/^(\\w+) (\\d+)$/); const n = Number(m[1]);', 'DC-W14'],
  ['const m = args.x.match(/^x(\\d+)?$/); const n = Number(m[1]);', 'DC-W14'],
  ['const m = args.x.match(/^x(\\d*)$/); const n = parseInt(m[1]);', 'DC-W14'],
  ['const m = args.x.match(/^(?:x(\\d+))?$/); const n = Number(m[1]);', 'DC-W14'],
  ['const m = args.x.match(/x(\\d+)|y/); const n = Number(m[1]);', 'DC-W14'],
  ['const m = args.x.match(/(\\d+)/g); const n = Number(m[1]);', 'DC-W14'],
  ['let m = args.x.match(/(\\d+)/); m = args.z; const n = Number(m[1]);', 'DC-W14'],
  ['const lv = [1, 2]; const n = lv[0] * 2;', null],
  ['const lv = [1, args[0]]; const n = lv[1] * 2;', 'DC-W14'],
  ['const lv = [1, 2]; lv[0] = args[0]; const n = lv[0] * 2;', 'DC-W14'],
  ['const lv = [1, 2]; const n = lv[2] * 2;', 'DC-W14'],
])('a number that is none perhaps: %s', async (made, code) => {
  const text = `module.exports = async (client, args, interaction) => { ${made} await client.shard.broadcastEval((c, { n }) => c.ws.ping > (n ?? 3), { context: { n } }); };`;
  const [one] = await migrateAll([text]);
  expect(one?.sites[0]?.code ?? null).toBe(code);
});

test('what is handed over by other ways: a name, a spread, a pattern, a parameter', async () => {
  const bodies = [
    `const data = { a: args[0] }; f(await client.shard.broadcastEval(${merged}, { context: data }));`,
    `const data = { a: args[0] }; f(await client.shard.broadcastEval(${merged}, { context: { ...data, b: 1 } }));`,
    `const [a] = args; f(await client.shard.broadcastEval(${merged}, { context: { a } }));`,
    `const a = args[0]; f(await client.shard.broadcastEval(${merged}, { context: { a } }));`,
    `let a; if (args.x) a = 1; f(await client.shard.broadcastEval(${merged}, { context: { a } }));`,
    `const options = { context: { a: args[0] } }; f(await client.shard.broadcastEval(${merged}, options));`,
  ].map((body) => `module.exports = async (client, args) => { ${body} };`);
  bodies.push(
    `/** @param {string} [a] */\nconst g = (client, a) => client.shard.broadcastEval(${merged}, { context: { a } });\nexports.g = g;`,
    `const g = async (client, fn, context) => client.shard.broadcastEval(fn, { context });\nexports.g = (client, args) => g(client, ${merged}, { a: args[0] });`,
  );
  const all = await migrateAll(bodies);
  expect(all.map(({ sites }) => sites[0]?.message.includes(words))).toEqual(bodies.map(() => true));
});

test('several members of one kind are told once what to write', async () => {
  const fn = "(c, d) => ['a' in d, 'b' in d, 'n' in d]";
  const [{ sites } = { sites: [] }] = await migrateAll([
    `module.exports = async (client, args) => f(await client.shard.broadcastEval(${fn}, { context: { a: args[0], b: args[1], n: 1 } }));`,
  ]);
  expect(sites[0]?.message).toContain(
    'write `...(args[0] !== undefined && { a: args[0] })`, `...(args[1] !== undefined && { b: args[1] })` in place of them.',
  );
});

test.each([
  [
    "(c, { user }) => 'id' in user",
    '{ user: { id: args[0] } }',
    'data.user.id',
    'write `...(args[0] !== undefined && { id: args[0] })` in place of it.',
  ],
  [
    "(c, { id, ...rest }) => 'x' in rest",
    '{ id: 1, x: args[0] }',
    'data.x',
    'write `...(args[0] !== undefined && { x: args[0] })` in place of it.',
  ],
  ['(c, { ids }) => ids[0] === null', '{ ids: [args[0]] }', 'data.ids[0]', 'write `args[0] ?? null` for it.'],
  ['(c, list) => list[1] === null', '[1, args[0]]', 'list[1]', 'write `args[0] ?? null` for it.'],
  [
    '(c, d) => Object.keys(d)',
    "{ 'a-b': store.get(1) }",
    "d['a-b']",
    "write `...(value !== undefined && { 'a-b': value })` in place of it, `value` being what stands there now.",
  ],
  [
    '(c, { n }) => n ?? 1',
    '{ n: Number(args[0]) }',
    'data.n',
    'write `Number.isFinite(value) ? value : null` for it, `value` being what stands there now.',
  ],
  [
    '(c, n) => n ?? c.guilds.cache.size',
    'args.a / args.b',
    'The whole',
    'write `Number.isFinite(value) ? value : null` for it',
  ],
])('what is said names the member whole, and what to write: %s', async (fn, context, member, write) => {
  const [one] = await migrateAll([call(fn, context)]);
  const said = one?.sites[0]?.message ?? '';
  expect(said).toContain(member.startsWith('The') ? `${member} of the data` : `\`${member}\` of the data`);
  expect(said).toContain(write);
});

test('what is put into the data later is told to be put there under a condition', async () => {
  const body =
    'const d = { a: 1 }; d.b = args[0]; await client.shard.broadcastEval((c, o) => Object.keys(o), { context: d });';
  const [one] = await migrateAll([`module.exports = async (client, args) => { ${body} };`]);
  expect(one?.sites[0]?.message).toContain('`o.b` of the data may be undefined');
  expect(one?.sites[0]?.message).toContain('only where it is not undefined: `if (args[0] !== undefined)`.');
});

test('what is made in several steps, or by a function', async () => {
  const made = (before: string, data: string): string =>
    `module.exports = async (client, args, on) => { ${before} await client.shard.broadcastEval(${merged}, { context: ${data} }); };`;
  const bodies = [
    made('const o = {}; o.a = args[0];', 'o'),
    made("const o = {}; o['a'] = args[0];", 'o'),
    made('const o = { in: {} }; o.in.a = args[0];', 'o.in'),
    made('let o; if (on) o = { a: args[0] }; else o = { a: 1 };', 'o'),
    made('const o = on ? { a: args[0] } : { a: 1 };', 'o'),
    made('const o = {}; Object.assign(o, { a: args[0] });', 'o'),
    made('function make(x) { const o = {}; o.a = args[0]; return o; }', 'make(1)'),
    made('const make = () => { const o = { a: args[0] }; return o; };', 'make()'),
    made('const make = () => (on ? { a: args[0] } : null);', 'make()'),
    made('const make = (a) => ({ a });', 'make(args[0])'),
    made('const make = (a, b) => { const o = {}; o.a = a; o.b = b; return o; };', 'make(1)'),
    made('const make = ({ x }) => ({ a: x });', 'make({ x: args[0] })'),
    made('const o = store(args[0]);', 'o'),
  ];
  const all = await migrateAll(bodies);
  expect(all.map(({ sites }, i) => [bodies[i], sites[0]?.code ?? null])).toEqual(bodies.map((one) => [one, 'DC-W14']));
  const whole = [
    made('const o = { a: args[0] }; if (!o.a) return;', '{ a: o.a }'),
    made('const make = (a) => { if (!a) return null; return { a }; };', 'make(args[0])'),
    made('const make = (a, b = 1) => ({ a, b });', 'make(1)'),
    made('const o = {}; o.a = args.length;', 'o'),
  ];
  const quietly = await migrateAll(whole);
  expect(quietly.map(({ sites }) => sites[0]?.code ?? null)).toEqual(whole.map(() => null));
});

describe('in TypeScript', () => {
  const rows: readonly (readonly [parameter: string, noted: boolean])[] = [
    ['a?: string', true],
    ['a: string | undefined', true],
    ['a: string', false],
    ["a = 'x'", false],
  ];
  let report: Report;
  let handlers = '';
  beforeAll(async () => {
    const files = rows.map(
      ([parameter], i) =>
        [
          `src/x${i}.ts`,
          `import type { Client } from 'discord.js';\nexport async function f${i}(client: Client<true>, ${parameter}) {\n  return client.shard!.broadcastEval((c, d) => Object.keys(d).length + c.ws.ping, { context: { a } });\n}\n`,
        ] as const,
    );
    const root = project({ ...tsBot, ...Object.fromEntries(files) });
    report = await migrate({ paths: ['src'], cwd: root });
    handlers = read(root)['src/cluster-handlers.ts'] ?? '';
  });

  test.each(rows.map(([parameter, noted], i) => [parameter, noted, i] as const))('%s: %s', (_parameter, noted, i) => {
    expect(handlers).toContain('Object.keys');
    expect(report.sites.find(({ file }) => file === `src/x${i}.ts`)).toMatchObject({ code: noted ? 'DC-W14' : null });
  });
});
