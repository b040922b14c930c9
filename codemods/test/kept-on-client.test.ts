/** What a bot puts on its client is what comes back: a Date that was a text, an object with functions. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project } from './project.ts';

const puts = `module.exports = (client) => {
  client.startTime = new Date();
  client.logger = { level: 1, info() {} };
  client.mode = 'x';
  client.settings = { a: 1 };
};
class Other { constructor() { this.opened = new Date(); } }
class Bot extends Client { born = new Date(); constructor() { super({}); this.seen = new Set(); } }
`;
const rows: readonly (readonly [call: string, codes: string])[] = [
  ["fetchClientValues('startTime')", 'DC-W3'],
  ["fetchClientValues('born')", 'DC-W3'],
  ["fetchClientValues('seen')", 'DC-W3'],
  ["fetchClientValues('opened')", ''],
  ["fetchClientValues('mode')", ''],
  ["fetchClientValues('settings')", ''],
  ["fetchClientValues('logger')", 'DC-W7'],
  ["fetchClientValues('logger.level')", ''],
  ['broadcastEval((c) => c.startTime)', 'DC-W3'],
  ['broadcastEval((c) => ({ up: c.startTime }))', 'DC-W3'],
  ['broadcastEval((c) => c.startTime.getTime())', ''],
  ['broadcastEval((c) => ({ up: Date.now() - c.startTime }))', ''],
  ['broadcastEval((c) => c.logger)', 'DC-W7'],
  ['broadcastEval((c) => ({ ...c.logger }))', 'DC-W7'],
  ['broadcastEval((c) => c.logger.level)', ''],
];

test('what comes back of the client is what the bot put there', async () => {
  const files = rows.map(([call], i) => [
    `x${i}.js`,
    `exports.f = async (client, f) => f(await client.shard.${call});\n`,
  ]);
  const root = project({ ...cjsBot, 'ready.js': puts, ...Object.fromEntries(files) });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const told = rows.map(([call], i) => {
    const words = sites.find(({ file }) => file === `x${i}.js`)?.message ?? '';
    const codes = [/holds a (Date|Set)/.test(words) ? 'DC-W3' : '', /a function \(client/.test(words) ? 'DC-W7' : ''];
    return [call, codes.join('')];
  });
  expect(told).toEqual(rows);
});

/** A file that puts a Date under a name, and what is told of that name. */
const others: readonly (readonly [title: string, text: string, codes: string])[] = [
  [
    'a store',
    "const { createClient } = require('redis');\nconst client = createClient();\nclient.lastPing = new Date();\n",
    '',
  ],
  [
    'a class of a store',
    "const Redis = require('ioredis');\nconst client = new Redis();\nclient.lastPing = new Date();\n",
    '',
  ],
  [
    'a member that is a store',
    "const { Client } = require('pg');\nclass Db { constructor() { this.client = new Client(); this.client.lastPing = new Date(); } }\n",
    '',
  ],
  [
    'a client of discord.js',
    "const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.lastPing = new Date();\n",
    'DC-W3',
  ],
  ['a client that is handed over', 'exports.ready = (client) => { client.lastPing = new Date(); };\n', 'DC-W3'],
  ['a client of another file', "const { client } = require('./bot');\nclient.lastPing = new Date();\n", 'DC-W3'],
  [
    'a client that may be either',
    "const { createClient } = require('redis');\nmodule.exports = (given) => { const client = given || createClient(); client.lastPing = new Date(); };\n",
    'DC-W3',
  ],
];

test.each(others)('what is put on %s', async (_title, text, codes) => {
  const ask = 'exports.f = async (client, f) => f(await client.shard.broadcastEval((c) => c.lastPing));\n';
  const { sites } = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, 'put.js': text, 'x.js': ask }) });
  const words = sites.find(({ file }) => file === 'x.js')?.message ?? '';
  expect(/holds a Date/.test(words) ? 'DC-W3' : '').toBe(codes);
});
