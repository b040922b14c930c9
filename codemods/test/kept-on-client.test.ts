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

/** What a bot puts on its client, a call that gives what it gives, and what of that cannot be sent. */
const methods: readonly (readonly [title: string, text: string, call: string, value: string | null])[] = [
  [
    'a function that gives a command',
    'module.exports = (client) => { client.reloadCommand = (n) => { delete client.y[n]; return client.commands.get(n); }; };\n',
    'c.reloadCommand(n)',
    'a function (client.commands)',
  ],
  [
    'a function that is waited for',
    'module.exports = (client) => { client.reloadCommand = async (n) => client.commands.get(n); };\n',
    'c.reloadCommand(n)',
    'a function (client.commands)',
  ],
  [
    'a function by its name',
    'function reload(n) { return () => n; }\nmodule.exports = (client) => { client.reloadCommand = reload; };\n',
    'c.reloadCommand(n)',
    'a function',
  ],
  [
    'a method of its class',
    'class Bot extends Client { reloadCommand(n) { return this.commands.find((x) => x.name === n); } }\nmodule.exports = Bot;\n',
    'c.reloadCommand(n)',
    'a function (client.commands)',
  ],
  [
    'a function that gives a name',
    'module.exports = (client) => { client.reloadCommand = (n) => client.commands.get(n).name; };\n',
    'c.reloadCommand(n)',
    null,
  ],
  [
    'a function that only does something',
    'module.exports = (client) => { client.reloadCommand = (n) => { client.commands.get(n).load(); }; };\n',
    'c.reloadCommand(n)',
    null,
  ],
  [
    'a function of which a member is read',
    'module.exports = (client) => { client.reloadCommand = (n) => client.commands.get(n); };\n',
    'c.reloadCommand(n).name',
    null,
  ],
  [
    'a method of another class',
    'class Other { reloadCommand(n) { return this.commands.get(n); } }\nmodule.exports = Other;\n',
    'c.reloadCommand(n)',
    null,
  ],
];

test.each(methods)('what comes back of %s', async (_title, text, call, value) => {
  const ask = `exports.f = async (client, f, n) => f(await client.shard.broadcastEval((c, { n }) => ${call}, { context: { n } }));\n`;
  const { sites } = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, 'put.js': text, 'x.js': ask }) });
  const words = sites.find(({ file }) => file === 'x.js')?.message ?? '';
  if (value === null) expect(words).not.toContain('a function');
  else expect(words).toContain(`may hold ${value}.`);
});
