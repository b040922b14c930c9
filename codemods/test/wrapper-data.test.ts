/** What the callers of a wrapper hand over is looked at, wherever they stand and in whichever order they say it. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project } from './project.ts';

async function asked(files: Record<string, string>) {
  const root = project({ ...cjsBot, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return sites.find(({ method }) => method === 'broadcastEval');
}

const ask = '(client, fn, ctx) => client.shard.broadcastEval(fn, { context: ctx })';
const given = "(c, d) => c.users.cache.get(d.id)?.tag, { id: '1', done: () => 1 }";

test('a function among the data of a caller in the same file', async () => {
  const site = await asked({ 'x.js': `const ask = ${ask};\nmodule.exports = (client) => ask(client, ${given});\n` });
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-W8' });
});

test('a function among the data of a caller in another file', async () => {
  const site = await asked({
    'ask.js': `exports.ask = ${ask};\n`,
    'x.js': `const { ask } = require('./ask');\nmodule.exports = (client) => ask(client, ${given});\n`,
  });
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-D8' });
  expect(site?.message).toContain('DC-W8');
  expect(site?.message).toContain('x.js:2');
});

test('a date among the data of a caller in another file', async () => {
  const site = await asked({
    'ask.js': `exports.ask = ${ask};\n`,
    'x.js':
      "const { ask } = require('./ask');\nmodule.exports = (client) => ask(client, (c, d) => c.emit('x', d.at), { at: new Date() });\n",
  });
  expect(site?.message).toContain('a Date');
});

test.each([
  ['behind the function', '(client, fn, ctx)', 'client, FN, DATA'],
  ['before the function', '(client, ctx, fn)', 'client, DATA, FN'],
  ['far from the function', '(fn, client, ctx)', 'FN, client, DATA'],
])('data %s may lack a member', async (_, parameters, handed) => {
  const site = await asked({
    'x.js': `const ask = ${parameters} => client.shard.broadcastEval(fn, { context: ctx });\nmodule.exports = (client, args) => ask(${handed
      .replace('FN', '(c, d) => c.store.keep({ id: 1, ...d })')
      .replace('DATA', '{ id: args[0] }')});\n`,
  });
  expect(site?.message).toContain('`d.id` of the data may be undefined');
});

test('data that goes through two wrappers is that of the outer caller', async () => {
  const site = await asked({
    'x.js': `const ask = ${ask};\nconst twice = (ctx, client, fn) => ask(client, fn, ctx);\nmodule.exports = (client, args) => twice({ id: args[0] }, client, (c, d) => c.store.keep({ id: 1, ...d }));\n`,
  });
  expect(site?.message).toContain('`d.id` of the data may be undefined');
});

const made = '(client, fn, n, o) => client.shard.broadcastEval(fn, { context: { n, o } })';

test.each([
  ['a number that may be none, of the same file', '(c, { n }) => n ?? 1, Number(args[0])', true, null],
  ['a number that may be none, of another file', '(c, { n }) => n ?? 1, Number(args[0])', true, 'ask'],
  ['a number, of another file', '(c, { n }) => n ?? 1, 5', false, 'ask'],
  ['a member that may be missing, of another file', '(c, { o }) => Object.keys(o), 1, { a: args[0] }', true, 'ask'],
  ['a member that is there, of another file', "(c, { o }) => Object.keys(o), 1, { a: 'x' }", false, 'ask'],
  ['an entry that may be missing, of another file', '(c, { o }) => o[0] === null, 1, [args[0]]', true, 'ask'],
  ['nothing, of another file', '(c, d) => Object.keys(d), 1', true, 'ask'],
])('data that a wrapper makes of its parameters: %s', async (_title, given, told, from) => {
  const use = `module.exports = (client, args) => ask(client, ${given});`;
  const files: Record<string, string> =
    from === null
      ? { 'x.js': `const ask = ${made};\n${use}\n` }
      : { 'ask.js': `exports.ask = ${made};\n`, 'x.js': `const { ask } = require('./ask');\n${use}\n` };
  const site = await asked(files);
  expect(site?.outcome).not.toBe('left');
  expect(site?.message.includes('of the data may be')).toBe(told);
});
