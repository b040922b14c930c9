/** What methods and getters of a bot's own give, and what is taken of its own by a name that is computed: that of a process. */
import { beforeAll, describe, expect, test } from 'vitest';
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

const send = (text: string): string => `(c, id) => { c.channels.cache.get(id)?.send(${text}); }`;

interface Table<Row> {
  readonly rows: readonly Row[];
  /** The file with the call of a row. */
  readonly text: (row: Row) => string;
  readonly check: (found: Migrated, row: Row) => void;
}

/** Declares a test for each row; all of them are files of one bot. */
function each<Row extends readonly [string, ...unknown[]]>(title: string, { rows, text, check }: Table<Row>): void {
  describe(title, () => {
    let found: readonly Migrated[] = [];
    beforeAll(async () => {
      found = await migrateAll(rows.map(text), { 'members.js': members });
    });

    test.each(rows.map((row, i) => [row[0], row, i] as const))('%s', (_title, row, i) => {
      check(found[i] as Migrated, row);
    });
  });
}

each<readonly [string, string]>(
  'what a method of the bot gives is that of its process, where something is done by it',
  {
    rows: [
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
    ],
    text: ([fn]) => ignored(fn),
    check: (found, [, name]) => {
      expect(asked(found)).toBe('requestAllShards');
      expect(codesOf(found)).toContain('DC-P2');
      expect(codesOf(found)).toContain(name);
    },
  },
);

each<readonly [string, string]>(
  'what a method of the bot gives is that of its process, where it is given to who searches',
  {
    rows: [
      ['(c) => c.isBig()', 'r.some(Boolean)'],
      ['(c) => c.isBig()', 'r.includes(true)'],
      ['(c) => c.isBig()', 'r.find((x) => x)'],
      ["(c) => (c.util.count() >= 9 ? 'full' : null)", 'r.find(Boolean)'],
      ['(c) => c.music.busy', 'r.some(Boolean)'],
    ],
    text: ([fn, use]) => taken(fn, use),
    check: (found) => {
      expect(codesOf(found)).toContain('DC-P2');
    },
  },
);

each<readonly [string]>(
  'what a method does by itself, finds by an id or makes of what it gets is no number of a process',
  {
    rows: [
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
    ].map((fn) => [fn] as const),
    text: ([fn]) => ignored(fn),
    check: (found) => {
      expect(asked(found)).toBe('requestAll');
      expect(codesOf(found)).not.toContain('DC-P2');
    },
  },
);

each<readonly [string]>('a method of the client that sees only its shards is asked per shard, and gives what it gave', {
  rows: [
    [ignored('(c, id) => { c.channels.cache.get(id)?.send(c.servers()); }')],
    [ignored('async (c, id) => { await c.tell(id); }')],
    [taken('(c) => c.isLarge()', 'r.some(Boolean)')],
    [taken('(c) => c.isLarge()', 'r.filter(Boolean).length')],
    [taken('(c) => c.servers()', 'r.reduce((a, b) => a + b, 0)')],
  ],
  text: ([text]) => text,
  check: (found) => {
    expect(asked(found)).toBe('requestAllShards');
    expect(codesOf(found)).not.toContain('DC-P2');
  },
});

test('a path to a getter of the bot is asked of its process, and one that sees only its shard of each', async () => {
  const path = (names: string, use: string): string =>
    `module.exports = async (client) => { const r = await client.shard.fetchClientValues('${names}'); return ${use}; };`;
  const found = await migrateAll(
    [path('music.busy', 'r[0] ? 1 : 0'), path('music.title', 'r[0]'), path('crowded', 'r.some(Boolean)')],
    { 'members.js': members },
  );
  expect(found.map(asked)).toEqual(['requestAllShards', 'requestAllShards', 'requestAllShards']);
  expect(found.map((one) => codesOf(one).includes('once per process'))).toEqual([true, false, false]);
});

each<readonly [string, boolean, string]>('a list of what the bot has is one per process, where lists are laid flat', {
  rows: (
    [
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
    ] as const
  ).flatMap(([fn, isOwn]) => ['r.flat()', 'r.flat().length'].map((use) => [fn, isOwn, use] as const)),
  text: ([fn, , use]) => taken(fn, use),
  check: (found, [, isOwn]) => {
    expect(codesOf(found).includes('once per process')).toBe(isOwn);
  },
});

each<readonly [string, string | null]>('a member by a name that is computed may be one of the bot', {
  rows: [
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
  ],
  text: ([text]) => text,
  check: (found, [, name]) => {
    if (name === null) expect(codesOf(found)).not.toContain('DC-P2');
    else expect(codesOf(found)).toMatch(new RegExp(`DC-P2.*${name.replace(/[[\]]/g, '\\$&')}`));
  },
});

each<readonly [string, RegExp]>(
  'what is only called sees all of its process, and what is changed is found so by a later run',
  {
    rows: [
      [taken('(c) => c.howMany()', 'r'), /The function calls client\.howMany.* sees all/],
      [
        taken('(c) => c.settings.delete(1)', 'r'),
        /calls client\.settings \([^)]*settings\.delete\), which lives .*; requestAll would run it once\./,
      ],
      [taken('(c) => { c.mode = 1; return c.howMany(); }', 'r'), /sets, changes or calls .*a later run finds/],
      [taken('(c) => c.settings.delete(1)', 'r'), /sets, changes or calls .*a later run finds/],
      [
        taken("(c) => c['players'].size", 'r.reduce((a, b) => a + b, 0)'),
        /The results hold client\.players.*the sum becomes larger/,
      ],
    ],
    text: ([text]) => text,
    check: (found, [, told]) => {
      expect(codesOf(found)).toMatch(told);
    },
  },
);

test('a method of the bot that calls a member by a name that is no word is asked per shard', async () => {
  const more = "client.all = (key) => client['all of ' + key](key);";
  const [only] = await migrateAll([ignored(send('c.all(id)'))], { 'members.js': more });
  expect(only === undefined ? null : asked(only)).toBe('requestAllShards');
});
