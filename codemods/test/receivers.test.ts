/** Whose call it is: objects of the bot's own that are named like discord.js's, and values that change. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Migrated, migrateAll } from './batch.ts';

interface Row {
  readonly title: string;
  readonly before: string;
  /** Left out where not one byte may change. */
  readonly after?: string;
  /** What the report says of the last call: the outcome, or the code that left it. */
  readonly says: string;
}

const left = (says: string, title: string, before: string): Row => ({ title, before, says });
const rewritten = (title: string, before: string, after: string): Row => ({ title, before, after, says: 'rewritten' });

const ask = 'broadcastEval((c) => c.ws.ping)';
const asked = "ipc.requestAllShards('wsPing').valuesOrThrow()";
const manager = "const { ShardingManager } = require('discord.js');\n";
const moved = "const { ShardingManager } = require('shardlift/compat');\n";
const built = "const manager = new ShardingManager('./bot.js', { hybrid: { handlers: './cluster-handlers.js' } });\n";

const shards: readonly Row[] = [
  left(
    'DC-S3',
    'a field set to something of another library',
    `class A { constructor() { this.shard = new Broker('amqp://x'); } all() { return this.shard.${ask}; } }`,
  ),
  left(
    'DC-S3',
    'a field whose comment says something else',
    `class A {\n  /** @type {import('./queue').Queue} */\n  shard = makeQueue();\n  all() { return this.shard.${ask}; }\n}`,
  ),
  left(
    'DC-S3',
    'a field that is set to two things',
    `class A extends B { f() { this.shard = this.client.shard; this.shard = make(); return this.shard.${ask}; } }`,
  ),
  left(
    'DC-S3',
    'a getter of something else',
    `class A extends B { get shard() { return this.queue; } f() { return this.shard.${ask}; } }`,
  ),
  left(
    'DC-S3',
    'a class that builds on nothing and sets no such field',
    `class A { f() { return this.shard.${ask}; } }`,
  ),
  left(
    'DC-S3',
    'a member of an object that is written here',
    `const queue = { shard: new Broker() };\nf(queue.shard.${ask});`,
  ),
  left(
    'DC-S3',
    'a member that is put there later',
    `const queue = make();\nqueue.shard = new Broker();\nf(queue.shard.${ask});`,
  ),
  left(
    'DC-S3',
    'a variable taken from such an object',
    `const queue = { shard: new Broker() };\nconst { shard } = queue;\nf(shard.${ask});`,
  ),
  left(
    'DC-S1',
    'a client of Eris',
    `const { Client } = require('eris');\nconst bot = new Client('x');\nf(bot.shard.${ask});`,
  ),
  left(
    'DC-S1',
    'Eris called',
    `const Eris = require('eris');\nconst bot = Eris('x');\nconst { shard } = bot;\nf(shard.${ask});`,
  ),
  left(
    'DC-S1',
    'a member of Eris, kept in a field',
    `const Eris = require('eris');\nclass A { constructor() { this.bot = new Eris.Client('x'); } f() { return this.bot.shard.${ask}; } }`,
  ),
  left(
    'DC-S1',
    'a class of the bot on top of Eris',
    `const Eris = require('eris');\nclass Bot extends Eris.Client { f() { return this.shard.${ask}; } }\nf(new Bot().shard.${ask});`,
  ),
  left(
    'DC-S1',
    'a class of a package that is installed and knows no discord.js',
    `const { WebSocket } = require('ws');\nconst rabbit = new WebSocket('x');\nf(rabbit.shard.${ask});`,
  ),
  left(
    'DC-S3',
    'a client of a framework that is not installed and does not say what it is for',
    `const { Bot } = require('a-framework');\nconst bot = new Bot();\nf(bot.shard.${ask});`,
  ),
  rewritten(
    'a client of a framework of discord.js that is not installed',
    `const { Bot } = require('discord-framework');\nconst bot = new Bot();\nf(bot.shard.${ask});`,
    `const { Bot } = require('discord-framework');\nconst bot = new Bot();\nf(bot.cluster.${asked});`,
  ),
  rewritten(
    "a client's, kept by a class on top of something else",
    `const { WebSocket } = require('ws');\nclass A extends WebSocket { set(client) { this.shard = client.shard; } f() { return this.shard.${ask}; } }`,
    `const { WebSocket } = require('ws');\nclass A extends WebSocket { set(client) { this.shard = client.shard; } f() { return this.shard.client.cluster.${asked}; } }`,
  ),
  rewritten(
    'a client of discord.js that is made later',
    `const { Client } = require('discord.js');\nlet bot = null;\nbot = new Client();\nf(bot.shard.${ask});`,
    `const { Client } = require('discord.js');\nlet bot = null;\nbot = new Client();\nf(bot.cluster.${asked});`,
  ),
  left('DC-S3', 'a part of something unknown', `const { shard } = ctx.rabbit;\nf(shard.${ask});`),
  left('DC-S3', 'a member of something unknown', `f(ctx.rabbit.shard.${ask});`),
  left(
    'DC-S3',
    'a class of a package that is not here',
    `const { Client } = require('carrot');\nconst bot = new Client();\nf(bot.shard.${ask});`,
  ),
  left('DC-S3', 'a module with a part of that name', `import * as rabbit from './rabbit.js';\nf(rabbit.shard.${ask});`),
  rewritten(
    "a client's, kept in a field: the field leads to the cluster, not what holds it",
    `class A { constructor(client) { this.shard = client.shard; } all() { return this.shard.${ask}; } }`,
    `class A { constructor(client) { this.shard = client.shard; } all() { return this.shard.client.cluster.${asked}; } }`,
  ),
  rewritten(
    "a client's, given by a getter",
    `class A { get shard() { return this.client.shard; } all() { return this.shard.${ask}; } }`,
    `class A { get shard() { return this.client.shard; } all() { return this.shard.client.cluster.${asked}; } }`,
  ),
  rewritten(
    'the one of a class that is a client',
    `class Bot extends Client { all() { return this.shard.${ask}; } }`,
    `class Bot extends Client { all() { return this.cluster.${asked}; } }`,
  ),
  rewritten('a name in quotes', `f(message.client['shard'].${ask});`, `f(message.client.cluster.${asked});`),
  rewritten('a name in quotes that may be missing', `f(client?.['shard'].${ask});`, `f(client?.cluster.${asked});`),
  left('DC-S3', 'a name in quotes of something unknown', `f(ctx.rabbit['shard'].${ask});`),
  left('DC-S3', 'another name in quotes', `f(client['queue'].${ask});`),
  rewritten(
    'two classes, of which another one has such a field',
    `class A { constructor() { this.shard = new Broker(); } }\nclass Bot extends Client { all() { return this.shard.${ask}; } }`,
    `class A { constructor() { this.shard = new Broker(); } }\nclass Bot extends Client { all() { return this.cluster.${asked}; } }`,
  ),
];

