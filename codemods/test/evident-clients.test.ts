/** Whose `shard` it is where no type and no value says it: by words, by what is read, by what the call asks for. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { cjsBot, project } from './project.ts';

const queue = 'broadcastEval((c) => c.queue.length)';
/** What only a client has. */
const ping = 'broadcastEval((c) => c.ws.ping)';
/** Known of clients, but other objects have it, too. */
const uptime = 'broadcastEval((c) => c.uptime)';

/** What another object's calls may look like; nothing in them is a client's. */
const left: readonly (readonly [title: string, text: string])[] = [
  ['a pattern in a pattern', `f(async (ctx) => { const { rabbit: { shard } } = ctx; return shard.${queue}; });`],
  ['a pattern in that of a parameter', `f(async ({ rabbit: { shard } }) => shard.${queue});`],
  ['a pattern in that of a client', `f(async ({ client: { rabbit: { shard } } }) => shard.${queue});`],
  ['a parameter of which only the shard is taken', `f(async ({ shard }) => shard.${queue});`],
  ['a shard taken together with a user', `f(async ({ shard, user }) => shard.${queue}.then(() => user));`],
  ['a loop over anything', `for (const { shard } of queues) shard.${queue};`],
  ["a guild's", 'f((msg) => msg.guild.shard.broadcastEval((c) => c.ws.ping));'],
  ["a guild's in a pattern", 'f(({ guild: { shard } }) => shard.broadcastEval((c) => c.ws.ping));'],
  ['a robot', `f(async (robot) => robot.shard.${queue});`],
  ['both', `f(async (both) => both.shard.${queue});`],
  ['a client of Redis', `f(async (redisClient) => redisClient.shard.${queue});`],
  ['a context that has a user', `f(async (ctx) => { log(ctx.user.id); return ctx.shard.${queue}; });`],
  ['an object whose socket sends', `f(async (ctx) => { ctx.rabbit.ws.send(1); return ctx.rabbit.shard.${queue}; });`],
  [
    'an object whose socket is pinged',
    `f(async (it) => { it.ws.ping(); return it.shard.broadcastEval((c) => c.ws.ping()); });`,
  ],
  ['another object of the same name', `f(async (ctx, app) => { log(app.ctx.guilds); return ctx.shard.${queue}; });`],
  ["another broadcast's parameter", `f(() => broker.broadcastEval((c) => c.shard.${queue}));`],
  ['a parameter that gets something else', `const run = (it) => it.shard.${queue};\nf(run(client));\nf(run(queues));`],
  [
    'a type that has a client among its members',
    '/** @typedef {{ client: Client, rabbit: Rabbit }} C */\n/** @param {C} it */\nmodule.exports = (it) => it.shard.broadcastEval((c) => c.queue.length);',
  ],
  ['a part of something unknown', `const { shard } = ctx.rabbit;\nf(shard.${queue});`],
  ['a part of something, whatever it is asked', `f((ctx) => ctx.rabbit.shard.${ping});`],
  ['a part of a part', `f((app) => app.services.core.shard.${ping});`],
  ['a part that is taken out', `f((ctx) => { const { rabbit } = ctx; return rabbit.shard.${ping}; });`],
  ['a part by another name', `f((ctx) => { const it = ctx.bus; return it.shard.${ping}; });`],
  ['a part that is taken out by another name', `f(({ queue: it }) => it.shard.${ping});`],
  ['a shard that is taken out of a part', `f((ctx) => { const { shard } = ctx.core; return shard.${ping}; });`],
  ['a shard in a pattern in a pattern', `f(({ core: { shard } }) => shard.${ping});`],
  ['a shard in a loop', `for (const { shard } of cores) shard.${ping};`],
  ['a name of something else', `f((rabbitMq) => rabbitMq.shard.${ping});`],
  ['a field by such a name', `class A extends B { f() { return this.redisPool.shard.${ping}; } }`],
  ['what something gives', `f((make) => make().shard.${ping});`],
  ["a path that is no client's", "f((ctx) => ctx.shard.fetchClientValues('queue.length'));"],
  ['a client of a service', `f((player) => player.lavalink.client.shard.${ping});`],
  ['a guild of another library', `f((erisGuild) => erisGuild.client.shard.${ping});`],
  ['a message of something else', `f((kafkaMessage) => kafkaMessage.client.shard.${ping});`],
  ['a name given to itself', `const it = it;\nf(it.shard.${queue});`],
];

/** Unusual names of clients; `X` is the call. */
const ours: readonly (readonly [title: string, text: string])[] = [
  ['a pattern in a pattern', 'f(async ({ client: { shard } }) => shard.X);'],
  ['a pattern of a member', 'f(async (ctx) => { const { client: { shard } } = ctx; return shard.X; });'],
  ['a shard taken together with a client', 'f(async ({ shard, client }) => [shard.X, client]);'],
  ['a shard taken together with guilds', 'f(async ({ shard, guilds }) => [shard.X, guilds]);'],
  ['a parameter with a type in a comment', '/** @param {Client} it */\nconst g = ({ shard }) => shard.X;'],
  ['a loop over clients', 'for (const { shard } of clients) shard.X;'],
  ['a client by another name', 'f((message) => { const { client: k } = message; return k.shard.X; });'],
  [
    'a parameter that every call gives a client',
    'const run = (it) => it.shard.X;\nf(run(client));\nf(run(message.client));',
  ],
  ['a `this` kept for later', 'module.exports = function () { const self = this; return () => self.shard.X; };'],
  ['words in a name', 'f(myBot.shard.X, BOT.shard.X, this.bot.shard.X, discordjs.shard.X, main_client.shard.X);'],
  ['what is read of the same name', 'f((it) => [it.core.guilds.cache.size, it.core.shard.X]);'],
  ['two members that are read', 'f((it) => [it.user.id, it.shard.id, it.shard.X]);'],
  [
    'another name of its type',
    "/** @typedef {import('discord.js').Client} C */\n/** @param {C} core */\nmodule.exports = (core) => core.shard.X;",
  ],
  ["a proven broadcast's parameter", 'f(client.shard.broadcastEval((it) => it.shard.X));'],
];

