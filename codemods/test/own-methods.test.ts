/** What methods and getters of a bot's own give, and what is taken of its own by a name that is computed: that of a process. */
import { expect, test } from 'vitest';
import { type Migrated, migrateAll } from './batch.ts';

/** What the bots of these rows put on their client. */
const members = `const { Client } = require('discord.js');
class Music {
  playing() { return this.players.size; }
  get busy() { return this.players.size > 9; }
  get title() { return 'Music of ' + this.owner; }
  titled(id) { return this.names.get(id) ?? 'none'; }
}
class Bot extends Client {
  servers() { return this.guilds.cache.size; }
  isLarge() { return this.guilds.cache.size > 5; }
  get crowded() { return this.guilds.cache.size > 5; }
  async tell(id) { const ch = this.channels.cache.get(id); if (ch) await ch.send('in ' + this.guilds.cache.size); }
  loud() { return this.guilds.cache.size + this.players.size; }
}
const colors = ['red', 'green'];
const client = new Bot({ intents: [] });
const premium = new Map();
client.music = new Music();
Object.defineProperty(client, 'load', { get() { return this.guilds.cache.size; } });
client.howMany = () => client.guilds.cache.size;
client.isBig = () => client.howMany() > 5;
client.premiumOf = (id) => premium.get(id);
client.isLong = (id) => id.length > 3;
client.colorOf = (id) => colors[id.length % colors.length];
client.announce = async (text) => { for (const guild of client.guilds.cache.values()) await guild.leave(text); return client.guilds.cache.size; };
client.util = { count: () => client.guilds.cache.size, busiest: () => client.guilds.cache.first(), plain: (n) => \`\${n} in all\` };
`;

const ignored = (fn: string): string =>
  `module.exports = async (client, id) => { await client.shard.broadcastEval(${fn}, { context: id }); };`;
const taken = (fn: string, use: string): string =>
  `module.exports = async (client, id) => { const r = await client.shard.broadcastEval(${fn}, { context: id }); return ${use}; };`;

const asked = ({ text }: Migrated): string => /request\w+/.exec(text)?.[0] ?? 'left';
const codesOf = ({ sites }: Migrated): string => sites.map(({ message, code }) => `${code} ${message}`).join(' ');
const all = (rows: readonly (readonly [string, ...unknown[]])[]): Promise<readonly Migrated[]> =>
  migrateAll(
    rows.map(([text]) => text),
    { 'members.js': members },
  );

test('what a method of the bot gives is that of its process, where something is done by it', async () => {
  const send = (text: string): string => `(c, id) => { c.channels.cache.get(id)?.send(${text}); }`;
  const rows: readonly (readonly [string, string])[] = [
    [send("'n ' + c.howMany()"), 'client.howMany'],
    [send("'n ' + c.music.playing()"), 'client.music'],
    [send("'n ' + c.fromElsewhere()"), 'client.fromElsewhere'],
    [
      "(c, id) => { const { busy: b } = c.music; c.channels.cache.get(id)?.send(b ? 'busy' : 'idle'); }",
      'client.music',
    ],
    [
      "(c, id) => { const { busy } = c.music; c.channels.cache.get(id)?.send(busy ? 'busy' : 'idle'); }",
      'client.music',
    ],
    [send("c.music.busy ? 'busy' : 'idle'"), 'client.music'],
    [send('c.loud()'), 'client.loud'],
    [send('c.load'), 'client.load'],
    ["(c) => { c.user.setActivity(c.howMany() + ' servers'); }", 'client.howMany'],
    ["(c, id) => { const ch = c.channels.cache.get(id); if (c.isBig()) ch?.send('x'); }", 'client.isBig'],
    ['(c) => { c.util.busiest()?.leave(); }', 'client.util'],
    ["(c) => { c.emit('warn', c.util.count()); }", 'client.util'],
    ["async (c, t) => { const n = await c.announce(t); c.took('did ' + n); }", 'client.announce'],
    ["(c, t) => c.announce(t).then((n) => c.took('did ' + n))", 'client.announce'],
    ["(c) => { c.held.set('n', c.howMany()); }", 'client.held'],
    ["(c) => { const { count } = c.util; c.emit('warn', count()); }", 'client.util'],
  ];
  const found = await all(rows.map(([fn]) => [ignored(fn)]));
  for (const [i, [fn, name]] of rows.entries()) {
    expect([fn, asked(found[i] as Migrated)]).toEqual([fn, 'requestAllShards']);
    expect([fn, codesOf(found[i] as Migrated)]).toContainEqual(expect.stringContaining('DC-P2'));
    expect(codesOf(found[i] as Migrated)).toContain(name);
  }
});

