/** What speaks against a client wins: where a value comes from, its class, its type, what is written later, its name. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { judge, type Row } from './judged-rows.ts';
import { cjsBot, esmBot, project } from './project.ts';

const uptime = 'broadcastEval((c) => c.uptime)';
const withCall = (text: string): string => text.replaceAll('UP', uptime);

const classes: readonly Row[] = [
  [
    'a class that keeps something else',
    'class Bot { constructor() { this.shard = new Broker(); } }\nconst bot = new Bot();\nf(bot.shard.UP);',
  ],
  [
    'a class that keeps something else, by a name that says nothing',
    'class Bot { constructor() { this.shard = new Broker(); } }\nconst it = new Bot();\nf(it.shard.UP);',
  ],
  [
    'a function that makes objects',
    'function Bot() { this.shard = new Broker(); }\nconst bot = new Bot();\nf(bot.shard.UP);',
  ],
  [
    'a class on top of a client, with a shard of its own',
    'class Sub extends Client { constructor(o) { super(o); this.shard = new Broker(); } }\nconst client = new Sub();\nf(client.shard.UP);',
  ],
  [
    'such a class, of itself',
    'class Sub extends Client { constructor(o) { super(o); this.shard = new Broker(); } f() { const self = this; return self.shard.UP; } }',
  ],
  ['a class that builds on nothing', 'class QueueClient { size() { return 0; } }\nf(new QueueClient().shard.UP);'],
  ['something on the global object', 'global.bot = { shard: new Broker() };\nf(bot.shard.UP);'],
  ['a method of an object', 'const o = { list: [], x() { return this.shard.UP; } };'],
  ['a method of an object, in quotes', "const o = { list: [], x() { return this['shard'].UP; } };"],
  ['a function of an object', 'const o = { list: [], x: function () { return this.shard.UP; } };'],
  ['a method of a prototype', 'Queue.prototype.x = function () { return this.shard.UP; };'],
];

const packages: readonly Row[] = [
  ['what a package gives', "const { client } = require('carrot');\nf(client.shard.UP);"],
  ['what a package gives, right there', "f(require('carrot').client.shard.UP);"],
  ['a package as a client', "const client = require('prom-client');\nf(client.shard.UP);"],
  [
    'what a package gives later',
    "const carrot = require('carrot');\nasync function g() { const client = await carrot.connect(); return client.shard.UP; }",
  ],
  [
    'what a class of a package gives',
    "const { MongoClient } = require('mongodb-x');\nasync function g() { const client = await MongoClient.connect('x'); return client.shard.UP; }",
  ],
  [
    'a member of an object',
    "const carrot = require('carrot');\nconst o = { client: new carrot.Client() };\nf(o.client.shard.UP);",
  ],
  [
    'a function of the file',
    "const carrot = require('carrot');\nfunction getClient() { return new carrot.Client(); }\nf(getClient().shard.UP);",
  ],
  [
    'another name',
    "const carrot = require('carrot');\nconst a = new carrot.Client();\nconst client = a;\nf(client.shard.UP);",
  ],
  [
    'what a function is handed',
    "const carrot = require('carrot');\nfunction run(client) { return client.shard.UP; }\nrun(new carrot.Client());",
  ],
  [
    'a part of what a package makes',
    "const carrot = require('carrot');\nconst { client } = new carrot.Pool();\nf(client.shard.UP);",
  ],
  [
    'a part of a part',
    "const carrot = require('carrot');\nconst { client: { shard } } = new carrot.Pool();\nf(shard.UP);",
  ],
  ['a package that is installed', "const { client } = require('ajv');\nf(client.shard.UP);"],
  [
    'a loop over a part of it',
    "const carrot = require('carrot');\nfor (const client of carrot.clients) f(client.shard.UP);",
  ],
];

const writes: readonly Row[] = [
  ['a variable', 'let it = client;\nit = queues;\nf(it.shard.UP);'],
  ['a parameter', 'f((it) => { it = queues; return it.shard.UP; });'],
  ['a variable called a client', 'let client = makeClient();\nclient = new Queue();\nf(client.shard.UP);'],
  ['a member in quotes', "client['shard'] = new Queue();\nf(client.shard.UP);"],
  [
    'a member of its own, in quotes',
    "class A extends Client { f() { this['shard'] = new Queue(); return this.shard.UP; } }",
  ],
  ['Object.assign', 'Object.assign(client, { shard });\nf(client.shard.UP);'],
  [
    'Object.assign, as what it gives',
    'const client = Object.assign(new Client(), { shard: new Queue() });\nf(client.shard.UP);',
  ],
  ['Object.defineProperty', "Object.defineProperty(client, 'shard', { value: new Queue() });\nf(client.shard.UP);"],
  [
    'Object.defineProperties',
    'Object.defineProperties(client, { shard: { value: new Queue() } });\nf(client.shard.UP);',
  ],
  ['a value if there is none', 'const { shard = new Broker() } = client;\nf(shard.UP);'],
  ['a client if there is none', 'f(({ client: { shard } = rabbit }) => shard.UP);'],
];

const types: readonly Row[] = [
  ['of a package', "/** @param {import('ioredis').Redis} client */\nconst g = (client) => client.shard.UP;"],
  ['of a name', '/** @param {Queue} client */\nconst g = (client) => client.shard.UP;'],
  ['of a variable', '/** @type {Queue} */\nlet client;\nf(client.shard.UP);'],
  ['a list', '/** @param {Map<string, Client>} it */\nconst g = (it) => it.shard.UP;'],
  ['a function', '/** @param {(client: Client) => Queue} it */\nconst g = (it) => it.shard.UP;'],
  ['one of two', '/** @param {Client|Queue} it */\nconst g = (it) => it.shard.UP;'],
  ['two in one', '/** @param {Queue & { client: Client }} it */\nconst g = (it) => it.shard.UP;'],
  ['of clients', '/** @param {Queue<Client>} it */\nconst g = (it) => it.shard.UP;'],
  ['for Discord', '/** @param {DiscordQueue} it */\nconst g = (it) => it.shard.UP;'],
  ["another of discord.js's", "/** @param {import('discord.js').Guild} it */\nconst g = (it) => it.shard.UP;"],
  ["another of discord.js's, by its name", '/** @param {Discord.Guild} it */\nconst g = (it) => it.shard.UP;'],
  ['a part of that name', "/** @param {import('./types').ClientContext} it */\nconst g = (it) => it.shard.UP;"],
  [
    'a callback',
    '/**\n * @callback DiscordDone\n * @param {string} x\n */\n/** @param {DiscordDone} it */\nconst g = (it) => it.shard.UP;',
  ],
  [
    'of a member',
    '/**\n * @param {object} o\n * @param {Queue} o.shard\n * @param {Client} o.client\n */\nconst g = (o) => o.shard.UP;',
  ],
  [
    'of a member that is taken out',
    '/**\n * @param {object} o\n * @param {Queue} o.shard\n * @param {Client} o.client\n */\nconst g = ({ shard, client }) => shard.UP;',
  ],
];

