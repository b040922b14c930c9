/** What a bot counts up on its client adds up over its processes to what it did over its shards. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project } from './project.ts';

const sum = (fn: string): string => `f((await client.shard.broadcastEval(${fn})).reduce((a, b) => a + b, 0));\n`;
const counted = 'client.hits = 0;\nclient.on("messageCreate", () => { client.hits++; });\n';

test.each([
  ['a number', '(c) => c.hits', counted, null],
  ['one that may be missing', '(c) => c.hits ?? 0', counted, null],
  [
    'a sum of two',
    '(c) => c.hits + c.misses',
    `${counted}client.misses = 0;\nclient.on('messageDelete', () => { client.misses += 2; });\n`,
    null,
  ],
  ['a number of a class', '(c) => c.hits', 'class Bot extends Client { hits = 0; hit() { this.hits += 1; } }\n', null],
  ['a number that is reset', '(c) => c.hits', `${counted}setInterval(() => { client.hits = 0; }, 1000);\n`, null],
  ['a number that somebody sets', '(c) => c.hits', `${counted}client.hits = load();\n`, 'DC-P2'],
  ['a number that goes down', '(c) => c.hits', `${counted}client.hits--;\n`, 'DC-P2'],
  ['a number that a process counts when it starts', '(c) => c.hits', 'client.hits = 0;\nclient.hits++;\n', 'DC-P2'],
  ['a number of starts', '(c) => c.hits', 'client.hits = 0;\nclient.once("ready", () => client.hits++);\n', 'DC-P2'],
  ['a number that a timer counts', '(c) => c.hits', `${counted}setInterval(() => client.hits++, 1000);\n`, 'DC-P2'],
  [
    'a number that a broadcast counts',
    '(c) => c.hits',
    `${counted}run(() => client.shard.broadcastEval((c) => { c.hits++; }));\n`,
    'DC-P2',
  ],
  [
    'a number that a function of a broadcast counts',
    '(c) => c.hits',
    `${counted}const hit = (c) => { c.hits++; };\nclient.shard.broadcastEval(hit);\n`,
    'DC-P2',
  ],
  ['a number that a text counts', '(c) => c.hits', `${counted}client.shard.broadcastEval('this.hits++');\n`, 'DC-P2'],
  [
    'a number of a listener with a name',
    '(c) => c.hits',
    'client.hits = 0;\nfunction hit(message) { client.hits++; }\nclient.on("messageCreate", hit);\n',
    null,
  ],
  [
    'a number of an event in a file of its own',
    '(c) => c.hits',
    'client.hits = 0;\nmodule.exports = { run(client, message) { message.forEach(() => client.hits++); } };\n',
    null,
  ],
  [
    'a number that a function counts which is called when the process starts',
    '(c) => c.hits',
    `${counted}async function main() { client.hits++; }\nmain();\n`,
    'DC-P2',
  ],
  [
    'a number that a function counts by way of another, when the process starts',
    '(c) => c.hits',
    `${counted}const hit = () => { client.hits++; };\nfunction main() { hit(); }\nmain();\n`,
    'DC-P2',
  ],
  [
    'a number that a function counts where it stands',
    '(c) => c.hits',
    `${counted}(async () => { client.hits++; })();\n`,
    'DC-P2',
  ],
  [
    'a number that is counted behind a promise of the start',
    '(c) => c.hits',
    `${counted}load().then(() => { client.hits++; });\n`,
    'DC-P2',
  ],
  [
    'a number that a constructor counts',
    '(c) => c.hits',
    'class Bot extends Client { hits = 0; constructor() { super({}); this.hits++; } hit() { this.hits++; } }\n',
    'DC-P2',
  ],
  [
    'a number that a method counts which a constructor calls',
    '(c) => c.hits',
    'class Bot extends Client { hits = 0; constructor() { super({}); this.start(); } start() { this.hits++; } }\n',
    'DC-P2',
  ],
  [
    'a number that a method counts which is called when the process starts',
    '(c) => c.hits',
    'class Bot extends Client { hits = 0; async start() { this.hits++; } }\nnew Bot().start();\n',
    'DC-P2',
  ],
  [
    'a number that a function counts which a timer calls',
    '(c) => c.hits',
    `${counted}function hit() { client.hits++; }\nsetInterval(() => hit(), 1000);\n`,
    'DC-P2',
  ],
  [
    'a number of a function that a listener calls',
    '(c) => c.hits',
    'client.hits = 0;\nfunction hit() { client.hits++; }\nclient.on("messageCreate", () => hit());\n',
    null,
  ],
  [
    'a number of a function that calls itself',
    '(c) => c.hits',
    'client.hits = 0;\nfunction hit(n) { client.hits++; if (n > 0) hit(n - 1); }\nclient.on("messageCreate", () => hit(2));\n',
    null,
  ],
  [
    'a number with `$` in its name that a text counts',
    '(c) => c.$hits',
    `${counted.replaceAll('hits', '$hits')}client.shard.broadcastEval('this.$hits++');\n`,
    'DC-P2',
  ],
  ['a number that nothing counts', '(c) => c.hits', 'client.hits = 0;\n', 'DC-P2'],
  ['what is made of a number', '(c) => (c.hits > 0 ? 1 : 0)', counted, 'DC-P2'],
  ['the size of a map', '(c) => c.hits.size', 'client.hits = new Map();\n', 'DC-P2'],
])('%s', async (_title, fn, more, code) => {
  const root = project({ ...cjsBot, 'more.js': more, 'x.js': sum(fn) });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe(code);
});

test('a list of them repeats what shards of a process share', async () => {
  const root = project({
    ...cjsBot,
    'more.js': counted,
    'x.js': 'f(await client.shard.broadcastEval((c) => c.hits));\n',
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe('DC-P2');
});

test('a path of values', async () => {
  const x = "f((await client.shard.fetchClientValues('hits')).reduce((a, b) => a + b, 0));\n";
  const root = project({ ...cjsBot, 'more.js': counted, 'x.js': x });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe(null);
});

test('a number that the file of `ready` counts', async () => {
  const more = 'module.exports = (client) => { client.hits++; };\n';
  const root = project({ ...cjsBot, 'a.js': counted, 'events/ready.js': more, 'x.js': sum('(c) => c.hits') });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe('DC-P2');
});

const begun = 'client.hits = 0;\n';

/** A number that is counted by what other files call, or later. */
test.each([
  [
    'a function of another file',
    {
      'bot.js': `${begun}require('./start').start(client);\n`,
      'start.js': 'exports.start = (it) => { it.hits++; };\n',
    },
  ],
  [
    'a function of another file, by a name',
    {
      'bot.js': `${begun}const { start: begin } = require('./start');\nbegin(client);\n`,
      'start.js': 'module.exports = { start };\nfunction start(it) { it.hits++; }\n',
    },
  ],
  [
    'a method of what another file exports',
    {
      'bot.js': `${begun}const jobs = require('./jobs/index.js');\njobs.start(client);\n`,
      'jobs/index.js': 'module.exports = { start(it) { it.hits++; } };\n',
    },
  ],
  [
    'all that another file is',
    {
      'bot.js': `${begun}const begin = require('./start');\nbegin(client);\n`,
      'start.js': 'module.exports = function start(it) { it.hits++; };\n',
    },
  ],
  [
    'all that another file is, where it is loaded',
    { 'bot.js': `${begun}require('./start')(client);\n`, 'start.js': 'module.exports = (it) => { it.hits++; };\n' },
  ],
  [
    'a function that is imported',
    {
      'bot.mjs': `import begin, { start } from './start.mjs';\n${begun}begin(client);\nstart(client);\n`,
      'start.mjs': 'export function start(it) { it.hits++; }\nexport default (it) => { it.hits++; };\n',
    },
  ],
  [
    'a function that comes by way of a third file',
    {
      'bot.mjs': `import { start } from './jobs/index.mjs';\n${begun}start(client);\n`,
      'jobs/index.mjs': "export { begin as start } from './boot.mjs';\n",
      'jobs/boot.mjs': 'function begin(it) { it.hits++; }\nexport { begin };\n',
    },
  ],
  [
    'a function that comes with all of another file',
    {
      'bot.mjs': `import { start } from './jobs/index.mjs';\n${begun}start(client);\n`,
      'jobs/index.mjs': "export * from './boot.mjs';\n",
      'jobs/boot.mjs': 'export function start(it) { it.hits++; }\n',
    },
  ],
  [
    'a function that is spread in what a third file exports',
    {
      'bot.js': `${begun}const { start } = require('./jobs');\nstart(client);\n`,
      'jobs/index.js': "module.exports = { ...require('./boot') };\n",
      'jobs/boot.js': 'exports.start = (it) => { it.hits++; };\n',
    },
  ],
  [
    'a function that a third file exports by its name',
    {
      'bot.js': `${begun}const { begin } = require('./jobs');\nbegin(client);\n`,
      'jobs/index.js': "const start = require('./boot');\nmodule.exports = { begin: start };\n",
      'jobs/boot.js': 'module.exports = (it) => { it.hits++; };\n',
    },
  ],
  [
    'a function that is loaded later',
    {
      'bot.mjs': `${begun}import('./start.mjs').then(({ start }) => start(client));\n`,
      'start.mjs': 'export function start(it) { it.hits++; }\n',
    },
  ],
  [
    'a function that is loaded later and waited for',
    {
      'bot.mjs': `${begun}const jobs = await import('./start.mjs');\njobs.default(client);\n`,
      'start.mjs': 'export default (it) => { it.hits++; };\n',
    },
  ],
  [
    'a function of the next tick',
    { 'bot.js': `${begun}function start() { client.hits++; }\nprocess.nextTick(start);\n` },
  ],
  ['a function of a microtask', { 'bot.js': `${begun}queueMicrotask(() => { client.hits++; });\n` }],
  ['a function of an object', { 'bot.js': `${begun}const jobs = { start() { client.hits++; } };\njobs.start();\n` }],
  [
    'a function that an object holds',
    { 'bot.js': `${begun}const jobs = { start: () => { client.hits++; } };\njobs.start();\n` },
  ],
])('a number that each process counts when it starts, by %s, carries DC-P2', async (_title, files) => {
  const root = project({ ...cjsBot, ...files, 'x.js': sum('(c) => c.hits') });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe('DC-P2');
});

