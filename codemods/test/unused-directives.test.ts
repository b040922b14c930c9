/** A comment that hid an error of the old library's types goes with the import that moves. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { run } from './command.ts';
import { type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const from = "'discord-hybrid-sharding'";
const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^1.5.2' };

const typings = `declare module ${from} {
  import { Client as DiscordClient } from 'discord.js';
  export class Client {
    constructor(client: DiscordClient);
    private id: number;
    broadcastEval<T>(fn: (client: DiscordClient) => T): Promise<T[]>;
  }
  export class Manager {
    constructor(file: string, options?: object);
    spawn(): Promise<Map<number, unknown>>;
  }
}
`;

const bot = {
  'package.json': `${JSON.stringify({ name: 'bot', type: 'module', dependencies })}\n`,
  'tsconfig.json': (tsBot['tsconfig.json'] ?? '').replace('"include":["src"]', '"include":["src","vendor"]'),
  'vendor/discord-hybrid-sharding/typings.d.ts': typings,
  'src/index.ts': `import { Manager } from ${from};\n\nawait new Manager('dist/bot.js').spawn();\n`,
  'src/bot.ts': `import { Client as Fleet } from ${from};\nimport { Client } from 'discord.js';\n\nexport const client = new Client({ intents: [] });\nexport const fleet = new Fleet(client);\n`,
} satisfies Files;

const head = "import { fleet } from './bot.js';\n\n";
const comment = '// @ts-expect-error it is private';

test.each([
  ['a line of its own', `export function id() {\n  ${comment}\n  return fleet.id;\n}\n`],
  ['with Windows line ends', `export function id() {\r\n  ${comment}\r\n  return fleet.id;\r\n}\r\n`],
])('in a file that stays: %s', async (_title, text) => {
  const root = project({ ...bot, 'src/x.ts': head + text });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ file, code }) => [file, code])).toEqual([
    ['src/bot.ts', 'DC-V3'],
    ['src/index.ts', null],
  ]);
  expect(sites[0]?.message).toContain('The @ts-expect-error at x.ts:4 hid');
  expect(summary.verified).toBe(true);
  expect(read(root)['src/x.ts']).toBe(head + text.replace(/ {2}\/\/.*\r?\n/, ''));
});

test('behind code, and in a file that changes', async () => {
  const text = `export const own = [ ${comment}\n  fleet.id,\n];\n`;
  const root = project({ ...bot, 'src/bot.ts': bot['src/bot.ts'] + text, 'src/x.ts': `${head}${text}` });
  const { summary } = await migrate({ paths: ['src'], cwd: root });
  expect(summary.left).toBe(0);
  const files = read(root);
  expect(files['src/x.ts']).toBe(`${head}export const own = [\n  fleet.id,\n];\n`);
  expect(files['src/bot.ts']).toContain('export const own = [\n  fleet.id,\n];\n');
});

test.each([
  ['that still hides an error', `${comment}\nexport const x: string = fleet.id;\n`],
  ['that ignores whatever there is', '// @ts-ignore it is private\nexport const x = fleet.id;\n'],
])('one stays %s', async (_title, text) => {
  const root = project({ ...bot, 'src/x.ts': head + text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ code }) => code)).toEqual([null, null]);
  expect(read(root)['src/x.ts']).toBe(head + text);
});

test.each([
  [
    'where the import stays for another reason',
    `${comment}\nexport const x = fleet.id;\nexport const { none } = fleet;\n`,
  ],
  ['where it is no comment of a line', `/* @ts-expect-error it is private */\nexport const x = fleet.id;\n`],
])('one stays, and the bot, %s', async (_title, text) => {
  const own = typings.replace('private id', 'none: 1;\n    private id');
  const files = { ...bot, 'vendor/discord-hybrid-sharding/typings.d.ts': own, 'src/x.ts': head + text };
  const root = project(files);
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ code }) => code)).toEqual(['DC-V1', 'DC-M12']);
  expect(read(root)).toEqual(files);
});

test('is told, and no result that was refused', async () => {
  const root = project({ ...bot, 'src/x.ts': `${head}export function id() {\n  ${comment}\n  return fleet.id;\n}\n` });
  const { status, stdout } = await run(root, 'src');
  expect(stdout).toContain('DC-V3');
  expect(status).toBe(0);
});