/** Calls that say themselves whom they ask. */
const asking: readonly (readonly [title: string, text: string])[] = [
  ['a path', "f((yuki) => yuki.shard.fetchClientValues('guilds.cache.size'));"],
  ['a function', 'f((kernel) => kernel.shard.broadcastEval((c) => c.ws.ping));'],
  [
    'a function, of what is kept',
    'class A extends B { f() { return this.core.shard.broadcastEval((c) => c.ws.ping); } }',
  ],
  ['a function, of itself', 'function f() { const self = this; return self.shard.broadcastEval((c) => c.ws.ping); }'],
  ['a function with a name', 'const ask = (c) => c.users.cache.size;\nf((kernel) => kernel.shard.broadcastEval(ask));'],
  [
    'a function that takes its client apart',
    'f((Bastion) => Bastion.shard.broadcastEval(({ guilds }) => guilds.cache.size));',
  ],
  [
    'a name that begins like a service',
    'f((natsuki, mariaBot) => [natsuki.shard.X, mariaBot.shard.X]);'.replaceAll('X', ping),
  ],
  ['a guild with a word of something else', `f((spotifyGuild) => spotifyGuild.client.shard.${ping});`],
  [
    'such a guild by another name',
    `f((spotifyGuild) => { const guild = spotifyGuild; return guild.client.shard.${ping}; });`,
  ],
  ['a user', 'f((ctx) => ctx.shard.broadcastEval((c) => c.user.tag));'],
  [
    'a shard taken out',
    'f((core) => { const { shard } = core; return shard.broadcastEval((c) => c.guilds.cache.size); });',
  ],
  ['a shard that is a parameter', 'f(({ shard }) => shard.broadcastEval((c) => c.guilds.cache.size));'],
];

const outcomes = ({ sites }: Migrated): readonly string[] => sites.map(({ outcome, code }) => code ?? outcome);

describe.each([
  ['an object of somebody else', left, 'DC-S3'],
  ['a client', ours.map(([title, text]) => [title, text.replaceAll('X', uptime)] as const), 'rewritten'],
  ['a call that asks clients', asking, 'rewritten'],
] as const)('%s is known', (_name, rows, says) => {
  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    all = await migrateAll(rows.map(([, text]) => text));
  });

  test.each(rows.map(([title], i) => [title, i] as const))('by %s', (_title, i) => {
    const one = all[i];
    expect(one === undefined ? [] : [...new Set(outcomes(one))]).toEqual([says]);
  });
});

test('a class of another file is known by what it extends, and its instance by what it is made of', async () => {
  const ask = `shard.${uptime}`;
  const files = {
    'lib/yuki.js': "const { Client } = require('discord.js');\nmodule.exports = class Yuki extends Client {};\n",
    'lib/own.js': "const Yuki = require('./yuki');\nclass Own extends Yuki {}\nmodule.exports = { Own };\n",
    'lib/pool.js': "const { Client } = require('carrot');\nmodule.exports = class Pool extends Client {};\n",
    'made.js': `const Yuki = require('./lib/yuki');\nconst yuki = new Yuki({});\nmodule.exports.yuki = yuki;\nf(yuki.${ask});\n`,
    'taken.js': `const { yuki } = require('./made');\nf(yuki.${ask});\n`,
    'taken2.js': `const yuki = require('./made').yuki;\nf(yuki.${ask});\n`,
    'further.js': `const { Own } = require('./lib/own');\nconst it = new Own({});\nf(it.${ask});\n`,
    'module.mjs': `import Yuki from './lib/yuki.js';\nconst it = new Yuki({});\nf(it.${ask});\n`,
    'gone.js': `const it = require('./not-here/client');\nf(it.${ask});\n`,
    'pool.js': `const Pool = require('./lib/pool');\nconst it = new Pool();\nf(it.${ask});\n`,
    'queue.js': `const it = require('./bot/queue');\nf(it.${ask});\n`,
  };
  const report = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, ...files }) });
  const calls = report.sites.filter(({ method }) => method === 'broadcastEval');
  expect(Object.fromEntries(calls.map(({ file, outcome, code }) => [file, code ?? outcome]))).toEqual({
    'made.js': 'rewritten',
    'taken.js': 'rewritten',
    'taken2.js': 'rewritten',
    'further.js': 'rewritten',
    'module.mjs': 'rewritten',
    'gone.js': 'rewritten',
    'pool.js': 'DC-S3',
    'queue.js': 'DC-S3',
  });
});