test.each([
  [
    'that a listener calls',
    {
      'bot.js': `${begun}const { hit } = require('./hit');\nclient.on('messageCreate', () => hit(client));\n`,
      'hit.js': 'exports.hit = (it) => { it.hits++; };\n',
    },
  ],
  [
    'that a listener calls, and whose name means something else further on',
    {
      'bot.js': `${begun}const { hit } = require('./hit');\nclient.on('messageCreate', () => hit(client));\n[() => 1].forEach((hit) => hit());\n`,
      'hit.js': 'exports.hit = (it) => { it.hits++; };\n',
    },
  ],
  [
    'that a listener calls by way of files that load one another',
    {
      'bot.mjs': `import { hit } from './a.mjs';\n${begun}client.on('messageCreate', () => hit(client));\n`,
      'a.mjs': "export * from './b.mjs';\nexport function hit(it) { it.hits++; }\n",
      'b.mjs': "export * from './a.mjs';\n",
    },
  ],
  [
    'with the name of one that starts something else',
    {
      'bot.js': `${begun}const { start } = require('./web');\nstart();\n`,
      'web.js': 'exports.start = () => listen(80);\n',
      'commands/go.js': 'exports.start = (it) => { it.hits++; };\n',
    },
  ],
])('a number that a function of another file counts %s carries no note', async (_title, files) => {
  const root = project({ ...cjsBot, ...files, 'x.js': sum('(c) => c.hits') });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe(null);
});