const managers: readonly Row[] = [
  {
    title: 'a class that brings the method itself',
    before: `${manager}class Mine extends ShardingManager {\n  broadcastEval(fn, o) { return log(fn, o); }\n}\nconst manager = new Mine('./bot.js');\nmanager.${ask};`,
    after: `${moved}class Mine extends ShardingManager {\n  broadcastEval(fn, o) { return log(fn, o); }\n}\nconst manager = new Mine('./bot.js', { hybrid: { handlers: './cluster-handlers.js' } });\nmanager.${ask};`,
    says: 'DC-S1',
  },
  {
    title: 'a class that gets the method from one between',
    before: `${manager}class Mine extends ShardingManager { broadcastEval(fn, o) { return log(fn, o); } }\nclass Ours extends Mine {}\nconst manager = new Ours('./bot.js');\nmanager.${ask};`,
    after: `${moved}class Mine extends ShardingManager { broadcastEval(fn, o) { return log(fn, o); } }\nclass Ours extends Mine {}\nconst manager = new Ours('./bot.js');\nmanager.${ask};`,
    says: 'DC-S1',
  },
  {
    title: 'a variable that is set anew',
    before: `${manager}let manager = new ShardingManager('./bot.js');\nif (process.env.QUEUE) manager = require('./queue');\nmanager.${ask};`,
    after: `${moved}let ${built.slice(6)}if (process.env.QUEUE) manager = require('./queue');\nmanager.${ask};`,
    says: 'DC-S3',
  },
  {
    title: 'a variable that a list is taken apart into',
    before: `${manager}let manager = new ShardingManager('./bot.js');\n[manager] = others;\nmanager.${ask};`,
    after: `${moved}let ${built.slice(6)}[manager] = others;\nmanager.${ask};`,
    says: 'DC-S3',
  },
  {
    title: 'a variable that is only set to managers',
    before: `${manager}let manager = null;\nmanager = new ShardingManager('./bot.js');\nmanager.fetchClientValues('ws.ping');`,
    after: `${moved}let manager = null;\nmanager = new ShardingManager('./bot.js', { hybrid: { handlers: './cluster-handlers.js' } });\nmanager.ipc.requestAllShards('wsPing').valuesOrThrow();`,
    says: 'rewritten',
  },
  {
    title: 'the branch in which a test did not hold',
    before: `${manager}function f(it) {\n  if (it instanceof ShardingManager) return it.totalShards;\n  return it.${ask};\n}`,
    after: `${moved}function f(it) {\n  if (it instanceof ShardingManager) return it.totalShards;\n  return it.${ask};\n}`,
    says: 'DC-S3',
  },
  {
    title: 'a place that a test does not guard',
    before: `${manager}function f(it) {\n  g(it instanceof ShardingManager);\n  return it.${ask};\n}`,
    after: `${moved}function f(it) {\n  g(it instanceof ShardingManager);\n  return it.${ask};\n}`,
    says: 'DC-S3',
  },
  ...[
    ['the branch in which a test holds', `if (it instanceof ShardingManager) return it.X;\n  return 0;`],
    [
      'what comes after a test that leaves',
      `if (!(it instanceof ShardingManager)) throw new Error('no');\n  return it.X;`,
    ],
    ['the right side of a test', `return it instanceof ShardingManager && it.X;`],
    ['one of two values', `return it instanceof ShardingManager ? it.X : it.totalShards;`],
  ].map(([title = '', body = '']) => ({
    title,
    before: `${manager}function f(it) {\n  ${body.replace('X', ask)}\n}`,
    after: `${moved}function f(it) {\n  ${body.replace('X', asked)}\n}`,
    says: 'rewritten',
  })),
];

describe.each([
  ['a shard', shards],
  ['a manager', managers],
] as const)('%s is judged by what it is', (_name, rows) => {
  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    all = await migrateAll(rows.map(({ before }) => before));
  });

  test.each(rows.map((row, i) => ({ ...row, i })))('$title: $says', ({ i, before, after, says }) => {
    expect(all[i]?.text).toBe(`${after ?? before}\n`);
    expect(all[i]?.sites.map(({ outcome, code }) => code ?? outcome).at(-1)).toBe(says);
  });
});