const names: readonly Row[] = [
  ...[
    ...['clientId', 'botDb', 'discordDb', 'telegramBot', 'twitchClient', 'apiClient', 'dbClient', 'wsClient'],
    ...['kafkaJsClient', 'mongodbClient', 'postgresqlClient', 'rabbitMQClient', 'prismaClient', 'memcachedClient'],
    ...['clientQueue', 'clientSocket', 'botQueue', 'PRISMA_CLIENT', 'redisclient'],
  ].map((name): Row => [name, `f((${name}) => ${name}.shard.UP);`]),
  ['a guild by another name', 'f((a, oldGuild) => oldGuild.shard.UP);'],
  ['a guild that is kept', 'f((msg) => { const g = msg.guild; return g.shard.UP; });'],
  ['a guild that is taken out', 'f(({ guild: g }) => g.shard.UP);'],
  ['a guild that is looked up', 'f(client.guilds.cache.get(id).shard.UP);'],
  ['a client of something else', 'f(redis.client.shard.UP);'],
  ['a loop over such', 'for (const { shard } of redis.clients) f(shard.UP);'],
];

const uses: readonly Row[] = [
  ['of another function', 'f((ctx) => ctx.guilds.cache.size);\ng((ctx) => ctx.shard.UP);'],
  [
    'of another class',
    'class A extends X { f() { return this.core.guilds.cache.size; } }\nclass B extends X { f() { return this.core.shard.UP; } }',
  ],
  ['of a shard', 'f((db) => [db.shard.id, db.shard.count, db.shard.UP]);'],
  ['of a request', 'f((req) => [req.user, req.application, req.shard.UP]);'],
  ['of a client of Redis', 'f((cache) => cache.isReady && cache.shard.UP);'],
  ['of what one caller hands over', 'const run = ({ shard, bot }) => shard.UP;\nrun({ shard: new Broker(), bot });'],
  ['of one caller in the file', 'const run = (it) => it.shard.UP;\nrun(client);\nmodule.exports = { run };'],
  ['of one caller of what others import', 'export function run(it) { return it.shard.UP; }\nrun(client);'],
  ['of a list of arguments', 'const run = (a, it) => it.shard.UP;\nrun(...[1, queues], client);'],
];

