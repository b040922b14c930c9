/** Data that a function merges, lists or hands on as a whole: each member has to be proven to be there. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { project, tsBot } from './project.ts';

const merged = '(c, d) => Object.assign(c.sets, d)';
const listed = '(c, d) => Object.keys(d)';
const handedOn = "(c, d) => c.emit('x', d)";

/** A function that hands `data` to `fn`; `before` stands above the call. */
const call = (fn: string, data: string, before = ''): string =>
  `const { made, Made } = require('./x39.js');\nmodule.exports = async (client, interaction, args, name = 'x') => { ${before} await client.shard.broadcastEval(${fn}, { context: ${data} }); };`;

const noted: readonly (readonly [title: string, text: string, words: string])[] = [
  ['a member of a parameter, merged', call(merged, '{ name: args.name }'), '`d.name`'],
  ['a member of a parameter, listed', call(listed, '{ name: args.name }'), '`d.name`'],
  ['a member of a parameter, over a default', call('(c, d) => ({ a: 1, ...d })', '{ a: args.a }'), '`d.a`'],
  ['a member of a parameter, asked for', call("(c, d) => 'a' in d", '{ a: args.a }'), '`d.a`'],
  ['a member of a parameter, handed on', call(handedOn, '{ a: args.a }'), '`d.a`'],
  ['a parameter', call(merged, '{ args }'), '`d.args`'],
  ['what a method gives', call(merged, '{ a: args.take() }'), '`d.a`'],
  ['an entry of a list', call('(c, d) => d[0] === null', '[args.name]'), '`d[0]`'],
  ['one side of a choice', call(merged, "{ a: args.on ? 'x' : args.name }"), '`d.a`'],
  ['one behind another', call(merged, '{ a: 1, b: args.name }'), '`d.b`'],
  [
    'an object that is nothing',
    call(merged, '{ o: { a: 1, b: args.b } }', '').replace('c.sets, d)', 'c.sets, d.o)'),
    '`d.o.b`',
  ],
  ['data that a method makes', call(merged, 'args.data()'), 'A member'],
  ['data that a class makes', call(merged, 'new Made(args)'), 'A member'],
  ['data that another file makes', call(merged, 'made(args)'), 'A member'],
  ['data by a name that a method makes', call(merged, 'd', 'const d = await args.data();'), 'A member'],
  ['data of a parameter', call(merged, 'args'), 'A member'],
  ['data that is spread', call(merged, '{ id: 1, ...args.more }'), 'A member'],
  ['data that a method makes, handed on', call(handedOn, 'args.data()'), 'A member'],
  ['a parameter, handed on', call(handedOn, 'args'), 'A member'],
  [
    'a member, given back by a function of the function',
    call('(c, d) => { const get = () => d; return Object.keys(get()); }', '{ a: args.a }'),
    '`d.a`',
  ],
  [
    'a member, promised by a function of the function',
    call('async (c, d) => { const get = async () => d; return Object.keys(await get()); }', '{ a: args.a }'),
    '`d.a`',
  ],
  [
    'a member, given back by a method of the function',
    call('(c, d) => { const o = { get: () => d }; return Object.keys(o.get()); }', '{ a: args.a }'),
    '`d.a`',
  ],
  [
    'an entry of a list of a parameter',
    call('(c, d) => d.list[0] === null', '{ list: args.list }'),
    'An entry of `d.list`',
  ],
  [
    'an entry of such a list, in a loop',
    call('(c, d) => { for (const x of d.list) if (x === null) c.no(); }', '{ list: args.list }'),
    'An entry of `d.list`',
  ],
  [
    'an entry of such a list, searched',
    call('(c, d) => d.list.includes(null)', '{ list: args.list }'),
    'An entry of `d.list`',
  ],
  [
    'entries that are kept of a list, handed on',
    call('(c, d) => c.player.put(d.list)', '{ list: args.slice(1) }'),
    'An entry of `d.list`',
  ],
  [
    'entries that are copied, handed on',
    call('(c, d) => c.player.put(d.list)', '{ list: [...args.list] }'),
    'An entry of `d.list`',
  ],
  ['an object of a parameter, handed on', call(handedOn, 'args.author'), 'A member'],
  ['an object of a database by its id', call(handedOn, 'args._id'), 'A member'],
  ['what a class makes, called an id', call(handedOn, 'shopId', 'const shopId = new Made(args);'), 'A member'],
  ['an id that may be more', call(handedOn, 'args.guildId || args.guild'), 'A member'],
  ...[
    'args.list || []',
    'args.list ?? []',
    '(args.own ??= args.list)',
    '(args.own ||= args.list)',
    '(args.own &&= args.list)',
    '(args.own = args.list)',
    '(args.n, args.list)',
    'args.on ? args.list : []',
    "args.on ? [] : args.list || ['x']",
    'args.on && args.list',
    '(args.log(), args.list)',
    'new Rows(args)',
    'new Array(3)',
    'args.take`x`',
  ].map((list) => [list, call('(c, d) => d.list[0] === null', `{ list: ${list} }`), 'An entry of `d.list`'] as const),
  [
    'entries that are kept, or none, handed on',
    call('(c, d) => c.player.put(d.list)', '{ list: args.slice(1) ?? [] }'),
    'An entry of `d.list`',
  ],
  [
    'entries that are copied, or none, handed on',
    call('(c, d) => c.player.put(d.list)', '{ list: [...(args.list || [])] }'),
    'An entry of `d.list`',
  ],
  ['an object of one of two members', call(handedOn, '(args.own ??= args.author)'), 'A member'],
  ['a process of the bot', call(merged, '{ a: process.pid }', "const process = require('./child');"), '`d.a`'],
  ['a part that a method makes', call('(c, { o }) => Object.entries(o)', '{ o: args.data() }'), 'A member of `data.o`'],
];