test('what a method of the bot gives is that of its process, where it is given to who searches', async () => {
  const rows: readonly (readonly [string, string])[] = [
    ['(c) => c.isBig()', 'r.some(Boolean)'],
    ['(c) => c.isBig()', 'r.includes(true)'],
    ['(c) => c.isBig()', 'r.find((x) => x)'],
    ["(c) => (c.util.count() >= 9 ? 'full' : null)", 'r.find(Boolean)'],
    ['(c) => c.music.busy', 'r.some(Boolean)'],
  ];
  const found = await all(rows.map(([fn, use]) => [taken(fn, use)]));
  for (const [i, [fn]] of rows.entries())
    expect([fn, codesOf(found[i] as Migrated)]).toContainEqual(expect.stringContaining('DC-P2'));
});

test('what a method does by itself, finds by an id or makes of what it gets is no number of a process', async () => {
  const send = (text: string): string => `(c, id) => { c.channels.cache.get(id)?.send(${text}); }`;
  const rows: readonly string[] = [
    '(c) => c.reload()',
    'async (c) => { await c.reload(); await c.queue.clear(); }',
    '(c) => { c.reload().catch(() => null); }',
    'async (c) => { await Promise.all([c.reload(), c.announce()]); }',
    '(c, id) => { c.players.get(id)?.skip(); }',
    "(c, id) => { if (c.settings.has(id)) c.channels.cache.get(id)?.send('x'); }",
    send('c.settings.get(id)'),
    send('c.premiumOf(id)'),
    send('c.isLong(id)'),
    send('c.colorOf(id)'),
    send('c.util.plain(id)'),
    send('c.music.title'),
    send('c.music.titled(id)'),
    send('c.prefix'),
    '(c, id) => { const busy = c.config; c.channels.cache.get(id)?.send(busy.text); }',
    '(c, id) => { const { table: busy } = c.config; c.channels.cache.get(id)?.send(busy.text); }',
  ];
  const found = await all(rows.map((fn) => [ignored(fn)]));
  for (const [i, fn] of rows.entries())
    expect([fn, asked(found[i] as Migrated), codesOf(found[i] as Migrated)]).toEqual([
      fn,
      'requestAll',
      expect.not.stringContaining('DC-P2'),
    ]);
});

test('a method of the client that sees only its shards is asked per shard, and gives what it gave', async () => {
  const rows: readonly (readonly [string])[] = [
    [ignored('(c, id) => { c.channels.cache.get(id)?.send(c.servers()); }')],
    [ignored('async (c, id) => { await c.tell(id); }')],
    [taken('(c) => c.isLarge()', 'r.some(Boolean)')],
    [taken('(c) => c.isLarge()', 'r.filter(Boolean).length')],
    [taken('(c) => c.servers()', 'r.reduce((a, b) => a + b, 0)')],
  ];
  for (const [i, found] of (await all(rows)).entries())
    expect([rows[i], asked(found), codesOf(found)]).toEqual([
      rows[i],
      'requestAllShards',
      expect.not.stringContaining('DC-P2'),
    ]);
});

test('a path to a getter of the bot is asked of its process, and one that sees only its shard of each', async () => {
  const path = (names: string, use: string): string =>
    `module.exports = async (client) => { const r = await client.shard.fetchClientValues('${names}'); return ${use}; };`;
  const found = await all([
    [path('music.busy', 'r[0] ? 1 : 0')],
    [path('music.title', 'r[0]')],
    [path('crowded', 'r.some(Boolean)')],
  ]);
  expect(found.map(asked)).toEqual(['requestAllShards', 'requestAllShards', 'requestAllShards']);
  expect(found.map((one) => codesOf(one).includes('once per process'))).toEqual([true, false, false]);
});