const ours: readonly Row[] = [
  ['a name that has others in it', 'f((rpgClient) => rpgClient.shard.UP);'],
  [
    'names of clients',
    'f(myBot.shard.UP, BOT.shard.UP, discordjs.shard.UP, main_client.shard.UP, botClient.shard.UP, client2.shard.UP);',
  ],
  [
    'a function of the file',
    "const { Client } = require('discord.js');\nfunction make() { return new Client({}); }\nconst it = make();\nf(it.shard.UP);",
  ],
  [
    'a member of an object',
    "const { Client } = require('discord.js');\nconst o = { it: new Client({}) };\nf(o.it.shard.UP);",
  ],
  ['two clients', 'let it = client;\nit = message.client;\nf(it.shard.UP);'],
  ['a client and nothing', 'let it = null;\nit = message.client;\nf(it.shard.UP);'],
  ['a type that may be missing', '/** @param {?Client} it */\nconst g = (it) => it.shard.UP;'],
  ['a type of two', '/** @param {Client|null} it */\nconst g = (it) => it.shard.UP;'],
  ['a type of discord.js', "/** @param {import('discord.js').Client<true>} it */\nconst g = (it) => it.shard.UP;"],
  ['a type and more', '/** @param {Client & { db: Pool }} it */\nconst g = (it) => it.shard.UP;'],
  ['a type of a member', '/**\n * @param {object} o\n * @param {Client} o.it\n */\nconst g = (o) => o.it.shard.UP;'],
  ['a name in quotes in a pattern', "const { 'shard': s } = client;\nf(s.UP);"],
  ['a framework', "const { container } = require('@sapphire/framework');\nf(container.client.shard.UP);"],
  ['a function put on a client', 'client.ask = function () { return this.shard.UP; };'],
  ["a method of a client's prototype", 'Client.prototype.ask = function () { return this.shard.UP; };'],
  [
    'a class on top of a client',
    'class Bot extends Client { constructor() { super(); this.db = new Pool(); } }\nconst it = new Bot();\nf(it.shard.UP);',
  ],
];

describe.each([
  ['a class', classes, 'left'],
  ['a package', packages, 'left'],
  ['a later value', writes, 'left'],
  ['a type', types, 'left'],
  ['a name', names, 'left'],
  ['a use', uses, 'left'],
  ['nothing', ours, 'rewritten'],
] as const)('%s speaks against it', (_name, rows, says) => {
  judge(rows, says, { withCall });
});

async function outcomesIn(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const texts = Object.entries(files).map(([path, text]) => [path, `${withCall(text)}\n`] as const);
  const report = await migrate({ paths: ['.'], cwd: project({ ...Object.fromEntries(texts) }) });
  const calls = report.sites.filter(({ method }) => method === 'broadcastEval');
  return Object.fromEntries(calls.map(({ file, outcome, code }) => [file, code ?? outcome]));
}

