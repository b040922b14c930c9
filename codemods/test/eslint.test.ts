/** The lint rule: what it reports and with which code, with and without types, in both manners of configuration. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint, Linter, RuleTester } from 'eslint';
import { afterAll, describe, expect, test } from 'vitest';
import * as plugin from '../src/eslint/index.ts';
import { noBroadcastEval } from '../src/eslint/no-broadcast-eval.ts';
import { pathsOf } from './cases/migrated.ts';
import { tables } from './cases/tables.ts';
import { project } from './project.ts';

RuleTester.describe = describe;
RuleTester.it = test;

const movable = { messageId: 'movable' } as const;
const coded = (code: string) => ({ message: new RegExp(` \\(${code}, `) });

new RuleTester({ languageOptions: { sourceType: 'commonjs' } }).run('no-broadcast-eval', noBroadcastEval, {
  valid: [
    'radio.broadcastEval((n) => n);',
    'class A { broadcastEval(fn) { return this.broadcastEval(fn); } }',
    "client.cluster.ipc.requestAllShards('ping').valuesOrThrow();",
    'const { shard } = config; let other = radio; other.broadcastEval((c) => 1);',
    'client.shard.send(1); client.shard[method]((c) => 1);',
    "const k = 'broadcastEval'; radio[k]((n) => n); const m = new Map(); m[k]?.(1);",
    "let k = 'broadcastEval'; client.shard[k]((c) => c.ws.ping);",
    'ctx.rabbit.shard.broadcastEval((c) => c.ws.ping); const { shard } = queue; shard.broadcastEval((c) => c.ws.ping);',
    'message.guild.shard.fetchClientValues("ws.ping");',
    'function f(client) { return client.radio.fetchClientValues("a"); }',
    "const client = new Eris('t'); client.shard.broadcastEval((c) => c.ws.ping);",
    "/** @param {import('eris').Client} client */ function f(client) { client.shard.broadcastEval((c) => c.ws.ping); }",
    'class Bus { constructor(conn) { this.shard = conn; } pub() { this.shard.broadcastEval((c) => c.topic); } }',
  ],
  invalid: [
    { code: 'client.shard.broadcastEval((c) => c.ws.ping);', errors: [movable] },
    { code: "this.client.shard?.['fetchClientValues']('ws.ping');", errors: [movable] },
    { code: 'const { shard } = client; shard.broadcastEval((c) => c.ws.ping);', errors: [movable] },
    { code: 'const shard = bot.shard; shard.fetchClientValues("ws.ping");', errors: [movable] },
    { code: 'const m = new ShardingManager("x"); m.broadcastEval((c) => c.ws.ping, { shard: 0 });', errors: [movable] },
    { code: 'const m = new Discord.ShardingManager("x"); m.broadcastEval((c) => c.ws.ping);', errors: [movable] },
    { code: 'client.shard.broadcastEval((c) => eval(1));', errors: [coded('DC-D4')] },
    { code: "const k = 'broadcastEval'; client.shard[k]((c) => c.ws.ping);", errors: [movable] },
    { code: 'client.shard[`broadcastEval`]((c) => c.ws.ping);', errors: [movable] },
    {
      code: "const k = 'fetchClientValues'; client.shard[k]('ws.ping').then(log)[k]('x'); client.shard?.[k](path);",
      errors: [movable, coded('DC-D5')],
    },
    { code: '// @generated\nclient.shard.broadcastEval((c) => c.ws.ping);', errors: [coded('DC-F3')] },
    {
      code: 'client.shard.broadcastEval(async (c) => (await c.shard.broadcastEval((d) => d.ws.ping)).length);',
      errors: [movable, movable],
    },
    {
      code: 'const ask = (fn, context) => client.shard.broadcastEval(fn, { context }); ask((c) => c.ws.ping);',
      errors: [movable],
    },
    {
      code: 'const ask = (fn, context) => client.shard.broadcastEval(fn, { context }); ask(ask); ask((c) => c.ws.ping);',
      errors: [coded('DC-D8')],
    },
  ],
});

