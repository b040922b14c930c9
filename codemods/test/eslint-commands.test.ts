/** The command that the lint rule names: run, it does what the message says. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import * as plugin from '../src/eslint/index.ts';
import { migrate } from '../src/index.ts';
import { mendingOf } from '../src/rules/mending.ts';
import { type ReasonCode, reasons } from '../src/rules/reasons.ts';
import { pathsOf } from './cases/migrated.ts';
import { tables } from './cases/tables.ts';
import { run } from './command.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

const config = [
  { files: ['**/*.ts'], languageOptions: { parser } },
  { files: ['**/*.js', '**/*.ts'], ...plugin.configs.recommended },
];

/** What the rule says of a file as it is now. */
const lint = (root: string, path: string): readonly string[] =>
  new Linter({ cwd: root })
    .verify(readFileSync(join(root, path), 'utf8'), config, { filename: join(root, path) })
    .map(({ message }) => message);

/** The arguments of the command in a message, as a shell hands them over; `null` where it names none. */
function commandIn(message = ''): readonly string[] | null {
  const command = /npx dc-migrate ((?:(?!explain\b)(?:"[^"]*"|'[^']*'|\\.|[^\s"'()\\])+ ?)+)/.exec(message)?.[1];
  if (command === undefined) return null;
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' });
  return words.trimEnd().split('\n');
}

/** A bot whose manager has moved, so that one file of it can be migrated alone: of TypeScript where the file is. */
async function movedBot(files: Files): Promise<string> {
  const isTyped = Object.keys(files).some((path) => path.endsWith('.ts'));
  const first = isTyped
    ? {
        'src/first.ts':
          "import type { Client } from 'discord.js';\nexport const f = (c: Client) => c.shard!.broadcastEval((d) => d.ws.ping);\n",
      }
    : { 'first.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' };
  const root = project({ ...(isTyped ? tsBot : cjsBot), ...first });
  await migrate({ paths: ['.'], cwd: root });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), String(text));
  }
  return root;
}

const sent = (argument: string): string => `f(client.shard.broadcastEval(${argument}));\n`;
const all = ['--legacy', '--fix-captures'];

describe('a call that an option rewrites', () => {
  test.each([
    ['DC-C1', `const limit = 1;\n${sent('(c) => c.guilds.cache.size > limit')}`, '--fix-captures'],
    ['DC-D3', sent("'this.guilds.cache.size'"), '--legacy'],
    ['DC-D3', `const limit = 1;\n${sent('`this.guilds.cache.size > $' + '{limit}`')}`, '--legacy'],
  ])('is rewritten by the command with it: %s, %s', async (code, text, option) => {
    const root = await movedBot({ 'c.js': text });
    const [message] = lint(root, 'c.js');
    expect(message).toMatch(
      new RegExp(
        `^broadcastEval sends code as text\\. Turn it into a typed handler: npx dc-migrate ${option} c\\.js \\(the option is for ${code}, `,
      ),
    );
    const { status, stdout } = await run(root, ...(commandIn(message) ?? []));
    expect(status, stdout).toBe(0);
    expect(lint(root, 'c.js')).toEqual([]);
  });

  test('of discord-hybrid-sharding is, too', async () => {
    const manifest = '{ "name": "bot", "dependencies": { "discord.js": "14", "discord-hybrid-sharding": "2" } }\n';
    const index =
      "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js').spawn();\n";
    const bot =
      "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n";
    const c = "f(client.cluster.broadcastEval('this.guilds.cache.size'));\n";
    const root = project({ 'package.json': manifest, 'index.js': index, 'bot.js': bot, 'c.js': c });
    const [message] = lint(root, 'c.js');
    expect(message).toContain('npx dc-migrate --legacy . (the option is for DC-D9, ');
    await run(root, ...(commandIn(message) ?? []));
    expect(lint(root, 'c.js')).toEqual([]);
  });
});

