/** How new handlers and their imports stand in a file that is there already. */
import { describe, expect, test } from 'vitest';
import { asksPing, call, define, rewrite } from './handlers-bot.ts';

describe('new imports are kept apart from what follows', () => {
  const x = `const os = require('node:os')\n${call('() => os.hostname()')}`.replaceAll(';', '');
  const open = 'exports.handlers = {\n  a: () => 1\n}\n';
  test.each([
    [
      'on the same line',
      `const fs = require('node:fs'); ${open}`,
      `const fs = require('node:fs');\nconst os = require('node:os'); ${open}`,
    ],
    [
      'behind a comment',
      `const fs = require('node:fs'); /* files */ ${open}`,
      `;\nconst os = require('node:os'); /* files */ ${open}`,
    ],
    [
      'on a line that begins with a bracket',
      `const fs = require('node:fs')\n;[1].forEach(f)\n${open}`,
      `const fs = require('node:fs')\nconst os = require('node:os')\n;[1].forEach(f)\n`,
    ],
    ['where nothing is above', `(() => 1)()\n${open}`, `const os = require('node:os');\n(() => 1)()\n`],
  ])('%s', async (_title, file, start) => {
    const { files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': x });
    expect(files['cluster-handlers.js']).toContain(start.replace(`${open}`, 'exports.handlers = {\n  a: () => 1,\n'));
  });
});

describe('new handlers stand as the last one does', () => {
  const added = 'wsPing: (c) => c.ws.ping,\n';
  const body = call('(c) => {\n    return c.ws.ping;\n}').replace('f(', 'f(');
  test.each([
    ['in one line', '{ a: () => 1 }', `{ a: () => 1,\n  ${added}}`],
    ['in one line without blanks', '{a: () => 1}', `{a: () => 1,\n  ${added}}`],
    ['in one line with a comma', '{ a: () => 1, }', `{ a: () => 1,\n  ${added}}`],
    ['in no line', '{}', `{\n  ${added}}`],
    ['in no line with a blank', '{ }', `{\n  ${added}}`],
    ['on lines, with the brace behind the last', '{\n  a: () => 1 }', `{\n  a: () => 1,\n  ${added}}`],
    ['deeper than the others', '{\n    a: () => 1,\n}', `{\n    a: () => 1,\n    ${added}}`],
    ['with tabs', '{\n\ta: () => 1,\n}', `{\n\ta: () => 1,\n\t${added}}`],
  ])('%s', async (_title, object, written) => {
    const file = `${define}exports.handlers = defineHandlers(${object});\n`;
    const { files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(files['cluster-handlers.js']).toBe(`${define}exports.handlers = defineHandlers(${written});\n`);
  });

  test.each([
    ['in an object', 'module.exports = {\n  handlers: defineHandlers({\n    a: () => 1,\n  }),\n};\n', '    '],
    ['that is in one line', 'module.exports = {\n  handlers: defineHandlers({ a: () => 1 }),\n};\n', '    '],
  ])('%s', async (_title, file, indent) => {
    const { files } = await rewrite({ 'cluster-handlers.js': define + file, 'x.js': asksPing });
    expect(files['cluster-handlers.js']).toContain(`a: () => 1,\n${indent}${added}  }),\n};\n`);
  });

  test('with the body one step deeper', async () => {
    const file = `${define}exports.handlers = defineHandlers({\n    a: () => 1,\n});\n`;
    const { files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': body });
    expect(files['cluster-handlers.js']).toContain('    wsPing: (c) => {\n        return c.ws.ping;\n    },\n});\n');
  });
});
