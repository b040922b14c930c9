/** Texts that are counted with: only a test that speaks of numbers shows that one of them is a number. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Migrated, migrateAll } from './batch.ts';

const to = (shard: string): string => `await client.shard.broadcastEval((c) => c.ws.ping, { shard: ${shard} });`;
const over = (n: string): string =>
  `await client.shard.broadcastEval((c, { n }) => c.ws.ping > n, { context: { n: ${n} } });`;

const noted: readonly string[] = [
  `if (!args[0]) return; ${to('args[0] - 1')}`,
  to('args[0] ? args[0] - 1 : 0'),
  to('(args[0] || 1) - 1'),
  to('Math.abs(args[0] || 0)'),
  to('-args[0]'),
  to('Number(args[0] || 5)'),
  to("parseInt(args[0] ?? '5')"),
  `const t = args[0]; if (!t) return; ${to('t * 1')}`,
  `if (!args[0]) return; ${over('args[0] * 1000')}`,
  `if (args[1] > 3) return; ${over('Number(args[0])')}`,
  `if (isNaN(args[1])) return; ${over('Number(args[0])')}`,
  `list.forEach((x) => isNaN(args[0])); ${over('Number(args[0])')}`,
  `let p = parseInt(args[0]); if (other) p = p || 1; ${to('p')}`,
  `let p = Number(args[0]) || 0; p = Number(args[1]); ${to('p')}`,
  // The value is followed.
  `const t = parseTime(args[0]); ${over('t')}`,
  over('parseTime(args[0])'),
  over('twice(args[0])'),
  over('Date.now() + ms(args[0])'),
  `const wait = ms(args.join(' ')); ${over('Date.now() + wait')}`,
  over('req.query.page * 10'),
  `const page = req.query.page || 1; ${over('(page - 1) * 10')}`,
  `const { page } = req.query; ${over('page * 10')}`,
  `const amount = args.shift(); ${over('amount * 2')}`,
  `const id = interaction.customId.split('_')[1]; ${to('parseInt(id, 10)')}`,
  `const parts = interaction.customId.split('_'); const id = parts[1]; ${over('parseInt(id, 10)')}`,
  `const id = parseInt(interaction.customId.split('_')[1], 10); ${over('id')}`,
  `const count = interaction.options.getString('count'); ${over('Number(count)')}`,
  `const [, count] = interaction.customId.split('_'); ${over('Number(count)')}`,
  // So is one that a function of another file makes.
  over('toSeconds(args[0])'),
  over('times.toSeconds(args[0])'),
  `const t = times.toSeconds(args[0]); ${over('t')}`,
  over('twiceSeconds(args[0])'),
  `const name = other.find(args[0]); if (!name) return; ${over('Number(args[0])')}`,
  `let ok = !isNaN(args[0]); ok = other; if (!ok) return; ${over('Number(args[0])')}`,
];

const quiet: readonly string[] = [
  `if (isNaN(args[0])) return; ${to('Number(args[0])')}`,
  `if (Number.isNaN(Number(args[0]))) return; ${to('parseInt(args[0], 10)')}`,
  `if (!Number.isInteger(+args[0])) return; ${to('+args[0]')}`,
  `if (isNaN(args[0])) return; ${to('args[0] * 1')}`,
  `if (isNaN(args[0])) return; ${over('args[0] * 1000')}`,
  over('isNaN(args[1]) ? 1 : Number(args[1])'),
  `if (!/^\\d+$/.test(args[4])) return; ${to('Number(args[4])')}`,
  `if (!args[4].match(/^[0-9]+$/)) return; ${to('parseInt(args[4])')}`,
  `const digits = /^\\d+$/; if (!digits.test(args[4])) return; ${to('parseInt(args[4])')}`,
  `if (args[0] < 1 || args[0] > 9) return; ${to('args[0] - 1')}`,
  `if (Number(args[0]) < 1) return; ${to('args[0] - 1')}`,
  `const t = args[0]; if (isNaN(t)) return; ${to('Number(t)')}`,
  `if (isNaN(args[0])) return; const t = args[0]; ${to('Number(t)')}`,
  `if (isNaN(args[0])) return; const t = Number(args[0]); ${to('t')}`,
  `if (isNaN(args[0])) return; await list.each(async () => { ${over('Number(args[0])')} });`,
  `let p = parseInt(args[0]); p = p || 1; ${to('p')}`,
  `let p = parseInt(args[0]); p ||= 1; ${to('p')}`,
  `let p = parseInt(args[0]); if (isNaN(p)) p = 1; ${to('p')}`,
  over('Number(interaction.guildId)'),
  over("parseInt(process.env.LIMIT ?? '5')"),
  over('Number(process.env.LIMIT || 5)'),
  over('(process.env.LIMIT || 5) * 1000'),
  over('(Number(args[0]) || 1) * 1000'),
  over('safeTime(args[0])'),
  over("Date.now() + ms('5m')"),
  over('Date.now() + (ms(args[0]) || 0)'),
  `const wait = ms(args[0]); if (!wait) return; ${over('Date.now() + wait')}`,
  `const page = Number(req.query.page) || 1; ${over('(page - 1) * 10')}`,
  over('queue.shift() * 2'),
  over('sizes[0] ? sizes[0] * 2 : 0'),
  over('times.safe(args[0])'),
  over("toSeconds('5')"),
  over("parseTime('5')"),
  `if (isNaN(args[0])) return; ${over('toSeconds(args[0])')}`,
  `if (isNaN(args[0])) return; ${over('twiceSeconds(args[0])')}`,
  // A test has a name.
  `const ok = !isNaN(args[0]); if (!ok) return; ${over('Number(args[0])')}`,
  `const isNumber = /^\\d+$/.test(args[0]); ${over('isNumber ? Number(args[0]) : 0')}`,
  `const n = Number(args[0]); const fits = n > 0 && n < 9; if (!fits) return; ${over('n')}`,
  `const bad = isNaN(args[0]); const wrong = bad || !args[1]; if (wrong) return; ${to('Number(args[0])')}`,
];

const functions = [
  "const { toSeconds, twiceSeconds } = require('./times');",
  "const times = require('./times');",
  "const ms = require('ms');",
  'const twice = (n) => n * 2;',
  'const safeTime = (text) => parseInt(text, 10) || 0;',
  'function parseTime(text) { if (!text) return 0; return parseInt(text, 10) * 1000; }',
].join('\n');

const times = [
  'const toSeconds = (text) => parseInt(text, 10);',
  'const twiceSeconds = (text) => toSeconds(text) * 2;',
  'const safe = (text) => parseInt(text, 10) || 0;',
  'module.exports = { toSeconds, twiceSeconds, safe };',
  '',
].join('\n');

describe('a number of a text', () => {
  let all: readonly Migrated[] = [];
  const code = (row: string): string | null | undefined => all[[...noted, ...quiet].indexOf(row)]?.sites[0]?.code;
  beforeAll(async () => {
    all = await migrateAll(
      [...noted, ...quiet].map(
        (row) =>
          `${functions}\nmodule.exports = async (client, args, interaction, { req, queue, sizes, list, other }) => { ${row} };`,
      ),
      { 'times.js': times },
    );
  });

  test.each(noted)('may be none: %s', (row) => {
    expect(code(row)).toMatch(/^DC-(R8|W14)$/);
  });

  test.each(quiet)('is one: %s', (row) => {
    expect(all[[...noted, ...quiet].indexOf(row)]?.sites[0]?.outcome).not.toBe('left');
    expect(code(row)).toBeNull();
  });
});
