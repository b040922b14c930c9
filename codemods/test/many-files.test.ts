/** A bot of many files: how often one of them is read for what all of them say does not depend on how many there are. */
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { callerSearch, reachedByEvent } from '../src/functions/of-events.ts';
import { migrate } from '../src/index.ts';
import type * as saidPlaces from '../src/modules/said-in.ts';
import type * as program from '../src/syntax/program.ts';
import { parseAlone } from '../src/syntax/program.ts';
import { descendants } from '../src/syntax/syntax.ts';
import { ts } from '../src/typescript.js';
import { cjsBot, type Files, project } from './project.ts';

vi.mock('../src/syntax/program.ts', async (load) => {
  const original = await load<typeof program>();
  return { ...original, parseAlone: vi.fn(original.parseAlone) };
});

vi.mock('../src/modules/said-in.ts', async (load) => {
  const original = await load<typeof saidPlaces>();
  return { ...original, saidIn: vi.fn(original.saidIn) };
});

const bot =
  "const { Client } = require('discord.js');\nclass Bot extends Client { hits = 0; tone = 'a'; }\nconst client = new Bot({ intents: [] });\nclient.login();\n";

const many = (count: number, file: (i: number) => string): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`commands/c${i}.js`, file(i)]));

/** How often the files of commands are parsed, each. */
async function parsesOf(files: Files, count: number): Promise<number> {
  const root = project({ ...cjsBot, 'bot.js': bot, ...files });
  vi.mocked(parseAlone).mockClear();
  await migrate({ paths: ['.'], cwd: root, dryRun: true });
  const folder = join(root, 'commands');
  return vi.mocked(parseAlone).mock.calls.filter(([path]) => path.startsWith(folder)).length / count;
}

test.each([
  [
    'which count something up',
    (n: number): Files => ({
      ...many(n, (i) => `module.exports = class C${i} extends Command { run(client) { client.hits++; } };\n`),
      'x.js':
        'module.exports = async (client, f) => f((await client.shard.broadcastEval((c) => c.hits)).reduce((a, b) => a + b, 0));\n',
    }),
  ],
  [
    'which say a member that many calls read',
    (n: number): Files => ({
      ...many(n, (i) => `module.exports = { name: 'c${i}', tone: 'x', execute() {} };\n`),
      ...Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `calls/x${i}.js`,
          `module.exports = async (client, f) => f((await client.shard.broadcastEval((c) => ({ n: ${i}, tone: c.tone })))[0].tone);\n`,
        ]),
      ),
    }),
  ],
  [
    'which are large and say several members that are asked for one after the other',
    (n: number): Files => ({
      ...many(
        n,
        (i) =>
          `module.exports = class C${i} extends Command { run(client) { client.hits++; client.misses++; } };\n/* ${'x'.repeat(192 * 1024)} */\n`,
      ),
      'more.js':
        "client.hits = 0;\nclient.misses = 0;\nclient.on('guildCreate', () => { client.hits++; client.misses++; });\n",
      'x.js':
        'module.exports = async (client, f) => f((await client.shard.broadcastEval((c) => c.hits + c.misses)).reduce((a, b) => a + b, 0));\n',
    }),
  ],
])('files %s are parsed as often in a bot of few and of many', async (_title, files) => {
  const few = await parsesOf(files(4), 4);
  expect(await parsesOf(files(16), 16)).toBeLessThanOrEqual(few);
});

test('what all methods of one name are called by is looked for once', () => {
  const root = project(many(20, (i) => `class C${i} { run(client) { client.hits++; other.run(client); } }\n`));
  const search = callerSearch(root);
  const looked = vi.spyOn(search.said, 'set');
  for (let i = 0; i < 20; i += 1) {
    const tree = parseAlone(join(root, `commands/c${i}.js`), `class C${i} { run(client) { client.hits++; } }\n`);
    const counted = descendants(tree).find(ts.isPropertyAccessExpression);
    expect(counted === undefined ? 'nothing' : reachedByEvent(counted, 'client', search)).toBe(null);
  }
  expect(looked).toHaveBeenCalledTimes(1);
});

test('what is written under a name is looked for once, however many methods call it', async () => {
  const root = project({
    ...cjsBot,
    'bot.js': `${bot}client.util = { job: (n) => n, more: (n) => client.util.job(n) };\n`,
    ...many(20, (i) => `module.exports = { run${i}(client) { return client.util.more(client.util.job(${i})); } };\n`),
    ...Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `calls/x${i}.js`,
        `module.exports = async (client) => { await client.shard.broadcastEval((c) => { c.took('did ' + c.jobs.run${i}(c)); }); };\n`,
      ]),
    ),
  });
  // Test files of one process share what they have loaded, which asks no mock.
  vi.resetModules();
  const { migrate: anew } = await import('../src/index.ts');
  const { saidIn } = await import('../src/modules/said-in.ts');
  vi.mocked(saidIn).mockClear();
  await anew({ paths: ['.'], cwd: root, dryRun: true });
  const looked = vi.mocked(saidIn).mock.calls.map(([, name]) => name);
  expect(looked.filter((name) => /^(job|more)$/.test(name)).sort()).toEqual(['job', 'more']);
});