/** Each code that a call of one file is left with until somebody edits it, the call, and an edit that the message asks for. */
const edited: readonly (readonly [code: string, before: string, after: string, file?: string])[] = [
  ['DC-C1', `let n = 1;\n${sent('(c) => (n = c.ws.ping)')}`, sent('(c) => c.ws.ping')],
  ['DC-C5', sent('(c) => [c.ws.ping, __filename]'), sent('(c) => c.ws.ping')],
  ['DC-C9', `const fetch = g();\n${sent('(c) => fetch(c.url)')}`, sent('(c) => globalThis.fetch(c.url)')],
  ['DC-D2', sent('this.count.bind(this)'), sent('(c) => c.ws.ping')],
  [
    'DC-D8',
    'const ask = (fn) => client.shard.broadcastEval(fn);\nask(ask);\n',
    'const ask = (fn) => client.shard.broadcastEval(fn);\nask((c) => c.ws.ping);\n',
  ],
  ['DC-D10', sent(''), sent('(c) => c.ws.ping')],
  ['DC-F3', `// @generated\n${sent('(c) => c.ws.ping')}`, sent('(c) => c.ws.ping')],
  [
    'DC-G1',
    "import type { Client } from 'discord.js';\nexport const ask = <T,>(client: Client) => client.shard!.broadcastEval((c): T => c.ws.ping as T);\n",
    "import type { Client } from 'discord.js';\nexport const ask = (client: Client) => client.shard!.broadcastEval((c): number => c.ws.ping);\n",
    'src/c.ts',
  ],
  [
    'DC-G2',
    "import type { Client } from 'discord.js';\ntype N = number;\nexport const ask = (client: Client) => client.shard!.broadcastEval((c): N => c.ws.ping);\n",
    "import type { Client } from 'discord.js';\nexport type N = number;\nexport const ask = (client: Client) => client.shard!.broadcastEval((c): N => c.ws.ping);\n",
    'src/c.ts',
  ],
  ['DC-R3', sent('(c) => c.ws.ping, options()'), sent('(c) => c.ws.ping, { shard: 0 }')],
  ['DC-R9', sent('(c) => c.ws.ping, { shard: [0, 1] }'), sent('(c) => c.ws.ping, { shard: 0 }')],
  [
    'DC-S3',
    'export const ask = (x: any) => x.shard.broadcastEval((c: any) => c.topic);\n',
    "import type { Client } from 'discord.js';\nexport const ask = (x: Client) => x.shard!.broadcastEval((c) => c.ws.ping);\n",
    'src/c.ts',
  ],
  ['DC-T1', sent('function () { return this.uptime; }'), sent('function (c) { return c.uptime; }')],
  ['DC-T2', sent('function () { return arguments[0].uptime; }'), sent('(c) => c.uptime')],
  [
    'DC-T3',
    `class A { #n = 1; ask() { ${sent('(c) => c.ws.ping + this.#n').trim()} } }\n`,
    `class A { #n = 1; ask() { ${sent('(c, { n }) => c.ws.ping + n, { context: { n: this.#n } }').trim()} } }\n`,
  ],
  [
    'DC-W4',
    sent('(c, { r }) => r, { context: { r: g(client.shard.broadcastEval((d) => d.ws.ping)) } }'),
    sent('(c) => c.ws.ping'),
  ],
  ['DC-W8', sent('(c) => setTimeout(() => c.destroy(), 9)'), sent('(c) => { setTimeout(() => c.destroy(), 9); }')],
  ['DC-W11', sent('(c) => [fetch(c.url)]'), sent('async (c) => [(await fetch(c.url)).status]')],
];

describe('a call that has to be edited first', () => {
  test.each(edited)('is rewritten by the command after the edit: %s', async (code, before, after, path) => {
    const file = path ?? 'c.js';
    const root = await movedBot({ [file]: String(before) });
    const [message = ''] = lint(root, file);
    expect(message).toContain(`and dc-migrate leaves it as it stands (${code}, `);
    const { stdout } = await run(root, '--dry-run', ...all, file);
    const [, sentence = 'nothing was said'] = /\)\. (.+) The command: npx dc-migrate/.exec(message) ?? [];
    expect(stdout).toContain(sentence);
    writeFileSync(join(root, file), String(after));
    await run(root, ...(commandIn(message) ?? []));
    expect(lint(root, file)).toEqual([]);
  });
});

test('what says that dc-migrate is to be run again is never to be written by hand', () => {
  // What only a whole run says: of managers and imports, of the handlers file, of its checks, of files it cannot read.
  const ofRuns = /^DC-(?:[MHV]\d|F[12]$)/;
  const said = Object.entries(reasons).flatMap(([code, { sentence, general }]) =>
    [sentence, ...Object.values(general)].some((text) => text.includes('run dc-migrate again')) ? [code] : [],
  );
  const reached = said.filter((code) => !ofRuns.test(code)) as readonly ReasonCode[];
  expect(reached).toEqual(expect.arrayContaining(['DC-T1', 'DC-D8', 'DC-D10']));
  expect(reached.filter((code) => mendingOf({ code, details: {} }) === 'hand')).toEqual([]);
});

