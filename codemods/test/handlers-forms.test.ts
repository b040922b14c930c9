/** The ways a handlers file is written that are read, and what is said of one that is not. */
import { describe, expect, test } from 'vitest';
import { asksPing, define, own, rewrite } from './handlers-bot.ts';
import { esmBot } from './project.ts';

describe('handlers that are written in one of many ways are added to', () => {
  const literal = '{\n  a: () => 1,\n}';
  const defined = `defineHandlers(${literal})`;
  test.each([
    ['let', `let handlers = ${defined};\nexports.handlers = handlers;\n`],
    ['var', `var handlers = ${defined};\nmodule.exports = { handlers };\n`],
    ['quotes', `module.exports['handlers'] = ${defined};\n`],
    ['quotes of exports', `exports['handlers'] = ${defined};\n`],
    ['two assignments', `exports = module.exports = {\n  handlers: ${defined},\n};\n`],
    ['two assignments the other way', `module.exports = exports = {\n  handlers: ${defined},\n};\n`],
    [
      'uses that look',
      `const handlers = ${defined};\nconsole.log(handlers);\nconst { a } = handlers;\nfor (const n in handlers) f(n);\nexports.handlers = handlers;\n`,
    ],
    [
      'an object that may be spread',
      `exports.handlers = defineHandlers({\n  ...(process.env.DEV && { b: () => 1 }),\n  a: () => 1,\n});\n`,
    ],
    [
      'one of two that is spread',
      `exports.handlers = defineHandlers({\n  ...(process.env.DEV ? { b: () => 1 } : {}),\n  a: () => 1,\n});\n`,
    ],
    [
      'a member of a module',
      `const more = require('./more');\nexports.handlers = defineHandlers({\n  ...more.base,\n  a: () => 1,\n});\n`,
    ],
  ])('%s', async (_title, file) => {
    const more = 'exports.base = { b: () => 1 };\n';
    const { handlers, files } = await rewrite({
      'cluster-handlers.js': define + file,
      'more.js': more,
      'x.js': asksPing,
    });
    expect(handlers).toEqual(['wsPing']);
    expect(files['cluster-handlers.js']).toMatch(/ a: \(\) => 1,\n +wsPing: \(c\) => c\.ws\.ping,\n/);
  });

  const imported = "import { defineHandlers } from 'shardlift';\n";
  test.each([
    ['let', `${imported}export let handlers = ${defined};\n`, 'wsPing'],
    [
      'a list of other files',
      `${imported}import * as more from './more.js';\nexport const handlers = defineHandlers({\n  ...more,\n  a: () => 1,\n});\n`,
      'wsPing2',
    ],
    ['satisfies', `${imported}export const handlers = defineHandlers({\n  a: () => 1,\n});\n`, 'wsPing'],
    [
      'a member',
      `${imported}import * as all from './ping.js';\nexport const handlers = defineHandlers({\n  ...all.base,\n  a: () => 1,\n});\n`,
      'wsPing2',
    ],
  ])('in an ES module: %s', async (_title, file, name) => {
    const { handlers, files } = await rewrite({
      ...esmBot,
      'cluster-handlers.js': file,
      'more.js': "export { wsPing } from './ping.js';\nexport * from './others.js';\n",
      'others.js': 'export const b = () => 1;\n',
      'ping.js': 'export const wsPing = () => 1;\nexport const base = { wsPing };\n',
      'x.js': `export const g = (client) => ${asksPing}`,
    });
    expect(handlers).toEqual([name]);
    expect(files['cluster-handlers.js']).toMatch(/ a: \(\) => 1,\n +wsPing2?: \(c\) => c\.ws\.ping,\n/);
  });

  test.each(['', '// Handlers of the clusters.\n', "'use strict';\n"])(
    'a file with nothing in it: %j',
    async (file) => {
      const { handlers, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
      expect(handlers).toEqual(['wsPing']);
      expect(files['cluster-handlers.js']?.startsWith(file)).toBe(true);
      expect(files['cluster-handlers.js']).toContain(
        'exports.handlers = defineHandlers({\n  wsPing: (c) => c.ws.ping,\n});\n',
      );
    },
  );
});

describe('a handlers file that is left alone says why', () => {
  test.each([
    ['a spread', own('a: () => 1', '...load()'), '`...load()` at line 5'],
    ['a computed name', own('a: () => 1', '[name]: f'), '`[name]: f` at line 5'],
    [
      'a use',
      `${define}const handlers = defineHandlers({\n  a: () => 1,\n});\nfill(handlers);\nexports.handlers = handlers;\n`,
      '`fill(handlers)` at line 6',
    ],
    ['a use of the export', `${own('a: () => 1')}fill(exports.handlers);\n`, '`fill(exports.handlers)` at line 6'],
    ['a write', `${own('a: () => 1')}exports.handlers[name] = f;\n`, '`exports.handlers[name] = f` at line 6'],
    ['no export', 'exports.other = () => 1;\n', 'it exports no handlers'],
    ['a function', `${define}exports.handlers = make();\n`, '`make()` at line 3'],
    ['two values', `${own('a: () => 1')}if (dev) exports.handlers = load();\n`, 'several values, at lines 3 and 6'],
    [
      'three values',
      `${own('a: () => 1')}if (dev) exports.handlers = load();\nif (old) exports.handlers = {};\n`,
      'several values, at lines 3, 6 and 7',
    ],
    [
      'a variable that is assigned',
      `${define}const handlers = (exports.handlers = defineHandlers({ a: () => 1 }));\n`,
      '`const handlers = (exports.handlers = defineHandlers({ a: () …` at line 3',
    ],
    [
      'an error',
      `${define}exports.handlers = defineHandlers({\n  a: () => ,\n});\n`,
      'a syntax error at 4:12 (Expression expected.)',
    ],
  ])('%s', async (_title, file, why) => {
    const { calls, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(calls).toMatchObject([{ outcome: 'left', code: 'DC-H3' }]);
    expect(calls[0]?.message).toContain(why);
    expect(files['cluster-handlers.js']).toBe(file);
  });
});
