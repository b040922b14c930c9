/** What other files put into the handlers of a file that they load. */
import { describe, expect, test } from 'vitest';
import { asksPing, define, own, rewrite } from './handlers-bot.ts';
import { esmBot } from './project.ts';

const whole = `${define}module.exports = defineHandlers({\n  a: () => 1,\n});\n`;

test.each([
  ['a member', own('a: () => 1'), "require('./cluster-handlers').handlers.wsPing = () => -1;"],
  ['a name', own('a: () => 1'), "const { handlers } = require('./cluster-handlers.js');\nhandlers.wsPing = () => -1;"],
  [
    'another name',
    own('a: () => 1'),
    "const { handlers: h } = require('./cluster-handlers');\nh['wsPing'] = () => -1;",
  ],
  ['a variable', own('a: () => 1'), "const h = require('./cluster-handlers').handlers;\nh.wsPing = () => -1;"],
  ['the module', own('a: () => 1'), "const m = require('./cluster-handlers');\nm.handlers.wsPing = () => -1;"],
  ['an object', own('a: () => 1'), "Object.assign(require('./cluster-handlers').handlers, { wsPing: () => -1 });"],
  ['the whole module', whole, "require('./cluster-handlers').wsPing = () => -1;"],
  ['the whole module by its name', whole, "const m = require('./cluster-handlers');\nm.wsPing = () => -1;"],
])('is taken: by %s', async (_title, file, plug) => {
  const loaded =
    "const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js', { hybrid: { handlers: './cluster-handlers.js' } }).spawn();\n";
  const files = { 'index.js': loaded, 'cluster-handlers.js': file, 'plug.js': `${plug}\n`, 'x.js': asksPing };
  expect((await rewrite(files)).handlers).toEqual(['wsPing2']);
});

test('is taken in an ES module', async () => {
  const file =
    "import { defineHandlers } from 'shardlift';\n\nexport const handlers = defineHandlers({\n  a: () => 1,\n});\n";
  const plug = "import { handlers } from './cluster-handlers.js';\n\nhandlers.wsPing = () => -1;\n";
  const x = `export const g = (client) => ${asksPing}`;
  const { handlers } = await rewrite({ ...esmBot, 'cluster-handlers.js': file, 'plug.js': plug, 'x.js': x });
  expect(handlers).toEqual(['wsPing2']);
});

test('takes the place of a handler that would be asked again', async () => {
  const plug = "require('./cluster-handlers').handlers.my = () => -1;\n";
  const files = { 'cluster-handlers.js': own('my: (c) => c.ws.ping'), 'plug.js': plug, 'x.js': asksPing };
  expect((await rewrite(files)).handlers).toEqual(['wsPing']);
});

test.each([
  ["const { handlers } = require('./cluster-handlers');\nfill(handlers);\n", 'plug.js:2'],
  ["fill(require('./cluster-handlers'));\n", 'plug.js:1'],
  ["for (const n of names) require('./cluster-handlers').handlers[n] = f;\n", 'plug.js:1'],
])('is told of where it cannot be read: %s', async (plug, where) => {
  const { sites } = await rewrite({ 'cluster-handlers.js': own('a: () => 1'), 'plug.js': plug, 'x.js': asksPing });
  const noted = sites.filter(({ message }) => message.includes('DUPLICATE_HANDLER'));
  expect(noted).toHaveLength(1);
  expect(noted[0]?.message).toContain(`(${where})`);
});

test.each([
  "const { handlers } = require('./cluster-handlers');\nhandlers.a();\nconst { a } = handlers;\nfor (const name in handlers) console.log(name, handlers);\n",
  "module.exports = { ...require('./cluster-handlers').handlers };\n",
  "require('./cluster-handlers');\nrequire('./other/cluster-handlers').handlers.wsPing = 1;\n",
])('is nothing where the file only looks: %s', async (plug) => {
  const { handlers, sites } = await rewrite({
    'cluster-handlers.js': own('a: () => 1'),
    'plug.js': plug,
    'x.js': asksPing,
  });
  expect(handlers).toEqual(['wsPing']);
  expect(sites.filter(({ code }) => code === 'DC-H6')).toEqual([]);
});

describe('a file that loads the handlers by import()', () => {
  const handlers = own('a: () => 1');
  const note = async (more: string): Promise<string | undefined> => {
    const { sites } = await rewrite({ 'cluster-handlers.js': handlers, 'more.js': more, 'x.js': asksPing });
    return sites.find(({ message }) => message.startsWith('Handlers are registered'))?.message;
  };

  test.each([
    "import('./cluster-handlers.js').then(({ handlers }) => { handlers.wsPing = () => 2; });\n",
    "import('./cluster-handlers').then((all) => Object.assign(all.handlers, { wsPing: () => 2 }));\n",
    "(async () => { const all = await import('./cluster-handlers.js'); all.handlers.wsPing = () => 2; })();\n",
    "(async () => { (await import('./cluster-handlers.js')).handlers.wsPing = () => 2; })();\n",
  ])('may put any name there: %s', async (more) => {
    expect(await note(more)).toContain('(more.js:1)');
  });

  test('puts none there by loading it alone', async () => {
    expect(await note("(async () => { await import('./cluster-handlers.js'); })();\n")).toBeUndefined();
  });
});
