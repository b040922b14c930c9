/** An object that holds `handlers`: shardlift reads that member, and nothing beside it. */
import { expect, test } from 'vitest';
import { asksPing, define, rewrite } from './handlers-bot.ts';
import { esmBot } from './project.ts';

const imported = "import { defineHandlers } from 'shardlift';\n\n";
const asks = `export const g = (client) => ${asksPing}`;
const added = /a: \(\) => 1,\s+wsPing: \(c\) => c\.ws\.ping,?\n/;

test.each([
  ['a variable', `${imported}const handlers = defineHandlers({\n  a: () => 1,\n});\nexport default { handlers };\n`],
  [
    'the object itself',
    `${imported}export default {\n  handlers: defineHandlers({\n    a: () => 1,\n  }),\n  more: 1,\n};\n`,
  ],
])('the handlers in a default export are added to: %s', async (_title, file) => {
  const { files, handlers } = await rewrite({ ...esmBot, 'cluster-handlers.js': file, 'x.js': asks });
  expect(handlers).toEqual(['wsPing']);
  expect(files['cluster-handlers.js']).toMatch(added);
  expect(files['cluster-handlers.js']).toMatch(/(\}\);\nexport default \{ handlers \};|\}\),\n {2}more: 1,\n\};)\n$/);
});

test.each([
  ['frozen', 'module.exports = Object.freeze({\n  handlers: defineHandlers({\n    a: () => 1,\n  }),\n});\n'],
  ['a name', 'const handlers = defineHandlers({\n  a: () => 1,\n});\nmodule.exports = Object.freeze({ handlers });\n'],
])('the handlers in a whole module are added to: %s', async (_title, file) => {
  const { files, handlers } = await rewrite({ 'cluster-handlers.js': define + file, 'x.js': asksPing });
  expect(handlers).toEqual(['wsPing']);
  expect(files['cluster-handlers.js']).toMatch(added);
});

test('what is put there later is taken', async () => {
  const file = `${define}module.exports = Object.freeze({\n  handlers: defineHandlers({\n    a: () => 1,\n  }),\n});\nmodule.exports.handlers.wsPing = () => 2;\n`;
  expect((await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing })).handlers).toEqual(['wsPing2']);
});

test.each([
  [
    'in a variable',
    `${define}const handlers = defineHandlers({ a: () => 1 });\nconst api = { handlers };\nmodule.exports = api;\n`,
  ],
  [
    'in a variable that is frozen',
    `${define}const handlers = defineHandlers({ a: () => 1 });\nconst api = { handlers };\nmodule.exports = Object.freeze(api);\n`,
  ],
  ['in a spread', "module.exports = { ...require('./inner') };\n"],
  ['in one spread of several', "module.exports = { a: () => 1, ...require('./inner') };\n"],
  ['put there later', 'const api = {};\napi.handlers = { a: () => 1 };\nmodule.exports = api;\n'],
])('nothing is added beside handlers that stand %s', async (_title, file) => {
  const inner = `${define}exports.handlers = defineHandlers({\n  b: () => 1,\n});\n`;
  const index =
    "const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js', { hybrid: { handlers: './cluster-handlers.js' } }).spawn();\n";
  const loaded = { 'index.js': index, 'cluster-handlers.js': file, 'inner.js': inner };
  const { calls, files } = await rewrite({ ...loaded, 'x.js': asksPing });
  expect(calls).toMatchObject([{ outcome: 'left', code: 'DC-H3' }]);
  expect(files['cluster-handlers.js']).toBe(file);
});

test('a spread that brings other names is no reason to leave the file alone', async () => {
  const file = `${define}module.exports = defineHandlers({\n  ...require('./inner'),\n});\n`;
  const inner = 'exports.wsPing = () => 1;\n';
  const { handlers } = await rewrite({ 'cluster-handlers.js': file, 'inner.js': inner, 'x.js': asksPing });
  expect(handlers).toEqual(['wsPing2']);
});
