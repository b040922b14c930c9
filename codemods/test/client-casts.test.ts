/** A function that calls its client a class of the bot's own, under a comment that hides that discord.js does not. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const own =
  "import { Client } from 'discord.js';\nexport class Bot extends Client {\n  words = new Map<string, string>();\n  load(word: string) { return this.words.has(word); }\n  #hidden = 1;\n  private secret = this.#hidden;\n}\n";

/** What becomes of each call, and the handlers. */
async function handlersOf(...calls: readonly string[]) {
  const x = [
    "import type { Bot } from './own.js';",
    ...calls.map(
      (fn, i) => `export const f${i} = (bot: Bot) =>\n  // @ts-expect-error a Bot\n  bot.shard!.broadcastEval(${fn});`,
    ),
    'export const guilds = (bot: Bot) => bot.shard!.broadcastEval((c) => c.guilds.cache.size);',
    '',
  ];
  const root = project({ ...tsBot, 'src/own.ts': own, 'src/x.ts': x.join('\n') });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(summary.verified).toBe(true);
  const outcomes = sites.flatMap(({ method, outcome, code }) =>
    method === 'broadcastEval' ? [outcome === 'left' ? code : 'rewritten'] : [],
  );
  return { outcomes, handlers: read(root)['src/cluster-handlers.ts'] ?? '' };
}

test('each use of the client says what it is, so that all handlers keep their types', async () => {
  const { outcomes, handlers } = await handlersOf(
    '(c: Bot) => c.words.size',
    "(c: Bot, { word }: { word: string }) => c.load(word), { context: { word: 'a' } }",
    '(c: Bot) => { const { words } = c; return [words.size, [1].map((n) => n + c.words.size), c.words.size]; }',
    '(c: Bot) => ({ c }).c.words.size',
  );
  expect(outcomes).toEqual(['rewritten', 'rewritten', 'rewritten', 'rewritten', 'rewritten']);
  expect(handlers).toContain('(c) => (c as Bot).words.size,');
  expect(handlers).toContain('(c, { word }: { word: string }) => (c as Bot).load(word),');
  expect(handlers).toContain('(client) => { const c = client as Bot; const { words } = c;');
  expect(handlers).toContain('({ c: c as Bot }).c.words.size,');
  expect(handlers).not.toContain('@ts-expect-error');
});

test('a comment that hides another error as well stays with the function', async () => {
  const { outcomes, handlers } = await handlersOf('(c: Bot) => c.secret');
  expect(outcomes).toEqual(['rewritten', 'rewritten']);
  expect(handlers).toContain('// @ts-ignore a Bot\n  ');
  expect(handlers).toContain('(c) => (c as Bot).secret,');
});

test('a line that begins with the client does not call what the line before ends with', async () => {
  const { handlers } = await handlersOf(
    'async (c: Bot) => {\n    let words\n    words = c.words\n    c.words.clear()\n    return words.size\n  }',
    '(c: Bot) => [1].map(() => {\n    const has = c.load\n    c.words.clear()\n    return has\n  }).length',
    '(c: Bot) => { const client = 1; return [client, typeof c, c.words.size]; }',
  );
  expect(handlers).toContain(
    'async (client) => {\n    const c = client as Bot;\n    let words\n    words = c.words\n    c.words.clear()',
  );
  expect(handlers).toContain('    const has = c.load\n    c.words.clear()');
  expect(handlers).toContain('(bot) => { const c = bot as Bot; const client = 1;');
});

test.each([
  ['is given another value', '(c: Bot) => { c = c ?? c; return c.words.size; }'],
  [
    'another parameter reads',
    '(c: Bot, { word = c.user?.username }: { word?: string }) => { return c.load(word ?? ""); }, { context: {} }',
  ],
  ['is declared again', '(c: Bot) => { var c: Bot; return c.words.size; }'],
])('a parameter that %s is not declared anew', async (_title, fn) => {
  const { outcomes, handlers } = await handlersOf(fn);
  expect(outcomes[1]).toBe('rewritten');
  expect(handlers).not.toContain(' as Bot;');
});
