/** A field `cluster` of a client gets its type written when the import of discord-hybrid-sharding behind it moves. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const from = "'discord-hybrid-sharding'";
const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^2.2.0' };

const bot = {
  'package.json': `${JSON.stringify({ name: 'bot', type: 'module', dependencies })}\n`,
  'tsconfig.json': tsBot['tsconfig.json'] ?? null,
  'src/index.ts': `import { ClusterManager } from ${from};\n\nawait new ClusterManager('dist/bot.js').spawn();\n`,
  'src/cluster.ts': `import { ClusterClient } from ${from};\nimport type { Client } from 'discord.js';\n\nexport default class Fleet extends ClusterClient<Client> {\n  readonly mine = 1;\n}\n`,
  'src/base.ts': "import * as Discord from 'discord.js';\n\nexport abstract class Base extends Discord.Client {}\n",
} satisfies Files;

const client = (field: string, head = '') =>
  `import Fleet from './cluster.js';\nimport { Base } from './base.js';\n${head}\nexport class Bot extends Base {\n  ${field}\n}\n`;

const ask = 'export const pings = (bot: Bot) => bot.cluster.broadcastEval((c) => c.ws.ping);\n';

test.each([
  ['a class of the bot', 'public cluster = new Fleet(this);', 'public cluster: Fleet = new Fleet(this);', ''],
  [
    'a class with an argument',
    'readonly cluster = new ClusterClient<Client>(this);',
    'readonly cluster: ClusterClient<Client> = new ClusterClient<Client>(this);',
    `import { ClusterClient } from ${from};\nimport type { Client } from 'discord.js';\n`,
  ],
])('%s is written', async (_title, before, after, head) => {
  const text = `${client(before, head)}${ask}`;
  const root = project({ ...bot, 'src/bot.ts': text });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
  expect(summary.verified).toBe(true);
  expect(read(root)['src/bot.ts']).toContain(`  ${after}\n`);
});

test.each([
  ['where it is inferred', 'cluster = new ClusterClient(this);', `import { ClusterClient } from ${from};\n`],
  ['where it is there', 'cluster: Fleet = new Fleet(this);', ''],
  ['of the class itself', 'static cluster = new Fleet(new Base({ intents: [] }));', ''],
])('none is written %s', async (_title, field, head) => {
  const text = client(field, head);
  const base = bot['src/base.ts'].replace('abstract ', '');
  const root = project({ ...bot, 'src/base.ts': base, 'src/bot.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ code }) => code)).not.toContain('DC-V1');
  expect(read(root)['src/bot.ts']).toContain(`  ${field}\n`);
});

test('none is written in a class that is no client', async () => {
  const text = client('cluster = new Fleet(f());', 'declare const f: () => Base;\n').replace(
    'Bot extends Base',
    'Bot extends Map',
  );
  const root = project({ ...bot, 'src/bot.ts': text });
  await migrate({ paths: ['src'], cwd: root });
  expect(read(root)['src/bot.ts']).toBe(text);
});

test('none is written where the import stays', async () => {
  const more = bot['src/cluster.ts'].replace('{ ClusterClient }', '{ Child, ClusterClient }');
  const files = { ...bot, 'src/cluster.ts': `${more}f(Child);\n`, 'src/bot.ts': client('cluster = new Fleet(this);') };
  const root = project(files);
  await migrate({ paths: ['src'], cwd: root });
  expect(read(root)).toEqual(files);
});

/** A client with a field, in a project whose tsconfig.json takes `noImplicitOverride` from another one. */
const strict = (field: string, noImplicitOverride = true): Files => ({
  ...bot,
  'base.json': JSON.stringify({ compilerOptions: { noImplicitOverride } }),
  'tsconfig.json': JSON.stringify({ extends: './base.json', ...JSON.parse(String(tsBot['tsconfig.json'])) }),
  'src/bot.ts': `${client(field, `import { ClusterClient } from ${from};\nf(ClusterClient, Fleet);\ndeclare const f: (...made: unknown[]) => void;\n`)}${ask}`,
});

test.each([
  ['public cluster = new ClusterClient(this);', 'public override cluster = new ClusterClient(this);'],
  ['cluster = new Fleet(this);', 'override cluster: Fleet = new Fleet(this);'],
  ['readonly cluster: Fleet = new Fleet(this);', 'override readonly cluster: Fleet = new Fleet(this);'],
  ['public readonly cluster = new Fleet(this);', 'public override readonly cluster: Fleet = new Fleet(this);'],
  ['cluster!: Fleet;', 'override cluster!: Fleet;'],
  ['declare cluster: Fleet;', 'declare cluster: Fleet;'],
])('`override` is written where the project asks for it: %s', async (before, after) => {
  const root = project(strict(before));
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
  expect(summary.verified).toBe(true);
  expect(read(root)['src/bot.ts']).toContain(`  ${after}\n`);
});

test.each([
  ['the project does not ask for it', 'public cluster = new ClusterClient(this);', false],
  ['the field is of the class itself', 'static cluster: Fleet;', true],
])('no `override` is written where %s', async (_title, field, asks) => {
  const root = project(strict(field, asks));
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ code }) => code)).not.toContain('DC-V1');
  expect(read(root)['src/bot.ts']).toContain(`  ${field}\n`);
});