const proven: readonly (readonly [title: string, text: string])[] = [
  ['literals', call(merged, "{ a: 1, b: 'x', c: true, d: null, e: [], f: {} }")],
  ['texts and numbers that are made', call(merged, '{ a: args.x + "y", b: args.b - 1, c: args.c.length, d: !args.d }')],
  ...['args.a - 1', "args.a + 'x'", '(args.n += 1)', 'args.a > 1', "'a' in args", 'args instanceof Row'].map(
    (value): readonly [string, string] => [
      `no list: ${value}`,
      call('(c, d) => d.list[0] === null', `{ list: ${value} }`),
    ],
  ),
  [
    'calls of JavaScript',
    call(merged, '{ a: Date.now(), b: String(args.b), c: args.c.join(), d: JSON.parse(args.d) }'),
  ],
  ['ids of discord.js', call(merged, '{ a: interaction.guild.id, b: interaction.user.id, c: interaction.guildId }')],
  [
    'facts of discord.js',
    call(merged, '{ a: client.guilds.cache.size, b: client.user.tag, c: interaction.channel.name }'),
  ],
  [
    'options of discord.js',
    call(merged, "{ a: interaction.options.getString('a'), b: interaction.options.getUser('b', true).id }"),
  ],
  ['facts further in', call(merged, '{ a: args.client.ws.ping, b: interaction.client.shard.count }')],
  [
    'which shard and which cluster it is',
    call(merged, '{ a: client.shard.ids[0], b: client.shard.ids.at(0), c: client.cluster.id }'),
  ],
  [
    'which shard it is, where types want more',
    call(merged, '{ a: client.shard?.ids[0], b: client.shard?.ids.at(0), c: client.shard?.count }'),
  ],
  [
    'facts of the process by its module',
    call(merged, '{ a: process.pid }', "const process = require('node:process');"),
  ],
  ['facts of the process', call(merged, '{ a: process.pid, b: process.version, c: client.options.shardCount }')],
  ['a name of such', call(merged, '{ id }', 'const { guild } = interaction; const id = guild.id;')],
  ['a parameter with a default', call(merged, '{ name }')],
  ['what is tested', call(merged, '{ a: args.a }', 'if (!args.a) return;')],
  ['another value for nothing', call(merged, "{ a: args.a ?? null, b: args.b || 'x' }")],
  ['what a function of the file gives', call(merged, '{ a: f() }', 'const f = () => 1;')],
  [
    'members that are only read',
    call('(c, d) => c.users.cache.get(d.id)?.send(d.name)', '{ id: args.id, name: args.name }'),
  ],
  [
    'members that are taken apart',
    call('(c, { id, name }) => c.sets.set(id, name)', '{ id: args.id, name: args.name }'),
  ],
  ['data that a method makes, only read', call('(c, d) => c.users.cache.get(d.id)?.tag', 'args.data()')],
  ['data that a method makes, handed to discord.js', call('(c, d) => c.users.cache.get(d.id)?.send(d)', 'args.data()')],
  [
    'a member, handed to a function of the function that reads it',
    call('(c, d) => { const put = (x) => c.users.cache.get(x.a); return put(d); }', '{ a: args.a }'),
  ],
  ['an entry that is tested', call('(c, { list }) => list.filter((x) => x).length', '{ list: args.list }')],
  ['entries of texts', call('(c, { list }) => list[0] === null', "{ list: args.text.split(' ') }")],
  [
    'entries that are kept of texts',
    call('(c, { list }) => c.player.put(list)', "{ list: args.text.split(' ').slice(1) }"),
  ],
  ...[
    "args.text?.split(' ') ?? []",
    "args.on ? args.text.split(' ') : ['x', 1, String(args.y)]",
    'args.on ? [] : Object.keys(args.x)',
    "args.on ? 'x' : null",
    'args.x + 1',
    'args.on && !args.x',
  ].map((list) => [list, call('(c, d) => d.list[0] === null', `{ list: ${list} }`)] as const),
  [
    'a member that a function of the function gives',
    call('(c, d) => { const get = () => d; return get().a; }', '{ a: args.a }'),
  ],
  ['a member that is handed on', call('(c, d) => c.player.play(d.query)', '{ query: args.query }')],
  ['data of JSON', call(merged, 'JSON.parse(args.text)')],
  ['a written object by a name', call(merged, 'd', 'const d = { a: 1 };')],
  ['a choice of written objects', call(merged, 'args.on ? { a: 1 } : { a: 2 }')],
  ['an id, handed on', call(handedOn, 'args.guild.id')],
  ['an id by a name, handed on', call(handedOn, 'guildId', 'const { guildId } = args;')],
  ['an id or nothing, handed on', call(handedOn, 'args.guildID ?? null')],
  ['an id, looked up in a map of the bot', call('(c, id) => c.queue.get(id)?.songs.length', 'interaction.guild.id')],
  ['a name, handed on', call(handedOn, 'args.commandName')],
  ['a parameter that is a name, handed on', call(handedOn, 'name')],
  ['how many there are, handed on', call(handedOn, 'args.length')],
  ['as JSON', call('(c, d) => JSON.stringify(d)', '{ a: args.a }')],
];

