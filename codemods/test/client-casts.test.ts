/** A function whose client is of a type of the bot's own: under a comment that hides it, or in a bot that is not strict. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot, tsBotWith } from './project.ts';

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

test('a client that is read only is the class that it is made of', async () => {
  const { outcomes, handlers } = await handlersOf(
    '(c: Readonly<Bot>) => c.words.size',
    '(c: Readonly<Bot>) => { const { words } = c; return words.size + 1; }',
  );
  expect(outcomes).toEqual(['rewritten', 'rewritten', 'rewritten']);
  expect(handlers).toContain('(c) => (c as Bot).words.size,');
  expect(handlers).toContain('(client) => { const c = client as Bot; const { words } = c;');
});

test.each([
  "(c: Bot) => { return [c.guilds.cache.get('1').name]; }",
  `(c: Bot) => { return \`\${c.guilds.cache.get('1').name}\`; }`,
  "(c: Bot) => { const g = c.guilds.cache.get('1'); return g.name; }",
  "({ guilds }: Bot) => guilds.cache.get('1').name",
  "(c: Bot) => c.guilds.cache.get('1').name",
])('an error that the function had where it stood is no new one: %s', async (fn) => {
  const x = `import type { Bot } from './own.js';\nexport const f = (bot: Bot) => bot.shard!.broadcastEval(${fn});\n`;
  const root = project({ ...tsBot, 'src/own.ts': own, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.filter(({ method }) => method === 'broadcastEval').map(({ outcome }) => outcome)).toEqual(['rewritten']);
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

test('a name that a block or a function of the body has for itself does no harm', async () => {
  const { handlers } = await handlersOf(
    '(c: Bot) => { if (c.words.size > 1) { const c = 5; console.log(c); } return c.words.size; }',
    '(c: Bot) => { for (const c of [1]) console.log(c); const f = () => { var c = 1; return c; }; return c.words.size + f(); }',
    '(c: Bot) => { if (c.words.size > 1) { var c: Bot = null!; } return c.words.size; }',
  );
  expect(handlers.match(/const c = client as Bot;/g)).toHaveLength(2);
});

test.each([
  ['an old comment hides', '\n  // @ts-expect-error a Bot\n ', 'DC-G3'],
  ['an old error says', '', 'DC-V1'],
])('a function that is no handler by its type, as %s, costs its neighbours nothing', async (_title, comment, code) => {
  const x = `import type { Bot } from './own.js';
export const broken = (bot: Bot) =>${comment} bot.shard!.broadcastEval((c: Bot) => { c = c ?? c; return c.words.size; });
export const guilds = async (bot: Bot) =>
  (await bot.shard!.broadcastEval((c, { id }) => c.guilds.cache.get(id)?.name, { context: { id: '1' } })).map((name) => name?.trim());
`;
  const root = project({ ...tsBot, 'src/own.ts': own, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const [broken, guilds] = sites.filter(({ method }) => method === 'broadcastEval');
  expect([broken?.code, guilds?.outcome]).toEqual([code, 'rewritten']);
  if (code === 'DC-V1') expect(broken?.message).toContain('(c: Bot) => number does not take any client of discord.js');
});

const loose = tsBotWith({ strict: false });

const types = `${own}export interface Words extends Client { words: Map<string, string> }
export type Both = Client & { words: Map<string, string> };
export class Empty extends Client { extra?: string }
`;

test('in a bot that is not strict every written type of a client is said inside, where discord.js does not give it', async () => {
  const calls = [
    '(c: Bot) => c.words.size',
    '(c: Words) => c.words.size + 1',
    '(c: Both) => c.words.size + 2',
    '({ words }: Bot) => words.size + 3',
    '({ words: { size }, ...rest }: Bot) => { const n = size; return n + rest.guilds.cache.size + 4; }',
    '(c: Client | Bot) => c.guilds.cache.size + 5',
    '(c: Empty) => c.guilds.cache.size + 6',
    '(c) => c.guilds.cache.size + 7',
  ];
  const x = [
    "import type { Client } from 'discord.js';",
    "import type { Both, Bot, Empty, Words } from './own.js';",
    ...calls.map(
      (fn, i) =>
        `export const f${i} = async (bot: Bot) => (await bot.shard.broadcastEval(${fn})).map((n) => n.toFixed());`,
    ),
    '',
  ];
  const root = project({ ...loose, 'src/own.ts': types, 'src/x.ts': x.join('\n') });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(summary.verified).toBe(true);
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  const handlers = read(root)['src/cluster-handlers.ts'] ?? '';
  for (const line of [
    '(c) => (c as Bot).words.size,',
    '(c) => (c as Words).words.size + 1,',
    '(c) => (c as Both).words.size + 2,',
    '(client) => { const { words } = client as Bot; return words.size + 3; },',
    '(client) => { const { words: { size }, ...rest } = client as Bot; const n = size; return n + rest.guilds.cache.size + 4; },',
    '(c: Client | Bot) => c.guilds.cache.size + 5,',
    '(c: Empty) => c.guilds.cache.size + 6,',
  ])
    expect(handlers).toContain(line);
});

test('beside the client the parts of one are taken from a client of that type', async () => {
  const x = `import type { Bot } from './own.js';
export const words = (bot: Bot) => bot.shard.broadcastEval(({ words }: Bot, { n }) => words.size + n, { context: { n: 1 } });
`;
  const bot = "import { Bot } from './own.js';\n\nconst client = new Bot({ intents: [] });\nawait client.login();\n";
  const root = project({ ...loose, 'src/bot.ts': bot, 'src/own.ts': types, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['src'], cwd: root, inline: true });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(Object.values(read(root)).join()).toContain('const { words } = client as Bot; return words.size + n; }');
});

test('where discord.js is not installed, a client of the bot is cast as well', async () => {
  const root = project({
    ...tsBot,
    'src/own.ts': own,
    'src/x.ts':
      "import type { Client } from 'discord.js';\nimport type { Bot } from './own.js';\nexport const a = (bot: Bot) => bot.shard!.broadcastEval(((c: Bot, { n }: { n: number }) => c.words.size + n) as any, { context: { n: 1 } });\nexport const b = (bot: Bot) => bot.shard!.broadcastEval((c: Client<true>) => c.guilds.cache.size);\n",
  });
  rmSync(join(root, 'node_modules'));
  await migrate({ paths: ['src'], cwd: root });
  const handlers = read(root)['src/cluster-handlers.ts'] ?? '';
  expect(handlers).toContain('(c, { n }: { n: number }) => (c as Bot).words.size + n,');
  expect(handlers).toContain('(c: Client<true>) => c.guilds.cache.size,');
});

test('a function that says nothing of its client gets it from the function that it is handed to', async () => {
  const all = [
    "import type { Bot } from './own.js';",
    'export function all<T>(bot: Bot, fn: (b: Bot) => T): Promise<T[]> {',
    '  return bot.shard!.broadcastEval(fn as any);',
    '}',
    '',
  ];
  const x = [
    "import { all } from './all.js';",
    "import { bot } from './made.js';",
    'export const sizes = () => all(bot, (b) => b.words.size);',
    'export const keys = () => all(bot, ({ words }) => [...words.keys()]);',
    'export const guilds = () => all(bot, (b) => { return b.guilds.cache.size; });',
    '',
  ];
  const files = {
    'src/own.ts': own,
    'src/made.ts': "import { Bot } from './own.js';\nexport const bot = new Bot({ intents: [] });\n",
    'src/all.ts': all.join('\n'),
    'src/x.ts': x.join('\n'),
  };
  const root = project({ ...tsBot, ...files });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(summary.verified).toBe(true);
  expect(sites.find(({ method }) => method === 'broadcastEval')?.outcome).not.toBe('left');
  const handlers = read(root)['src/cluster-handlers.ts'] ?? '';
  expect(handlers).toContain("import type { Bot } from './own.js';");
  expect(handlers).toContain('(b) => (b as Bot).words.size,');
  expect(handlers).toContain('const { words } = client as Bot;');
  expect(handlers).toContain('const b = client as Bot; return b.guilds.cache.size; }');
});

test('a class that hands over itself needs no word of its type', async () => {
  const all = [
    "import type { Client } from 'discord.js';",
    'export function all<C extends Client, T>(client: C, fn: (c: C) => T): Promise<T[]> {',
    '  return client.shard!.broadcastEval(fn as any);',
    '}',
    '',
  ];
  const mine = [
    "import { Client } from 'discord.js';",
    "import { all } from './all.js';",
    'export class Mine extends Client {',
    '  words = new Map<string, string>();',
    '  sizes() { return all(this, (c) => c.guilds.cache.size); }',
    '}',
    '',
  ];
  const root = project({ ...tsBot, 'src/all.ts': all.join('\n'), 'src/mine.ts': mine.join('\n') });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(summary.verified).toBe(true);
  expect(sites.find(({ method }) => method === 'broadcastEval')?.outcome).toBe('rewritten');
  expect(read(root)['src/cluster-handlers.ts']).toContain('(c) => c.guilds.cache.size,');
});
