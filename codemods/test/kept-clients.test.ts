/** Whose `shard` it is of what is kept somewhere: in a list, a map, a container, or in a file that is imported on the way. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { judge, type Row } from './judged-rows.ts';
import { cjsBot, project } from './project.ts';

const withCall = (text: string): string => text.replaceAll('UP', 'broadcastEval((c) => c.guilds.cache.size)');

const discord = "const Discord = require('discord.js');\nconst { Client } = Discord;\n";
const carrot = "const { Client, Broker } = require('carrot');\n";

const containers: readonly Row[] = [
  ['a setting of a server', "f((req) => req.app.get('client').shard.UP);"],
  ['a setting of an application', "f((app) => app.get('client').shard.UP);"],
  ['a setting that is kept', "f((app) => { const it = app.get('client'); return it.shard.UP; });"],
  ['a setting whose shard is taken out', "f((app) => { const { shard } = app.get('client'); return shard.UP; });"],
  ['a setting that is put there', "f((app) => { app.set('it', client); return app.get('it').shard.UP; });"],
  ['a container', "f((container) => container.resolve('discordClient').shard.UP);"],
  ['a container of a class', `${discord}f((container) => container.get(Client).shard.UP);`],
  ['a container of a class in a namespace', `${discord}f((container) => container.resolve(Discord.Client).shard.UP);`],
  [
    'a container of a package',
    `${discord}const { container } = require('carrot');\nf(container.resolve(Client).shard.UP);`,
  ],
  [
    'a container of a class of the bot',
    `${discord}class Core extends Client {}\nf((it) => it.services.get(Core).shard.UP);`,
  ],
  ['a constant as the key', "const KEY = 'client';\nf((it) => it.services.get(KEY).shard.UP);"],
  [
    'a symbol as the key',
    "const TYPES = { Client: Symbol.for('Client') };\nf((it) => it.services.get(TYPES.Client).shard.UP);",
  ],
];

const lists: readonly Row[] = [
  ['one of a list', 'f((clients) => clients[0].shard.UP);'],
  ['one of a list of a member', 'f((it, i) => it.app.bots[i].shard.UP);'],
  ['one by its key', "f((clients, id) => [clients.get('x').shard.UP, clients.get(id).shard.UP]);"],
  ['the first one', 'f((it) => it.app.clients.first().shard.UP);'],
  ['one that is found', 'f((it) => it.app.bots.find((one) => one.main).shard.UP);'],
  ['one of all values', 'for (const it of app.clients.values()) f(it.shard.UP);'],
  ['what a list is written with', `${discord}const list = [new Client({})];\nf(list[0].shard.UP);`],
  ['what is put into a list', `${discord}const list = [];\nlist.push(new Client({}));\nf((i) => list[i].shard.UP);`],
  ['what is put into a map', `${discord}const all = new Map();\nall.set(1, new Client({}));\nf(all.get(1).shard.UP);`],
  [
    'what is put into a list of the class',
    `${discord}class A { list = []; add() { this.list.push(new Client({})); } f() { return this.list[0].shard.UP; } }`,
  ],
  ['what a map is made with', `${discord}const all = new Map([[1, new Client({})]]);\nf(all.get(1).shard.UP);`],
  ['what a list is made by', `${discord}const all = tokens.map(() => new Client({}));\nf(all[0].shard.UP);`],
  [
    'what anything puts into a list of clients',
    'const clients = [];\nconst add = (it) => clients.push(it);\nf(clients[0].shard.UP);',
  ],
  [
    'one of a list that every client is put into',
    'class A { clients = new Map(); add(id, one) { this.clients.set(id, one); } f(id) { return this.clients.get(id).shard.UP; } }',
  ],
  ['each of a list', 'f((it) => it.app.bots.map((one) => one.shard.broadcastEval((c) => c.uptime)));'],
  [
    'the first of a list that is taken apart',
    'f((bots) => { const [it] = bots; return it.shard.broadcastEval((c) => c.uptime); });',
  ],
  [
    'a loop over a map of clients',
    'f((bots) => { for (const [id, it] of bots) f(id, it.shard.broadcastEval((c) => c.uptime)); });',
  ],
  ['what a promise gives', 'f((client) => client.login().then((it) => it.shard.UP));'],
  ['a collection', `${discord}const clients = new Discord.Collection();\nf(clients.get(1).shard.UP);`],
];

const others: readonly Row[] = [
  ['another setting', "f((app) => app.get('queue').shard.UP);"],
  ['another setting that is kept', "f((app) => { const it = app.get('queue'); return it.shard.UP; });"],
  [
    'another setting that is waited for',
    "f(async (app) => { const it = await app.get('queue'); return it.shard.UP; });",
  ],
  [
    'a setting that something else is put under',
    "f((app) => { app.set('client', new Queue()); return app.get('client').shard.UP; });",
  ],
  ['an entry of a cache', "f((cache) => cache.get('client:1').shard.UP);"],
  ['an entry of a cache, by the name alone', "f((cache) => cache.get('client').shard.UP);"],
  ['an entry of Redis', "f((redis) => redis.get('bot').shard.UP);"],
  ['an entry of Redis that is kept', "f((redis) => { const it = redis.get('bot'); return it.shard.UP; });"],
  ['a package', "const app = require('carrot');\nf(app.get('client').shard.UP);"],
  ['a class of another package', `${carrot}f((container) => container.get(Broker).shard.UP);`],
  ['a client of another package', `${carrot}f((container) => container.get(Client).shard.UP);`],
  ['a class of the bot', 'class Bot { shard = new Queue(); }\nf((container) => container.get(Bot).shard.UP);'],
  [
    'another class of discord.js',
    "const { GuildManager } = require('discord.js');\nf((it) => it.services.get(GuildManager).shard.UP);",
  ],
  ['what belongs to a client', 'f((queues, client) => queues.get(client).shard.UP);'],
  [
    'what belongs to a client, anywhere',
    `${discord}const BOT = new Client({});\nf((it) => it.services.get(BOT).shard.UP);`,
  ],
  ['what belongs to clients as such', `${discord}f((queues) => queues.get(Client).shard.UP);`],
  ['a queue by such a name', "f((queues) => queues.get('client').shard.UP);"],
  [
    'a method of the bot',
    "class Store { get(name) { return queues[name]; } }\nconst store = new Store();\nf(store.get('client').shard.UP);",
  ],
  ['a client among those of other services', "f((clients) => clients.get('redis').shard.UP);"],
  ['a list of something else', 'f((kafka) => kafka.clients[0].shard.UP);'],
  ['a map of something else', "f((redis) => redis.clients.get('bot').shard.UP);"],
  ['a list of clients of something else', 'f((it) => it.app.redisClients[0].shard.UP);'],
  ['a list of a package', "const it = require('carrot');\nf(it.clients[0].shard.UP);"],
  ['pools', 'f((pools) => pools[0].shard.UP);'],
  ['one of pools that is kept', 'f((pools) => { const it = pools[0]; return it.shard.UP; });'],
  ['a member by any name', 'f((client, name) => client[name].shard.UP);'],
  ['a list that is written with something else', `${carrot}const clients = [new Client()];\nf(clients[0].shard.UP);`],
  [
    'a list that something else is put into',
    `${carrot}const clients = [];\nclients.push(new Broker());\nf(clients[0].shard.UP);`,
  ],
  [
    'a list that such a thing is put into as well',
    `${carrot}const clients = [client];\nclients[1] = new Broker();\nf(clients[0].shard.UP);`,
  ],
  [
    'a map that something else is put into',
    `${carrot}const clients = new Map();\nclients.set(1, new Client());\nf(clients.get(1).shard.UP);`,
  ],
  [
    'a map that is made with something else',
    `${carrot}const clients = new Map([[1, new Client()]]);\nf(clients.get(1).shard.UP);`,
  ],
  [
    'a list that is made of something else',
    `${carrot}const clients = tokens.map((t) => new Client(t));\nf(clients[0].shard.UP);`,
  ],
  ['a list that queues are put into', 'const clients = [];\nclients.push(new Queue());\nf(clients[0].shard.UP);'],
  ['a loop over what is something else', `${carrot}for (const client of [new Client()]) f(client.shard.UP);`],
  ['each of a list of something else', 'f((kafka) => kafka.clients.map((client) => client.shard.UP));'],
  ['each of a list of a package', "const it = require('carrot');\nit.clients.forEach((client) => f(client.shard.UP));"],
  ['what a promise of something else gives', 'f((redis) => redis.connect().then((client) => client.shard.UP));'],
  [
    'what a promise of a package gives',
    "const it = require('carrot');\nf(it.connect().then((client) => client.shard.UP));",
  ],
  ['each of some queues', 'f((queues) => queues.map((one) => one.shard.UP));'],
  ['the first of some pools', 'f((pools) => { const [it] = pools; return it.shard.UP; });'],
  [
    'the first of a list of a package',
    "const it = require('carrot');\nconst [client] = it.clients;\nf(client.shard.UP);",
  ],
  [
    'a loop over a map of a package',
    "const it = require('carrot');\nfor (const [id, client] of it.clients) f(client.shard.UP);",
  ],
  ['a loop over queues', 'f((queues) => { for (const one of queues) f(one.shard.UP); });'],
];

describe.each([
  ['a container', containers, 'rewritten'],
  ['a list', lists, 'rewritten'],
  ['something else', others, 'left'],
] as const)('what %s gives is judged by what it is', (_name, rows, says) => {
  judge(rows, says, { withCall });
});

test('another file says what is in it', async () => {
  const lib = {
    'lib/bot.js': "const { Client } = require('discord.js');\nmodule.exports = new Client({});",
    'lib/bot.mjs': "import { Client } from 'discord.js';\nexport default new Client({});",
    'lib/named.js': "const { Client } = require('discord.js');\nexports.it = new Client({});",
    'lib/lists.js':
      "const { Client } = require('discord.js');\nconst all = [];\nall.push(new Client({}));\nmodule.exports = { all };",
    'lib/maps.js':
      "const { Client } = require('carrot');\nconst clients = new Map();\nclients.set(1, new Client());\nmodule.exports = { clients };",
    'lib/collections.js':
      "const { Client } = require('carrot');\nconst { Collection } = require('discord.js');\nconst clients = new Collection();\nclients.set(1, new Client());\nmodule.exports = { clients };",
    'lib/store.js':
      "const { Client } = require('carrot');\nclass Store {\n  clients = new Map();\n  add() { this.clients.set(1, new Client()); }\n}\nmodule.exports = new Store();",
    'lib/store2.js':
      "const { Client } = require('carrot');\nclass Store {\n  constructor() { this.clients = new Map(); }\n  add() { this.clients.set(1, new Client()); }\n}\nmodule.exports = new Store();",
    'lib/broker.js': "const { Client } = require('carrot');\nmodule.exports = new Client();",
    'lib/pool.mjs': "import { Client } from 'carrot';\nexport default new Client();",
  };
  const ours = {
    'whole.js': "f(async () => (await import('./lib/bot.js')).default.shard.UP);",
    'taken.js': "f(async () => { const { default: it } = await import('./lib/bot.js'); return it.shard.UP; });",
    'space.js': "f(async () => { const it = await import('./lib/bot.js'); return it.default.shard.UP; });",
    'module.js': "f(async () => (await import('./lib/bot.mjs')).default.shard.UP);",
    'named.js': "f(async () => (await import('./lib/named.js')).it.shard.UP);",
    'gone.js': "f(async () => (await import('./lib/client.js')).default.shard.UP);",
    'then.js': "f(import('./lib/bot.js').then((m) => m.default.shard.UP));",
    'lists.js': "const { all } = require('./lib/lists');\nf(all[0].shard.UP);",
  };
  const others = {
    'broker.js': "f(async () => (await import('./lib/broker.js')).default.shard.UP);",
    'broker2.js':
      "f(async () => { const { default: client } = await import('./lib/broker.js'); return client.shard.UP; });",
    'pool.js':
      "f(async () => { const { default: client } = await import('./lib/pool.mjs'); return client.shard.UP; });",
    'then2.js': "f(import('./lib/broker.js').then(({ default: client }) => client.shard.UP));",
    'maps.js': "const { clients } = require('./lib/maps');\nf(clients.get(1).shard.UP);",
    'collections.js': "const { clients } = require('./lib/collections');\nf(clients.get(1).shard.UP);",
    'store.js': "const store = require('./lib/store');\nf(store.clients.get(1).shard.UP);",
    'store2.js': "const store = require('./lib/store2');\nf(store.clients.get(1).shard.UP);",
    'bare.js': "f(async () => { const client = await import('./lib/bot.js'); return client.shard.UP; });",
    'package.js': "f(async () => { const { default: client } = await import('carrot'); return client.shard.UP; });",
  };
  const files = Object.entries({ ...lib, ...ours, ...others }).map(([path, text]) => [path, `${withCall(text)}\n`]);
  const report = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, ...Object.fromEntries(files) }) });
  const calls = report.sites.filter(({ method }) => method === 'broadcastEval');
  expect(Object.fromEntries(calls.map(({ file, outcome, code }) => [file, code ?? outcome]))).toEqual({
    ...Object.fromEntries(Object.keys(ours).map((path) => [path, 'rewritten'])),
    ...Object.fromEntries(Object.keys(others).map((path) => [path, 'DC-S3'])),
  });
});