const typed = { parser, parserOptions: { projectService: { allowDefaultProject: ['*.ts'] } } };
const folder = mkdtempSync(join(tmpdir(), 'dc-migrate-eslint-'));
symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "module": "nodenext" } }\n');
afterAll(() => rmSync(folder, { recursive: true }));

/** What the recommended rules say of a file, with types: the line, and the rule. */
async function reportsOf(file: string): Promise<readonly string[]> {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.ts'], languageOptions: typed },
      { files: ['**/*.ts'], ...plugin.configs.recommended },
    ],
  });
  const [result] = await eslint.lintFiles(file);
  return (result?.messages ?? []).map(({ line, ruleId }) => `${line} ${ruleId}`);
}

describe('with TypeScript', () => {
  const untyped = new RuleTester({ languageOptions: { parser } });
  untyped.run('without types a written class proves a receiver', noBroadcastEval, {
    valid: [
      'const f = (m: Radio) => m.broadcastEval((n) => n);',
      'export const f = (radio: Radio) => radio.shard.broadcastEval((n) => n);',
    ],
    invalid: [
      {
        code: 'export const f = (client: Client) => client.shard!.broadcastEval((c): Record<string, number> => ({ p: c.ws.ping }));',
        errors: [movable],
      },
      { code: 'const f = (m: ShardingManager) => m!.broadcastEval((c) => c.ws.ping);', errors: [movable] },
      {
        code: 'const f = (u: ShardClientUtil | null) => (u as any)?.broadcastEval((c: Client): Row => c.row);',
        errors: [movable],
      },
    ],
  });

  test('with types the class decides, whatever names and places say', async () => {
    const text = [
      "import type { Client } from 'discord.js';",
      'interface Radio { shard: { broadcastEval(fn: (n: number) => number): void } }',
      'export const a = (radio: Radio) => radio.shard.broadcastEval((n) => n);',
      "export const b = (hold: { util: NonNullable<Client['shard']> }) => hold.util.broadcastEval((c) => c.ws.ping);",
      'export const c = (any: any) => any.shard.broadcastEval((n: number) => n);',
      '',
    ].join('\n');
    writeFileSync(join(folder, 'typed.ts'), text);
    expect(await reportsOf('typed.ts')).toEqual(['4 dc-migrate/no-broadcast-eval', '5 dc-migrate/no-broadcast-eval']);
  });
});

test('with types the classes of discord-hybrid-sharding count by all their names', async () => {
  const typings = join(folder, 'vendor', 'discord-hybrid-sharding');
  mkdirSync(typings, { recursive: true });
  writeFileSync(
    join(typings, 'typings.d.ts'),
    "declare module 'discord-hybrid-sharding' { export class Client { broadcastEval<T>(fn: (client: any) => T): Promise<T[]>; } }\n",
  );
  const text = [
    "import type { Client as Fleet } from 'discord-hybrid-sharding';",
    'export const a = (fleet: Fleet) => fleet.broadcastEval((c) => c.ws.ping);',
    '',
  ].join('\n');
  writeFileSync(join(folder, 'fleet.ts'), text);
  expect(await reportsOf('fleet.ts')).toEqual(['2 dc-migrate/no-broadcast-eval']);
});