test('a list of what the bot has is one per process, where lists are laid flat', async () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ['(c) => [...c.reminders.keys()]', true],
    ['(c) => Array.from(c.held, ([k]) => k)', true],
    ['(c) => Object.keys(c.table)', true],
    ['(c) => c.todo.open.map((x) => x)', true],
    ['(c) => [...c.marks]', true],
    ['(c) => { if (c.guilds.cache.size === 0) return []; return [...c.marks]; }', true],
    ['(c) => { const found = [...c.marks]; return found; }', true],
    ['(c) => { const found = []; for (const one of c.marks) found.push(one); return found; }', true],
    ['(c) => c.guilds.cache.map((g) => c.settings.get(g.id))', false],
    ['(c) => [...c.players.values()].map((p) => ({ name: p.guild.name }))', false],
    ['(c) => c.guilds.cache.map((g) => g.id)', false],
  ];
  const found = await all(rows.flatMap(([fn]) => [[taken(fn, 'r.flat()')], [taken(fn, 'r.flat().length')]]));
  for (const [i, [fn, isOwn]] of rows.entries())
    for (const one of found.slice(2 * i, 2 * i + 2))
      expect([fn, codesOf(one).includes('once per process')]).toEqual([fn, isOwn]);
});

test('a member by a name that is computed may be one of the bot', async () => {
  const rows: readonly (readonly [string, string | null])[] = [
    [taken('(c, key) => c[key].size', 'r.reduce((a, b) => a + b, 0)'), 'client[key]'],
    [ignored('(c, [manager, id]) => { c[manager].pay(id, 5); }'), 'client[manager]'],
    [ignored('(c, { name, args }) => c[name](...args)'), 'client[name]'],
    [ignored("(c, lang) => { for (const name of ['reload']) c[name](lang); }"), 'client[name]'],
    [
      taken('(c, key) => { const { [key]: held } = c; return held.size; }', 'r.reduce((a, b) => a + b, 0)'),
      'client[key]',
    ],
    [taken("(c) => { const key = 'guilds'; return c[key].cache.size; }", 'r.reduce((a, b) => a + b, 0)'), null],
    [taken("(c) => c['guilds'].cache.size", 'r.reduce((a, b) => a + b, 0)'), null],
    [taken('(c, id) => c.guilds.cache.get(id)?.[id]', 'r.find(Boolean)'), null],
  ];
  for (const [i, found] of (await all(rows)).entries()) {
    const [text, name] = rows[i] ?? [];
    if (name === null) expect([text, codesOf(found)]).toEqual([text, expect.not.stringContaining('DC-P2')]);
    else expect([text, codesOf(found)]).toEqual([text, expect.stringMatching(/DC-P2/)]);
    if (typeof name === 'string') expect([text, codesOf(found)]).toEqual([text, expect.stringContaining(name)]);
  }
});

test('what is only called sees all of its process, and what is changed is found so by a later run', async () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    [taken('(c) => c.howMany()', 'r'), /The function calls client\.howMany.* sees all/],
    [taken('(c) => { c.mode = 1; return c.howMany(); }', 'r'), /sets, changes or calls .*a later run finds/],
    [taken('(c) => c.settings.delete(1)', 'r'), /sets, changes or calls .*a later run finds/],
    [
      taken("(c) => c['players'].size", 'r.reduce((a, b) => a + b, 0)'),
      /The results hold client\.players.*the sum becomes larger/,
    ],
  ];
  for (const [i, found] of (await all(rows)).entries())
    expect([rows[i]?.[0], codesOf(found)]).toEqual([rows[i]?.[0], expect.stringMatching(rows[i]?.[1] as RegExp)]);
});

test('a member by a name that is no word, in a method of the bot', async () => {
  const more = "client.all = (key) => client['all of ' + key](key);";
  const send = (text: string): string => ignored(`(c, id) => { c.channels.cache.get(id)?.send(${text}); }`);
  const [only] = await migrateAll([send('c.all(id)')], { 'members.js': more });
  expect(only === undefined ? null : asked(only)).toBe('requestAllShards');
});
