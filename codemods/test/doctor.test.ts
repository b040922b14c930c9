/** `dc-migrate doctor`: the calls that throw today, as far as that is known of each. */
import { expect, test } from 'vitest';
import { run } from './command.ts';
import { cjsBot, type Files, project } from './project.ts';

async function listed(call: string, files: Files = {}) {
  const root = project({ ...cjsBot, 'x.js': `f(client.shard.${call});\n`, ...files });
  const { stdout } = await run(root, 'doctor', '.');
  return /^x\.js\S+ {2}(\S+)/m.exec(stdout)?.[1] ?? null;
}

const version = (range: string): Files => ({
  'package.json': `{ "name": "bot", "dependencies": { "discord.js": "${range}" } }\n`,
});

test.each([
  ['broadcastEval(`this.guilds.cache.size`)', 'DC-D3'],
  ["broadcastEval('this.users.cache.get(\"' + id + '\")')", 'DC-D3'],
  ['broadcastEval(function () { return this.uptime; })', 'DC-T1'],
  ['broadcastEval()', 'DC-D1'],
  ['broadcastEval(Math.max)', 'DC-D2'],
  ['broadcastEval(parseInt)', 'DC-D2'],
  ['broadcastEval((c) => c.users.cache.get(message.author.id))', null],
  ['broadcastEval(this.run.bind(this))', 'DC-D2'],
  ['broadcastEval((c, { n }) => c.a > n, { context: { n: 10n } })', 'DC-W1'],
  ['broadcastEval((c, { n }) => c.a > n.b[0], { context: { n: { b: [BigInt(id)] } } })', 'DC-W1'],
])('%s: %s', async (call, code) => {
  expect(await listed(call)).toBe(code);
});

test.each([
  ['foo(x)', 'DC-C4'],
  ['[x, y]', 'DC-C4'],
  ['eval(x)', 'DC-D4'],
  ['process.exit(x)', 'DC-E2'],
])('(c) => %s with a variable from outside', async (body, code) => {
  const text = `module.exports = (client, x) => client.shard.broadcastEval((c) => ${body});\n`;
  expect(await listed('f()', { 'x.js': text })).toBe(code);
});

test('a bot that says what the JSON of a bigint is', async () => {
  const says = { 'json.js': 'BigInt.prototype.toJSON = function () { return String(this); };\n' };
  expect(await listed('broadcastEval((c, { n }) => c.a > n, { context: { n: 10n } })', says)).toBeNull();
});

test.each([
  'broadcastEval((c, { n }) => c.a > n, { context: { n: x ? 10n : 1 } })',
  'broadcastEval((c) => foo(c))',
  'broadcastEval(fns.pop())',
  'broadcastEval(fns.max)',
  'broadcastEval(this.max)',
  'broadcastEval(function () { return typeof this; })',
  'broadcastEval(function () { return this?.uptime; })',
  'broadcastEval(() => this.client.uptime)',
])('%s may work today', async (call) => {
  expect(await listed(call)).toBeNull();
});

test.each(['^12.5.3', '~11.6', '12'])('texts work with discord.js %s', async (range) => {
  expect(await listed('broadcastEval("this.uptime")', version(range))).toBeNull();
  expect(await listed('broadcastEval()', version(range))).toBe('DC-D1');
});

test.each(['^13.1.0', 'latest', '>=12', '14'])('and not with %s', async (range) => {
  expect(await listed('broadcastEval("this.uptime")', version(range))).toBe('DC-D3');
});