const isNoted = ({ sites }: Migrated): boolean => sites.some(({ message }) => message.includes('of the data may be'));

describe('a member of the data', () => {
  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    // The file that is loaded stands last.
    const made = 'exports.made = (x) => x;\nexports.Made = class {};';
    all = await migrateAll([...[...noted, ...proven].map(([, text]) => text), made]);
  });

  test.each(noted.map(([title, , words], i) => [title, words, i] as const))(
    'may be missing: %s',
    (_title, words, i) => {
      expect(all[i]?.sites.map(({ message }) => message).join(' ')).toContain(
        words.startsWith('A') ? words : `${words} of the data`,
      );
    },
  );

  test.each(proven.map(([title], i) => [title, noted.length + i] as const))('is there: %s', (_title, i) => {
    expect(all[i]?.sites.map(({ outcome }) => outcome)).not.toContain('left');
    expect(all[i]).not.toSatisfy(isNoted);
  });
});

test('what makes data as it was is said', async () => {
  const [one, other] = await migrateAll([call(merged, '{ name: args.name }'), call(merged, 'args.data()')]);
  expect(one?.sites[0]?.message).toContain(
    'write `...(args.name !== undefined && { name: args.name })` in place of it.',
  );
  expect(other?.sites[0]?.message).toContain(
    'hand over `value && JSON.parse(JSON.stringify(value))`, `value` being what stands there now.',
  );
});

test('types say what is there', async () => {
  const rows: readonly (readonly [type: string, data: string, code: string | null])[] = [
    ['{ a: string }', '{ a: x.a }', null],
    ['{ a?: string }', '{ a: x.a }', 'DC-W14'],
    ['any', '{ a: x.a }', 'DC-W14'],
    ['{ a: string; b: { c: number } }', 'x', null],
    ['{ a?: string }', 'x', 'DC-W14'],
    ['Record<string, number>', 'x', null],
    ['any', 'x', 'DC-W14'],
  ];
  const files = rows.map(
    ([type, data], i) =>
      [
        `src/x${i}.ts`,
        `import type { Client } from 'discord.js';\nexport async function f${i}(client: Client<true>, x: ${type}) {\n  return client.shard!.broadcastEval((c, d) => Object.keys(d).length + c.ws.ping, { context: ${data} });\n}\n`,
      ] as const,
  );
  const { sites } = await migrate({ paths: ['src'], cwd: project({ ...tsBot, ...Object.fromEntries(files) }) });
  const codes = rows.map((_row, i) => sites.find(({ file }) => file === `src/x${i}.ts`)?.code ?? null);
  expect(rows.map(([type, data], i) => [type, data, codes[i]])).toEqual(rows);
});
