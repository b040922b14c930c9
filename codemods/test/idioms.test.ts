/** `--idioms`: broadcasts that become methods of the cluster, and those that must not. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

async function rewrite(body: string, path = 'x.js') {
  const root = project({ ...(path.endsWith('.ts') ? tsBot : cjsBot), [path]: `${body}\n` });
  const report = await migrate({ paths: ['.'], cwd: root, idioms: true });
  const after = read(root);
  const sites = report.sites.filter((one) => one.file === path);
  return { text: after[path] ?? '', handlers: after['cluster-handlers.js'] ?? after['src/cluster-handlers.ts'], sites };
}

const add = '(a, b) => a + b';
const sizes = "client.shard.fetchClientValues('guilds.cache.size')";
const count = 'client.cluster.guilds.count()';

const counts: readonly (readonly [title: string, before: string, after: string])[] = [
  ['awaited', `const n = (await ${sizes}).reduce(${add}, 0);`, `const n = await ${count};`],
  [
    'with a function',
    `const n = (await client.shard.broadcastEval((c) => c.guilds.cache.size)).reduce(${add}, 0);`,
    `const n = await ${count};`,
  ],
  [
    'of which more is read',
    `f((await ${sizes}).reduce(${add}, 0).toLocaleString());`,
    `f((await ${count}).toLocaleString());`,
  ],
  ['in then', `${sizes}.then((all) => all.reduce(${add}, 0));`, `${count};`],
  [
    'in a longer then',
    `${sizes}.then((all) => { const n = all.reduce(${add}, 0); f(n); });`,
    `${count}.then((all) => { const n = all; f(n); });`,
  ],
  [
    'of a variable',
    `const all = await ${sizes};\nf(all.reduce(${add}, 0), all.reduce(${add}));`,
    `const all = await ${count};\nf(all, all);`,
  ],
  [
    'of an entry of Promise.all',
    `const [g, p] = await Promise.all([${sizes}, other()]);\nf(g.reduce(${add}, 0), p);`,
    `const [g, p] = await Promise.all([${count}, other()]);\nf(g, p);`,
  ],
  [
    'of a numbered entry of Promise.all',
    `Promise.all([other(), ${sizes}]).then((all) => f(all[0], all[1].reduce(${add}, 0)));`,
    `Promise.all([other(), ${count}]).then((all) => f(all[0], all[1]));`,
  ],
  [
    'over lines',
    `client.shard\n  .fetchClientValues('guilds.cache.size')\n  .then((all) => f(all.reduce(${add}, 0)));`,
    'client.cluster\n  .guilds.count()\n  .then((all) => f(all));',
  ],
];

describe('a sum of guilds', () => {
  test.each(counts)('%s is guilds.count()', async (_title, before, after) => {
    const { text, handlers, sites } = await rewrite(before);
    expect(text).toBe(`${after}\n`);
    expect(handlers).toBeUndefined();
    expect(sites).toMatchObject([{ outcome: 'rewritten', handler: null, message: 'Calls cluster.guilds.count().' }]);
  });

  test.each([
    ['the numbers are read as well', `const all = await ${sizes};\nf(all.reduce(${add}, 0), all.length);`],
    ['it is no sum', `const n = (await ${sizes}).reduce((a, b) => Math.max(a, b), 0);`],
    ['it starts elsewhere', `const n = (await ${sizes}).reduce(${add}, 5);`],
    [
      'other things are counted',
      `const n = (await client.shard.fetchClientValues('channels.cache.size')).reduce(${add}, 0);`,
    ],
    [
      'one shard is asked',
      `const n = (await client.shard.fetchClientValues('guilds.cache.size', 1)).reduce(${add}, 0);`,
    ],
    ['the variable can change', `let all = await ${sizes};\nf(all.reduce(${add}, 0));`],
    ['the list is handed on', `Promise.all([${sizes}]).then((all) => f(all, all[0].reduce(${add}, 0)));`],
    [
      'the receiver may be missing',
      `const n = (await client.shard?.fetchClientValues('guilds.cache.size'))?.reduce(${add}, 0);`,
    ],
  ])('stays a request when %s', async (_title, before) => {
    const { text } = await rewrite(before);
    expect(text).not.toContain('guilds.count()');
    expect(text).toContain('.ipc.request');
  });

  test('stays a request of the manager, whose calls go through ipc', async () => {
    const { text } = await rewrite(
      `const { ShardingManager } = require('discord.js');\nconst m = new ShardingManager('./bot.js');\nm.fetchClientValues('guilds.cache.size').then((all) => f(all.reduce(${add}, 0)));`,
    );
    expect(text).toContain("m.ipc.requestAll('guildsCacheSize')");
  });

  test('is checked by types, and a cast goes with the array', async () => {
    const { text, sites } = await rewrite(
      `import type { Client } from 'discord.js';\nexport const f = async (client: Client): Promise<number> => {\n  const all = (await client.shard!.fetchClientValues('guilds.cache.size')) as number[];\n  return all.reduce((a, b) => a + b, 0);\n};`,
      'src/x.ts',
    );
    expect(text).toContain('const all = await client.cluster.guilds.count();\n  return all;');
    expect(sites).toMatchObject([{ outcome: 'rewritten' }]);
  });
});

const lookup = '(c, { id }) => c.guilds.cache.get(id)';

describe('a search for a guild', () => {
  const found = (id: string, use: string): string =>
    `const guild = (await client.shard.broadcastEval(${lookup}, { context: { id: ${id} } })).find(Boolean);\n${use}`;

  test.each([['f(guild?.name, guild.memberCount);'], ['if (!guild) f();'], ['f(guild ? guild.id : 0);']])(
    'is guilds.fetch(id) where only shared facts are read: %s',
    async (use) => {
      const { text, handlers } = await rewrite(found('message.guild.id', use));
      expect(text).toBe(`const guild = await client.cluster.guilds.fetch(message.guild.id);\n${use}\n`);
      expect(handlers).toBeUndefined();
    },
  );

  // Outside of guilds `guildId` is null, which is no guild to a cache and an error to fetch.
  const inFunction = (before: string, around = (body: string) => body): string =>
    `module.exports = async (it) => {\n${around(`${before}${found('it.guildId', 'f(guild.name);')}`)}\n};`;

  test.each([
    ['!it.guild', inFunction('if (!it.guild) return;\n')],
    ['!it.inGuild()', inFunction('if (!it.inGuild() || it.user.bot) {\n  return it.reply(1);\n}\n')],
    ['!it.guildId', inFunction("if (!it.guildId) throw new Error('no');\n")],
    ['it.inCachedGuild()', inFunction('', (body) => `if (it.inCachedGuild() && ready) {\n${body}\n}`)],
  ])('is guilds.fetch(it.guildId) where %s has been tested', async (_title, before) => {
    expect((await rewrite(before)).text).toContain('await client.cluster.guilds.fetch(it.guildId);');
  });

  test.each([
    ['another field is read', found('message.guild.id', 'f(guild.roles);')],
    ['the guild is handed on', found('message.guild.id', 'f(guild);')],
    ['undefined is told from null', found('message.guild.id', 'f(guild === undefined);')],
    ['the id may be anything', found('args[0]', 'f(guild.name);')],
    ['the id may be missing', found('message.guildId', 'f(guild.name);')],
    ['the id may be missing in a chain', found('message.guild?.id', 'f(guild.name);')],
    ['something else has been tested', inFunction('if (!other.guild) return;\n')],
    ['a test does not leave', inFunction('if (!it.guild) log(it);\n')],
    [
      'the function does more',
      'const guild = (await client.shard.broadcastEval((c, { id }) => { log(id); return c.guilds.cache.get(id); }, { context: { id: m.guild.id } })).find(Boolean);\nf(guild.name);',
    ],
  ])('stays as it is when %s', async (_title, before) => {
    expect((await rewrite(before)).text).not.toContain('guilds.fetch');
  });
});

const sends: readonly (readonly [title: string, fn: string])[] = [
  ['an optional send', '(c, { id, text }) => c.channels.cache.get(id)?.send(text)'],
  [
    'a guarded send',
    '(c, { id, text }) => { const channel = c.channels.cache.get(id); if (channel) channel.send(text); }',
  ],
  [
    'a guarded send in braces',
    'async (c, { id, text }) => { const channel = c.channels.cache.get(id); if (channel) { await channel.send(text); } }',
  ],
  [
    'a variable and an optional send',
    '(c, { id, text }) => { const it = c.channels.cache.get(id); return it?.send(text); }',
  ],
];

describe('a send to one channel', () => {
  const call = (fn: string, context = '{ id: log.id, text: hello }'): string =>
    `client.shard.broadcastEval(${fn}, { context: ${context} });`;

  test.each(sends)('%s is channels.send(id, message), with a note', async (_title, fn) => {
    const { text, sites, handlers } = await rewrite(call(fn));
    expect(text).toBe('client.cluster.channels.send(log.id, hello);\n');
    expect(handlers).toBeUndefined();
    expect(sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-W5' }]);
  });

  test('its message may be made there from the data', async () => {
    const { text } = await rewrite(
      call("(c, data) => c.channels.cache.get(data.id)?.send({ content: 'Hi', embeds: [data.text] })", '{ id, text }'),
    );
    expect(text).toBe("client.cluster.channels.send(id, { content: 'Hi', embeds: [text] });\n");
  });

  test.each([
    [
      'the result is read',
      `f(await ${call('(c, { id, text }) => c.channels.cache.get(id)?.send(text)').replace(';', ');')}`,
    ],
    ['a missing channel is an error today', call('(c, { id, text }) => c.channels.cache.get(id).send(text)')],
    ['more happens', call('(c, { id, text }) => { c.emit(id); c.channels.cache.get(id)?.send(text); }')],
    ['the message is made of the far client', call('(c, { id }) => c.channels.cache.get(id)?.send(c.user.tag)')],
    ['the message is made of several parts', call("(c, { id, text }) => c.channels.cache.get(id)?.send('a' + text)")],
    [
      'something else happens where there is no channel',
      call('(c, { id, text }) => { const x = c.channels.cache.get(id); if (x) x.send(text); else c.emit(id); }'),
    ],
    [
      'a value would be made twice',
      call('(c, { id, text }) => c.channels.cache.get(id)?.send([text, text])', '{ id, text: make() }'),
    ],
  ])('stays a handler when %s', async (_title, before) => {
    expect((await rewrite(before)).text).not.toContain('channels.send');
  });
});