test('of a function that other files call, no more is promised than is known', () => {
  writeFileSync(join(folder, 'package.json'), '{}\n');
  writeFileSync(join(folder, 'user.js'), "require('./ask').ask((c) => c.ws.ping);\n");
  const text = 'exports.ask = (fn) => client.shard.broadcastEval(fn);\n';
  const config = [
    { files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' as const } },
    plugin.configs.recommended,
  ];
  const [message] = new Linter({ cwd: folder }).verify(text, config, { filename: join(folder, 'ask.js') });
  expect(message?.message).toBe(
    'broadcastEval sends code as text. Callers in other files choose what is sent, so run dc-migrate on the whole bot: npx dc-migrate .',
  );
});

describe('a message', () => {
  const lint = (text: string, path: string) => {
    const cwd = project({ [path]: text });
    const config = [{ files: ['**/*.js'], ...plugin.configs.recommended }];
    return new Linter({ cwd }).verify(text, config, { filename: join(cwd, path) });
  };

  test('names the command that migrates the file', () => {
    const [message] = lint('client.shard.broadcastEval((c) => c.ws.ping);', 'src/ping.js');
    expect(message?.message).toBe(
      'broadcastEval sends code as text. Turn it into a typed handler: npx dc-migrate src/ping.js',
    );
  });

  test.each([
    ['DC-F3, generated file', '// @generated\nclient.shard.broadcastEval((c) => c.ws.ping);', 'take that mark away'],
    [
      'DC-D8, function of the callers',
      'const ask = (fn) => client.shard.broadcastEval(fn);',
      'z.js:1: nobody calls it',
    ],
    ['DC-T1, this', 'client.shard.broadcastEval(function () { return this.uptime; });', 'Use its first parameter'],
  ])('says what to edit before the command is run: %s', (why, text, edit) => {
    const [message] = lint(text, 'z.js');
    expect(message?.message).toContain(
      `broadcastEval sends code as text, and dc-migrate leaves it as it stands (${why}). `,
    );
    expect(message?.message).toContain(edit);
    expect(message?.message).toMatch(/ The command: npx dc-migrate z\.js$/);
  });

  test.each([
    ['DC-D4, runs user code', 'client.shard.broadcastEval((c) => eval(1));', 'keep broadcastEval for'],
    ['DC-D5, dynamic path', 'client.shard.fetchClientValues(path);', 'Write one handler per path'],
  ])('names no command that would refuse: %s', (why, text, edit) => {
    const [message] = lint(text, 'z.js');
    expect(message?.message).toContain(` sends code as text, and no run of dc-migrate changes that (${why}). `);
    expect(message?.message).toContain(edit);
    expect(message?.message).not.toContain('npx');
  });

  test('puts a path with blanks between quotes, and explains its code', () => {
    const [message] = lint('function f(id) { client.shard.broadcastEval((c) => c.x(id)); }', 'my bot/ping.js');
    expect(message?.message).toBe(
      'broadcastEval sends code as text. Turn it into a typed handler: npx dc-migrate --fix-captures "my bot/ping.js" (the option is for DC-C1, captured variable: npx dc-migrate explain DC-C1)',
    );
  });

  test('tells of a note that the new call will carry', () => {
    const [message] = lint('client.shard.broadcastEval((c) => c.ws.ping, { shard: id });', 'z.js');
    expect(message?.message).toBe(
      'broadcastEval sends code as text. Turn it into a typed handler: npx dc-migrate z.js (the new call carries a note, DC-R8, one or everybody: npx dc-migrate explain DC-R8)',
    );
  });
});

test('an older configuration takes the plugin as well', () => {
  const linter = new Linter({ configType: 'eslintrc' });
  for (const [name, rule] of Object.entries(plugin.rules)) linter.defineRule(`dc-migrate/${name}`, rule);
  const { rules } = plugin.configs['legacy-recommended'];
  const config = { rules, parserOptions: { ecmaVersion: 2022 } } as const;
  const messages = linter.verify('client.shard.broadcastEval((c) => 1);', config, { filename: 'x.js' });
  expect(messages.map(({ ruleId }) => ruleId)).toEqual(['dc-migrate/no-broadcast-eval']);
});

/** What dc-migrate itself says of the same files; it sees the other files as well. */
describe('the code is the one dc-migrate has', () => {
  const scripts = tables.filter(({ name }) => name === 'JavaScript' || name === 'ES modules');
  const calls = scripts.flatMap((table) =>
    pathsOf(table).filter(
      ([, { before, title }]) => /\.(broadcastEval|fetchClientValues)\(/.test(before) && title !== 'mocks in a test',
    ),
  );

  test.each(calls.map(([path, row]) => ({ path, ...row })))('$no: $title', ({ before, sites }) => {
    const config = [{ files: ['**/*.js'], ...plugin.configs.recommended }];
    const found = new Linter().verify(before, config, { filename: 'x.js' });
    const codes = found.map(({ message }) => /DC-\w+/.exec(message)?.[0] ?? 'rewritten');
    expect(codes).toEqual(sites.map((site) => site.replace(/^(left|note) /, '')));
  });
});