test('another file of the bot says whose it is', async () => {
  const lib = {
    'lib/bot.js': 'module.exports = class Bot { constructor() { this.shard = new Broker(); } };',
    'lib/sub.js':
      "const { Client } = require('discord.js');\nmodule.exports = class Sub extends Client { constructor(o) { super(o); this.shard = new Broker(); } };",
    'lib/got.js':
      "const { Client } = require('discord.js');\nmodule.exports = class Sub extends Client { get shard() { return queue; } };",
    'lib/redis.js': "const carrot = require('carrot');\nmodule.exports = new carrot.Client();",
    'lib/rabbit.js': "const carrot = require('carrot');\nmodule.exports = { client: new carrot.Client() };",
    'lib/named.mjs': "import carrot from 'carrot';\nexport const client = new carrot.Client();\nexport default client;",
    'lib/pool.js': "const { Pool } = require('carrot');\nconst client = new Pool();\nmodule.exports = client;",
    'lib/own.js': 'module.exports = { bot: { shard: new Broker() } };',
    'lib/twice.js': 'exports.it = makeClient();\nexports.it = makeQueue();',
    'lib/pair.js':
      "const { Client } = require('discord.js');\nclass Queue {}\nclass Own extends Client {}\nmodule.exports = Queue;\nmodule.exports.default = Own;",
    'lib/list.mjs':
      "import { Client } from 'discord.js';\nclass Two extends Client {}\nexport { Two as It };\nexport default new Two({});",
  };
  const asking = {
    'bot-class.js': "const Bot = require('./lib/bot');\nconst bot = new Bot();\nf(bot.shard.UP);",
    'sub.js': "const Sub = require('./lib/sub');\nconst client = new Sub();\nf(client.shard.UP);",
    'got.js': "const Sub = require('./lib/got');\nconst client = new Sub();\nf(client.shard.UP);",
    'redis.js': "const client = require('./lib/redis');\nf(client.shard.UP);",
    'rabbit.js': "const { client } = require('./lib/rabbit');\nf(client.shard.UP);",
    'rabbit2.js': "const client = require('./lib/rabbit').client;\nf(client.shard.UP);",
    'named.mjs': "import { client } from './lib/named.mjs';\nf(client.shard.UP);",
    'default.mjs': "import client from './lib/named.mjs';\nf(client.shard.UP);",
    'pool.js': "const client = require('./lib/pool');\nf(client.shard.UP);",
    'own.js': "const { bot } = require('./lib/own');\nf(bot.shard.UP);",
    'twice.js': "const { it } = require('./lib/twice');\nf(it.shard.UP);",
    'pair.js': "f(new (require('./lib/pair'))().shard.UP);",
    'listed.mjs': "import { It } from './lib/list.mjs';\nconst it = new It({});\nf(it.shard.UP);",
    'space.mjs': "import * as x from './lib/list.mjs';\nf(x.default.shard.UP);",
  };
  const left = Object.keys(asking).filter((path) => !/^(?:listed|space)/.test(path));
  expect(await outcomesIn({ ...(cjsBot as Record<string, string>), ...lib, ...asking })).toEqual({
    ...Object.fromEntries(left.map((path) => [path, 'DC-S3'])),
    'listed.mjs': 'rewritten',
    'space.mjs': 'rewritten',
  });
});

test('modules of packages say it, too', async () => {
  const asking = {
    'a.js': "import client from 'carrot';\nf(client.shard.UP);",
    'b.ts': "import { connect } from 'carrot';\nconst client = await connect();\nf(client.shard.UP);",
    'c.ts': "import type { Redis } from 'carrot';\nexport const g = (client: Redis) => client.shard.UP;",
    'd.ts': "import type { Client } from 'carrot';\nexport const g = (it: Client) => it.shard.UP;",
    'e.ts':
      "import type { Queue } from './queue.js';\nexport class A { constructor(private client: Queue) {} g() { return this.client.shard.UP; } }",
  };
  expect(await outcomesIn({ ...(esmBot as Record<string, string>), ...asking })).toEqual({
    'a.js': 'DC-S3',
    'b.ts': 'DC-S3',
    'c.ts': 'DC-S3',
    'd.ts': 'DC-S3',
    'e.ts': 'DC-S3',
  });
});

test('a folder that the bot has another word for is no package', async () => {
  const asking = {
    'run.ts': "import { Bot } from '@lib/bot.js';\nconst client = new Bot();\nf(client.shard.UP);",
    'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "paths": { "@lib/*": ["./lib/*"] } } }',
  };
  // Its handlers file is JavaScript, and the function has no types.
  expect(await outcomesIn({ ...(esmBot as Record<string, string>), ...asking })).toEqual({ 'run.ts': 'rewritten' });
});
