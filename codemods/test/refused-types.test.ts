/** What a type holds that a handler is refused with: beside what JSON changed, and where a class is built on one of a package. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const kinds = `import { EventEmitter } from 'node:events';
import { Base } from 'not-installed';
export class Logger extends EventEmitter { level = 1; constructor() { super(); this.on('api', console.log); } }
export class Below extends Logger { more = 1 }
export class Foreign extends Base { n = 1 }
export class Further extends Foreign { m = 1 }
export class Told extends Base { toJSON() { return 1; } }
export class Own { n = 1 }
export class Row extends Own { m = 1 }
`;

/** The type of a context, the first code, and what is said. */
const contexts: readonly (readonly [type: string, code: string | null, ...words: string[]])[] = [
  ['{ at: Date; run: () => void }', 'DC-W7', 'may hold a function.', 'holds a Date.'],
  ['{ all: Map<string, number>; deep: { s: symbol } }', 'DC-W7', 'may hold a symbol.', 'holds a Map.'],
  ['{ all: Map<string, () => void> }', 'DC-W7', 'may hold a function.', 'holds a Map.'],
  ['{ all: ReadonlySet<{ at: Date }> }', 'DC-W1', 'holds a ReadonlySet.'],
  ['{ at: Date; logger: Logger }', 'DC-W7', 'may hold an event emitter.', 'holds a Date.'],
  ['{ logger: Below }', 'DC-W7', 'may hold an event emitter.'],
  ['{ it: Foreign }', 'DC-W7', 'may hold a function (of Base, whose types are not found).'],
  ['{ at: Date; it: Further }', 'DC-W7', 'a function (of Base, whose types are not found).', 'holds a Date.'],
  ['{ it: Told }', 'DC-W10'],
  ['{ it: Row }', null],
  ['{ at: Date; row: Row }', 'DC-W1'],
];

/** The result of a function, the same. */
const results: readonly (readonly [result: string, code: string | null, ...words: string[]])[] = [
  ['{ at: c.readyAt, it: c as unknown as Foreign }', 'DC-W7', 'a function (of Base', 'holds a Date.'],
  ['{ at: c.readyAt, of: c as unknown as { run(): void } }', 'DC-W7', 'a function.', 'holds a Date.'],
  ['c.guilds.cache.map((g) => ({ n: g.memberCount }) as Row)', null],
];

test('functions are told of beside all that JSON changed, also those of a class that nothing is known of', async () => {
  const told = contexts.map(
    ([type], i) =>
      `export const c${i} = (c: Client, context: ${type}) => c.shard!.broadcastEval((x, d) => [x.ws.ping, JSON.stringify(d).length], { context });`,
  );
  const given = results.map(
    ([result], i) =>
      `export const r${i} = (bot: Client) => bot.shard!.broadcastEval((c) => (${result})).then((all) => JSON.stringify(all));`,
  );
  const head =
    "import type { Client } from 'discord.js';\nimport type { Below, Foreign, Further, Logger, Row, Told } from './kinds.js';\n";
  const root = project({ ...tsBot, 'src/kinds.ts': kinds, 'src/x.ts': `${head}${[...told, ...given].join('\n')}\n` });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const calls = sites.filter(({ method }) => method === 'broadcastEval');
  const all = [...contexts, ...results];
  expect(calls.map(({ code }, i) => [all[i]?.[0], code])).toEqual(all.map(([text, code]) => [text, code]));
  const unsaid = calls.map(({ message }, i) => all[i]?.slice(2).filter((one) => !message.includes(String(one))));
  expect(unsaid.flat()).toEqual([]);
});
