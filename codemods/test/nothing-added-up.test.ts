/** A function that gives nothing at all: `null` in the list of results counted as 0, and `undefined` makes NaN. */
import { beforeAll, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

const reduced = 'f(r.reduce((a, b) => a + b, 0))';
const work = '(c) => { c.bank.save(); }';
const filled = '(c) => { c.bank.save(); return null; }';

/** What is done with the results `r` of a function, and the handler's text. */
const rows: readonly (readonly [title: string, fn: string, use: string, handler: string])[] = [
  ['added up', work, reduced, filled],
  ['added up without a start', work, 'f(r.reduce((a, b) => a + b))', filled],
  ['added up in a loop', work, 'let n = 0; for (const x of r) n += x; f(n)', filled],
  ['added up by forEach', work, 'let n = 0; r.forEach((x) => { n += x; }); f(n)', filled],
  ['of an async function', `async ${work}`, reduced, `async ${filled}`],
  [
    'of a body that only holds an if',
    '(c) => { if (c.bank.open) { c.bank.save(); } }',
    reduced,
    '(c) => { if (c.bank.open) { c.bank.save(); } return null; }',
  ],
  ['made a text', work, "f(r.map((x) => 'saved ' + x))", filled],
  ['handed on', work, 'f(r)', filled],
  ['only counted', work, 'f(r.length)', work],
];

let handlers = '';
beforeAll(async () => {
  const files = rows.map(
    ([, fn, use], i) =>
      [
        `x${i}.js`,
        `module.exports = async () => {\n  const r = await client.shard.broadcastEval(${fn});\n  ${use};\n};\n`,
      ] as const,
  );
  const root = project({ ...cjsBot, ...Object.fromEntries(files) });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const text = read(root)['cluster-handlers.js'] ?? '';
  handlers = rows
    .map((_, i) => {
      const name = sites.find(({ file }) => file === `x${i}.js`)?.handler ?? '?';
      const at = text.indexOf(`\n  ${name}: `);
      return `${i}: ${text.slice(at + `\n  ${name}: `.length, text.indexOf(',\n', at))}`;
    })
    .join('\n');
});

test.each(rows.map(([title, , , handler], i) => [title, handler, i] as const))('is %s', (_title, handler, i) => {
  expect(handlers.split('\n')).toContain(`${i}: ${handler}`);
});
