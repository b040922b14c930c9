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