test('a path that is code is rewritten by the command with --legacy', async () => {
  const root = await movedBot({
    'c.js': "f(client.shard.fetchClientValues('guilds.cache.reduce((n, g) => n + g.memberCount, 0)'));\n",
  });
  const [message] = lint(root, 'c.js');
  expect(message).toContain('npx dc-migrate --legacy c.js (the option is for DC-D5, ');
  expect((await run(root, ...(commandIn(message) ?? []))).status).toBe(0);
  expect(lint(root, 'c.js')).toEqual([]);
});

describe('a call that has to be written by hand', () => {
  test.each([
    ['DC-C4', sent('(c) => nobody(c)')],
    ['DC-C10', sent('(c) => { delete require.cache[c.x]; }')],
    ['DC-D1', sent('jobs[name]')],
    ['DC-D4', sent('(c) => eval(c.x)')],
    ['DC-D5', 'f(client.shard.fetchClientValues(path));\n'],
    ['DC-D7', sent("'('")],
    ['DC-R7', 'class A extends ShardingManager { ask() { return super.broadcastEval((c) => c.ws.ping); } }\n'],
    ['DC-E2', sent('() => process.exit()')],
  ])('names no command and says what to write: %s', async (code, text) => {
    const root = await movedBot({ 'c.js': text });
    const [message = ''] = lint(root, 'c.js');
    expect(message).toContain(`and no run of dc-migrate changes that (${code}, `);
    expect(commandIn(message)).toBeNull();
    const { stdout } = await run(root, ...all, 'c.js');
    expect(stdout).toContain(/\)\. (.+)$/.exec(message)?.[1] ?? 'nothing was said');
    expect(read(root)['c.js']).toBe(text);
  });
});

