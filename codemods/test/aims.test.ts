/** Calls that ask one shard: what is an id for sure, what gets a note, and what is left. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { project, read, tsBot } from './project.ts';

const to = (shard: string): string => `client.shard.broadcastEval((c) => c.ws.ping, { shard: ${shard} })`;

const sure: readonly (readonly [title: string, line: string])[] = [
  ['arithmetic', `f(${to('(id >> 22) % count')});`],
  ['a count', `for (let i = 0; i < n; i += 1) f(${to('i')});`],
  ['the formula of discord.js', `f(${to('ShardClientUtil.shardIdForGuildId(id, n)')});`],
  ['a guild', `f(${to('message.guild.shardId')});`],
  ['the ids of shards', `for (const id of client.shard.ids) f(${to('id')});`],
  ['a callback of them', `client.shard.ids.map((id) => ${to('id')});`],
  ['a place in a list', `Array.from({ length: 3 }, (_, i) => ${to('i')});`],
  ['a written type', `/** @param {number} id */\nconst f = (id) => ${to('id')};`],
  ['every caller', `const f = (id) => ${to('id')};\nf(0);\nf(Number(x) + 1);`],
  ['a number of a text that is looked at', `const n = Number(args[0]);\nif (Number.isInteger(n)) f(${to('n')});`],
  ['a number of a text, or another', `f(${to('Number(args[0]) || 0')});`],
  ['bits of a text', `f(${to('(Number(args[0]) / 2) >> 0')});`],
  ['a shard of a guild', `const n = message.guild.shard.id;\nf(${to('n')});`],
  ['one of the ids', `f(${to('client.shard.ids.at(0)')});`],
  ['the formula, of discord.js itself', `f(${to("require('discord.js').ShardClientUtil.shardIdForGuildId(id, n)")});`],
  ['a guild that may be missing, or a number', `f(${to('interaction.guild?.shardId ?? 0')});`],
  ['a guild that may be missing, or another number', `f(${to('interaction.guild?.shard?.id || 0')});`],
  ['a number that is asked for, or another', `f(${to("interaction.options.getInteger('id') ?? 0")});`],
  ['such a number, by a name', `const id = interaction.options.getInteger('id') ?? 0;\nf(${to('id')});`],
  ['a place that is looked for', `const at = has.findIndex(Boolean);\nif (at !== -1) f(${to('at')});`],
  ['the place of something', `f(${to('client.shard.ids.indexOf(id)')});`],
  [
    'the formula under a name',
    `const shardOf = (id, n) => Number((BigInt(id) >> 22n) % BigInt(n));\nf(${to('shardOf(id, client.shard.count)')});`,
  ],
  [
    'the formula in a function',
    `function shardOf(id, n) { return Number(BigInt(id) >> 22n) % n; }\nf(${to('shardOf(id, client.shard.count)')});`,
  ],
  ['a constant', `const id = own ? 0 : Math.floor(x);\nf(${to('id')});`],
];

/** A number for sure, of which there is something else to say. */
const held: readonly (readonly [title: string, line: string])[] = [
  ['a number, of a member of the bot', 'f(client.shard.broadcastEval((c) => c.commandsRun, { shard: 0 }));'],
];

const ids = 'const ids = [0, 1];\n';

const counted: readonly (readonly [title: string, line: string])[] = [
  ['an option that has to be given', `f(${to("it.options.getInteger('shard', true)")});`],
  ['one by a name', `const id = it.options.getInteger('shard', true);\nf(${to('id')});`],
  ['entries of a written list', `${ids}for (const id of ids) f(${to('id')});`],
  ['entries in a callback', `${ids}ids.forEach((id) => ${to('id')});`],
  ['an entry of a written list', `${ids}f(${to('ids[1]')});`],
  ['places of a list that is made', `for (const id of [...Array(3).keys()]) f(${to('id')});`],
  ['ids of shards by their values', `for (const id of client.shard.ids.values()) f(${to('id')});`],
];

const open: readonly (readonly [title: string, line: string])[] = [
  ['an option that may be missing', `f(${to("it.options.getInteger('shard')")});`],
  ['an entry of a list that grows', `${ids}ids.push(it);\nfor (const id of ids) f(${to('id')});`],
  ['an entry that is none', `${ids}f(${to('ids[2]')});`],
  ['an entry of a list that others have', `${ids}it.fill(ids);\nf(${to('ids[0]')});`],
];

const noted: readonly (readonly [title: string, line: string])[] = [
  ['a parameter', `module.exports = (shard) => ${to('shard')};`],
  ['a parameter that some caller hands on', `const f = (shard) => ${to('shard')};\nf(0);\nf(it.shard);`],
  ['what a function waits for', `const shardOf = async (id) => Number(id) % 4;\nf(${to('shardOf(id)')});`],
  [
    'what a function need not give',
    `function shardOf(id) { if (id) return Number(id) % 4; }\nf(${to('shardOf(id)')});`,
  ],
  ['what a function is given', `const shardOf = (id) => id;\nf(${to('shardOf(it.shard)')});`],
  [
    'a number that a function makes of a text',
    `const shardOf = (text) => Number(text);\nf(${to('shardOf(args[0])')});`,
  ],
  ['a key of an object', `for (const i in list) f(${to('i')});`],
  ['a member of something', `f(${to('options.shard')});`],
  ['a guild that may be missing', `f(${to('it.guild?.shardId')});`],
  ['a guild that may be missing, or something', `f(${to('it.guild?.shardId ?? it.shard')});`],
  ['a place in what may be missing', `f(${to('it.list?.findIndex(Boolean)')});`],
  ['an id of something', `f(${to('it.shard.id')});`],
  ['a number that is asked for', `f(${to("it.getInteger('id')")});`],
  ['a text', `f(${to("'0'")});`],
  ['a number of a text', `f(${to("Number(i.options.getString('shard'))")});`],
  ['a number of a text, by a name', `const n = parseInt(args[0], 10);\nf(${to('n')});`],
  ['a number of a text, counted with', `const n = Math.floor(Number(args[0]) / 2) + 1;\nf(${to('n')});`],
  ['arithmetic with a text', `f(${to('args[0] - 1')});`],
  ['a text that is rounded', `f(${to('Math.round(args[0])')});`],
  ['arithmetic with a part of a text', `const [a] = content.split(' ');\nf(${to('a - 1')});`],
  ['arithmetic with a name of a text', `const a = args[0];\nf(${to('a - 1')});`],
  ['arithmetic with one of a list of numbers', `const l = args.map(Number);\nf(${to('l[1] - 1')});`],
  ['arithmetic with each of a list of numbers', `args.map(parseInt).forEach((n) => f(${to('n - 1')}));`],
  ['arithmetic in a loop over numbers', `for (const n of args.map((x) => +x)) f(${to('n * 2')});`],
  ['a sign', `f(${to('+args[0]')});`],
  ['the second argument of a path', "f(client.shard.fetchClientValues('ws.ping', args[0]));"],
];

const withOptions = 'f(client.shard.broadcastEval((c, x) => x, o));';

const left: readonly (readonly [title: string, line: string])[] = [
  ['a fallback to nothing', `f(${to('options.shard ?? undefined')});`],
  ['a choice of nothing', `f(${to('own ? 0 : null')});`],
  ['a variable that need not be set', `let shard;\nif (own) shard = 0;\nf(${to('shard')});`],
  ['a parameter that is nothing by default', `const f = (shard = null) => ${to('shard')};`],
  ['a parameter whose comment calls it optional', `/** @param {number} [n] */\nfunction f(n) { return ${to('n')}; }`],
  ['a parameter that one caller leaves out', `const f = (n) => ${to('n')};\nf(1);\nf();`],
  [
    'options that are handed to a function',
    `const o = { context: 1 };\nObject.assign(o, { shard: 3 });\n${withOptions}`,
  ],
  ['options that get a member by its text', `const o = { context: 1 };\no['shard'] = 3;\n${withOptions}`],
  ['options that have another name, too', `const o = { context: 1 };\nconst p = o;\np.shard = 3;\n${withOptions}`],
  ['options that other files see', `const o = { context: 1 };\nmodule.exports = o;\n${withOptions}`],
  [
    'options that something is taken apart into',
    `const o = { context: 1 };\n({ shard: o.shard } = it);\n${withOptions}`,
  ],
  [
    'options that a method of theirs may change',
    `const o = { context: 1, set() { this.shard = 1; } };\no.set();\n${withOptions}`,
  ],
];

const kept: readonly (readonly [title: string, line: string])[] = [
  ['say null', 'f(client.shard.broadcastEval((c, x) => x, { context: o.context, shard: null }));'],
  ['are only read', `const o = { context: 1 };\nlog(o.context);\n${withOptions}`],
  ['are copied', `const o = { context: 1 };\nconst p = { ...o, shard: 1 };\n${withOptions}`],
];

const byName: readonly (readonly [title: string, line: string, id: string])[] = [
  ['alone', `const o = { shard: 0 };\n${withOptions}`, 'o.shard'],
  ['beside data', `const o = { shard: n % 2, context: { id } };\n${withOptions}`, 'o.shard'],
  ['that is read elsewhere', `const o = { shard: 0 };\nlog(o.shard);\n${withOptions}`, 'o.shard'],
];

describe('one shard', () => {
  let all: readonly Migrated[] = [];
  const rows = [...sure, ...held, ...counted, ...byName, ...kept, ...open, ...noted, ...left];
  const at = (title: string): Migrated | undefined => all[rows.findIndex(([one]) => one === title)];
  beforeAll(async () => {
    all = await migrateAll(rows.map(([, line]) => line));
  });
  const says = (title: string) => at(title)?.sites.map(({ outcome, code }) => code ?? outcome);

  test.each([...sure, ...counted])('is %s, for sure', (title) => {
    expect(at(title)?.text).toContain('.requestToShard(');
    expect(says(title)).toEqual(['rewritten']);
  });

  test.each(held)('is %s, for sure, and its process answers for all its shards', (title) => {
    expect(at(title)?.text).toContain('.requestToShard(');
    expect(says(title)).toEqual(['DC-P2']);
  });

  test.each(byName)('is asked by options in a variable: %s', (title, _line, id) => {
    expect(at(title)?.text).toContain(`requestToShard(${id}, `);
    expect(says(title)).toEqual(['rewritten']);
  });

  test.each(kept)('is not asked by options that %s', (title) => {
    expect(at(title)?.text).toMatch(/requestAllShards\(.\w+., o\.context\)/);
    expect(says(title)).toEqual(['rewritten']);
  });

  test.each([...open, ...noted])('may be everybody, which is an error from now on: %s', (title) => {
    expect(at(title)?.text).toContain('.requestToShard(');
    expect(says(title)).toEqual(['DC-R8']);
  });

  test.each(left)('is left where it may be everybody: %s', (title, line) => {
    expect(at(title)?.text).toBe(`${line}\n`);
    expect(says(title)).toEqual(['DC-R3']);
  });
});

test.each([
  ['const o = { shard: n, context: { id: 1 } };', null, "requestToShard(o.shard, 'wsPing')"],
  ['const o: { shard?: number } = { shard: n };', 'DC-R3', 'broadcastEval'],
  ['const o: { shard: number } = { shard: n };', null, 'requestToShard(o.shard, '],
])('options of TypeScript in a variable: %s', async (made, code, text) => {
  const x = `import type { Client } from 'discord.js';\nexport const f = (client: Client<true>, n: number) => {\n  ${made}\n  return client.shard!.broadcastEval((c) => c.ws.ping, o);\n};\n`;
  const root = project({ ...tsBot, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.find(({ file }) => file === 'src/x.ts')?.code ?? null).toBe(code);
  expect(read(root)['src/x.ts']).toContain(text);
});

test('a number of TypeScript that may be NaN is noted as well', async () => {
  const texts = [
    'Number(x)',
    'Math.floor(Number(x) / 1)',
    'Number.parseInt(x, 10) || 0',
    'x.length',
    'n',
    'Number(BigInt(x) >> 22n) % n',
    "x.split(',').map(Number)[0]!",
    'Math.max(0, ...[x].map((one) => parseInt(one)))',
    'Math.max(...[x].map((one) => one.length), n)',
    '[...x].map(Number).filter((one) => !Number.isNaN(one))[0]!',
    'Number(id)',
    'parseInt(id)',
    'Math.floor(n)',
  ];
  const calls = texts.map(
    (text, i) =>
      `export const f${i} = (client: Client<true>, x: string, n: number, id: string) => {\n  const shard = ${text};\n  return client.shard!.broadcastEval((c) => c.ws.ping, { shard });\n};\n`,
  );
  const root = project({ ...tsBot, 'src/x.ts': `import type { Client } from 'discord.js';\n${calls.join('')}` });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const codes = sites.filter(({ file }) => file === 'src/x.ts').map(({ code }) => code);
  expect(codes).toEqual([
    'DC-R8',
    'DC-R8',
    null,
    null,
    null,
    null,
    'DC-R8',
    'DC-R8',
    null,
    null,
    'DC-R8',
    'DC-R8',
    null,
  ]);
});
