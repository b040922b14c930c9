/** Calls that ask one shard: what is an id for sure, what gets a note, and what is left. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { project, tsBot } from './project.ts';

const to = (shard: string): string => `client.shard.broadcastEval((c) => c.ws.ping, { shard: ${shard} })`;

const sure: readonly (readonly [title: string, line: string])[] = [
  ['arithmetic', `f(${to('(id >> 22) % count')});`],
  ['a count', `for (let i = 0; i < n; i += 1) f(${to('i')});`],
  ['a number, of a member of the bot', 'f(client.shard.broadcastEval((c) => c.commandsRun, { shard: 0 }));'],
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
  ['a constant', `const id = own ? 0 : Math.floor(x);\nf(${to('id')});`],
];

const noted: readonly (readonly [title: string, line: string])[] = [
  ['a parameter', `module.exports = (shard) => ${to('shard')};`],
  ['a parameter that some caller hands on', `const f = (shard) => ${to('shard')};\nf(0);\nf(it.shard);`],
  ['a key of an object', `for (const i in list) f(${to('i')});`],
  ['a member of something', `f(${to('options.shard')});`],
  ['a guild that may be missing', `f(${to('it.guild?.shardId')});`],
  ['a text', `f(${to("'0'")});`],
  ['a number of a text', `f(${to("Number(i.options.getString('shard'))")});`],
  ['a number of a text, by a name', `const n = parseInt(args[0], 10);\nf(${to('n')});`],
  ['a number of a text, counted with', `const n = Math.floor(Number(args[0]) / 2) + 1;\nf(${to('n')});`],
  ['arithmetic with a text', `f(${to('args[0] - 1')});`],
  ['a text that is rounded', `f(${to('Math.round(args[0])')});`],
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

describe('one shard', () => {
  let all: readonly Migrated[] = [];
  const rows = [...sure, ...kept, ...noted, ...left];
  const at = (title: string): Migrated | undefined => all[rows.findIndex(([one]) => one === title)];
  beforeAll(async () => {
    all = await migrateAll(rows.map(([, line]) => line));
  });
  const says = (title: string) => at(title)?.sites.map(({ outcome, code }) => code ?? outcome);

  test.each(sure)('is %s, for sure', (title) => {
    expect(at(title)?.text).toContain('.requestToShard(');
    expect(says(title)).toEqual(['rewritten']);
  });

  test.each(kept)('is not asked by options that %s', (title) => {
    expect(at(title)?.text).toMatch(/requestAllShards\(.\w+., o\.context\)/);
    expect(says(title)).toEqual(['rewritten']);
  });

  test.each(noted)('may be everybody, which is an error from now on: %s', (title) => {
    expect(at(title)?.text).toContain('.requestToShard(');
    expect(says(title)).toEqual(['DC-R8']);
  });

  test.each(left)('is left where it may be everybody: %s', (title, line) => {
    expect(at(title)?.text).toBe(`${line}\n`);
    expect(says(title)).toEqual(['DC-R3']);
  });
});

test('a number of TypeScript that may be NaN is noted as well', async () => {
  const texts = [
    'Number(x)',
    'Math.floor(Number(x) / 1)',
    'Number.parseInt(x, 10) || 0',
    'x.length',
    'n',
    'Number(BigInt(x) >> 22n) % n',
  ];
  const calls = texts.map(
    (text, i) =>
      `export const f${i} = (client: Client<true>, x: string, n: number) => {\n  const shard = ${text};\n  return client.shard!.broadcastEval((c) => c.ws.ping, { shard });\n};\n`,
  );
  const root = project({ ...tsBot, 'src/x.ts': `import type { Client } from 'discord.js';\n${calls.join('')}` });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const codes = sites.filter(({ file }) => file === 'src/x.ts').map(({ code }) => code);
  expect(codes).toEqual(['DC-R8', 'DC-R8', null, null, null, null]);
});