describe('no call is promised a command that leaves it', () => {
  const scripts = tables.filter(
    ({ path, rows }) => path === 'NN.js' && rows.some(({ before }) => /Eval\(/.test(before)),
  );

  test.each(scripts)('of the table $name', async (table) => {
    const rows = pathsOf(table).map(([path, { before }]) => [path, before] as const);
    const root = project({ ...table.bot, ...Object.fromEntries(rows) });
    const promised = rows.flatMap(([path]) =>
      lint(root, path)
        .filter((message) => message.includes('. Turn it into'))
        .map((message) => ({ path, options: all.filter((one) => message.includes(`npx dc-migrate ${one} `)) })),
    );
    expect(promised).not.toEqual([]);
    for (const options of [[], ...all.map((one) => [one])]) {
      const own = promised.filter((one) => String(one.options) === String(options)).map(({ path }) => path);
      if (own.length > 0) await run(root, ...options, ...new Set(own), 'index.js');
    }
    const still = promised.flatMap(({ path }) => lint(root, path).map((message) => `${path}: ${message}`));
    expect(still.filter((message) => message.includes('. Turn it into'))).toEqual([]);
  });
});

describe('in a bot that has not been migrated', () => {
  const call = sent('(c) => c.ws.ping');

  test('the command is the one of the whole bot, and wires it', async () => {
    const root = project({ ...cjsBot, 'lib/c.js': call });
    const [message] = lint(root, 'lib/c.js');
    expect(message).toBe(
      'broadcastEval sends code as text. Turn it into a typed handler, together with the manager in index.js: npx dc-migrate .',
    );
    const { stdout } = await run(root, ...(commandIn(message) ?? []));
    expect(stdout).not.toContain('DC-H2');
    expect(lint(root, 'lib/c.js')).toEqual([]);
  });

  test('it is so from a folder above and for a call that has to be edited', () => {
    const above = project({});
    for (const [path, text] of Object.entries({ ...cjsBot, 'c.js': sent('(c) => [fetch(c.url)]') })) {
      mkdirSync(join(above, 'my bot'), { recursive: true });
      writeFileSync(join(above, 'my bot', path), String(text));
    }
    expect(lint(above, 'my bot/c.js')[0]).toMatch(
      / The command, together with the manager in "?my bot\/index\.js"?: npx dc-migrate "my bot"$/,
    );
  });

  test('the manager of a workspace is told by the bot that it starts', async () => {
    const bot = Object.entries(cjsBot).map(([path, text]) => [`packages/bot/${path}`, text ?? null] as const);
    const index =
      "const { ShardingManager } = require('discord.js');\nnew ShardingManager(require('node:path').join(__dirname, '../bot/bot.js')).spawn();\n";
    const root = project({
      'package.json': '{ "name": "ws", "workspaces": ["packages/*"] }\n',
      ...Object.fromEntries(bot.filter(([path]) => !path.endsWith('index.js'))),
      'packages/bot/c.js': call,
      'packages/start/package.json': '{ "name": "start", "dependencies": { "discord.js": "14" } }\n',
      'packages/start/index.js': index,
      'packages/other/package.json': '{ "name": "other", "dependencies": { "discord.js": "14" } }\n',
      'packages/other/index.js':
        "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./x.js').spawn();\n",
    });
    const [message] = lint(root, 'packages/bot/c.js');
    expect(commandIn(message)).toEqual(['packages/bot', 'packages/start']);
    const { stdout } = await run(root, ...(commandIn(message) ?? []));
    expect(stdout).not.toContain('DC-H2');
  });

  test('the command is still that one when the manager has moved and loads no handlers', async () => {
    const root = project({ ...cjsBot, 'c.js': call });
    await migrate({ paths: ['index.js'], cwd: root });
    expect(commandIn(lint(root, 'c.js')[0])).toEqual(['.']);
  });

  test('one file is enough where it has the manager itself, or the manager is ready', async () => {
    const index = `${cjsBot['index.js']}new ShardingManager('./bot.js').broadcastEval((c) => c.ws.ping);\n`;
    expect(commandIn(lint(project({ ...cjsBot, 'index.js': index }), 'index.js')[0])).toEqual(['index.js']);
    const root = project({ ...cjsBot, 'c.js': call });
    expect(commandIn(lint(root, 'c.js')[0])).toEqual(['.']);
    await migrate({ paths: ['.'], cwd: root });
    writeFileSync(join(root, 'c.js'), call);
    expect(commandIn(lint(root, 'c.js')[0])).toEqual(['c.js']);
  });

  test('managers of tests and of what the bot is compiled to are not asked', async () => {
    const index = cjsBot['index.js'] ?? '';
    const root = await movedBot({ 'c.js': call, 'test/m.js': index, 'dist/index.js': index });
    symlinkSync('nowhere', join(root, 'broken.js'));
    expect(commandIn(lint(root, 'c.js')[0])).toEqual(['c.js']);
  });
});

describe('a block of a file', () => {
  const call = sent('(c) => c.ws.ping');

  /** What the rule says of a block of a file, as a processor hands it over. */
  const lintBlock = (root: string, path: string): readonly string[] => {
    const processor = {
      preprocess: (text: string) => [{ text, filename: '0.js' }],
      postprocess: (messages: Linter.LintMessage[][]) => messages.flat(),
    };
    const blocks = [
      { files: [path], processor, ...plugin.configs.recommended },
      { files: [`${path}/*.js`], ...plugin.configs.recommended },
    ];
    const messages = new Linter({ cwd: root }).verify(call, blocks, { filename: join(root, path) });
    return messages.map(({ message }) => message);
  };

  test('of JavaScript is migrated with that file', async () => {
    const root = await movedBot({ 'c.js': call });
    expect(commandIn(lintBlock(root, 'c.js')[0])).toEqual(['c.js']);
  });

  test('that no run reads gets no command', async () => {
    const root = await movedBot({ 'README.md': call });
    expect(lintBlock(root, 'README.md')).toEqual([
      'broadcastEval sends code as text, and no run of dc-migrate reads README.md. Move the call into a file of JavaScript or TypeScript, or ask a named handler by hand.',
    ]);
    expect((await run(root, 'README.md')).stderr).toContain('there is no JavaScript or TypeScript in README.md');
  });

  test('that is not on disk is one of its package', async () => {
    const root = await movedBot({});
    expect(commandIn(lintBlock(root, 'lib/new.js')[0])).toEqual(['.']);
  });
});

test.each(['a$HOME.js', '-c.js', "it's `x`.js"])(
  'the command names a file that a shell would change: %s',
  async (path) => {
    const root = await movedBot({ [path]: sent('(c) => c.ws.ping') });
    const words = commandIn(lint(root, path)[0]) ?? [];
    const { status, stdout } = await run(root, ...words);
    expect(status, stdout).toBe(0);
    expect(lint(root, path)).toEqual([]);
  },
);
