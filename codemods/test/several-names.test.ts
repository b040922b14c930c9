/** A file that names the manager's class, or the type of its options, in several ways: all of them move together. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

async function moved(files: Files, core: boolean) {
  const root = project(files);
  const run = () => migrate({ paths: ['.'], cwd: root, core });
  const { sites } = await run();
  const after = read(root);
  const again = await run();
  return { sites, after, again: again.files };
}

/** What `--core` writes in the place of what is written without it. */
const asCore = (text: string): string =>
  text
    .replace(/Sharding(Manager)/g, 'Cluster$1')
    .replaceAll('shardlift/compat', 'shardlift')
    .replace("hybrid: { handlers: './cluster-handlers.js' }", "handlers: './cluster-handlers.js'");

type Row = readonly [title: string, before: string, after: string];

const both = (rows: readonly Row[]) =>
  rows.flatMap(([title, before, after]) => [
    { title, before, after, core: false },
    { title: `${title}, with --core`, before, after: asCore(after), core: true },
  ]);

const is = 'exports.is = (x) => x instanceof ';

const inJavaScript: readonly Row[] = [
  [
    'the namespace, and a name',
    `const Discord = require('discord.js');\nconst { ShardingManager } = require('discord.js');\nnew Discord.ShardingManager('./bot.js').spawn();\n${is}ShardingManager;\n`,
    `const Discord = require('discord.js');\nconst { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js').spawn();\n${is}ShardingManager;\n`,
  ],
  [
    'a name, and the namespace',
    `const { ShardingManager } = require('discord.js');\nlog();\nconst Discord = require('discord.js');\nnew Discord.ShardingManager('./bot.js').spawn();\n`,
    `const { ShardingManager } = require('shardlift/compat');\nlog();\nconst Discord = require('discord.js');\nnew ShardingManager('./bot.js').spawn();\n`,
  ],
  [
    'an alias',
    `const Discord = require('discord.js');\nconst { Client, ShardingManager: SM } = require('discord.js');\nnew Discord.ShardingManager('./bot.js').spawn();\n${is}SM;\n`,
    `const Discord = require('discord.js');\nconst { Client } = require('discord.js');\nconst { ShardingManager: SM } = require('shardlift/compat');\nnew SM('./bot.js').spawn();\n${is}SM;\n`,
  ],
  [
    'a name that hides it',
    `const { ShardingManager: SM } = require('discord.js');\nconst Discord = require('discord.js');\nnew SM('./bot.js').spawn();\nexports.is = (SM, x) => x instanceof Discord.ShardingManager;\n`,
    `const { ShardingManager: SM } = require('shardlift/compat');\nconst Discord = require('discord.js');\nconst { ShardingManager } = require('shardlift/compat');\nnew SM('./bot.js').spawn();\nexports.is = (SM, x) => x instanceof ShardingManager;\n`,
  ],
  [
    'a name that comes later',
    `const Discord = require('discord.js');\nnew Discord.ShardingManager('./bot.js').spawn();\nconst { ShardingManager: SM } = require('discord.js');\n${is}SM;\n`,
    `const Discord = require('discord.js');\nconst { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js').spawn();\nconst { ShardingManager: SM } = require('shardlift/compat');\n${is}SM;\n`,
  ],
  [
    'two functions that each load it',
    "function a() {\n  const Discord = require('discord.js');\n  new Discord.ShardingManager('./bot.js').spawn();\n}\nfunction b(x) {\n  const D = require('discord.js');\n  return x instanceof D.ShardingManager;\n}\na(b);\n",
    "function a() {\n  const Discord = require('discord.js');\n  const { ShardingManager } = require('shardlift/compat');\n  new ShardingManager('./bot.js').spawn();\n}\nfunction b(x) {\n  const D = require('discord.js');\n  const { ShardingManager } = require('shardlift/compat');\n  return x instanceof ShardingManager;\n}\na(b);\n",
  ],
  [
    'two names of the namespace',
    `const Discord = require('discord.js');\nconst D = require('discord.js');\nnew D.ShardingManager('./bot.js').spawn();\n${is}Discord.ShardingManager;\n`,
    `const Discord = require('discord.js');\nconst { ShardingManager } = require('shardlift/compat');\nconst D = require('discord.js');\nnew ShardingManager('./bot.js').spawn();\n${is}ShardingManager;\n`,
  ],
];

test.each(both(inJavaScript))('$title', async ({ before, after, core }) => {
  const { sites, after: files, again } = await moved({ ...cjsBot, 'index.js': before }, core);
  expect(files['index.js']).toBe(after);
  expect(sites.map(({ code }) => code)).not.toContain('DC-M6');
  expect(again).toEqual([]);
});

const spawn = (options: string) => `('./bot.js'${options}).spawn();\n`;
const wired = "{ respawn: true, hybrid: { handlers: './cluster-handlers.js' } }";
const import_ = (names: string, module = 'discord.js') => `import ${names} from '${module}';\n`;
const ours = 'shardlift/compat';

const inTypeScript: readonly Row[] = [
  [
    'a namespace and a name',
    `${import_('* as Discord')}${import_('{ ShardingManager }')}new Discord.ShardingManager${spawn(', { respawn: true }')}export const is = (x: unknown) => x instanceof ShardingManager;\n`,
    `${import_('{ ShardingManager }', ours)}new ShardingManager${spawn(`, ${wired}`)}export const is = (x: unknown) => x instanceof ShardingManager;\n`,
  ],
  [
    'a default and a name',
    `${import_('Discord, { ShardingManager }')}new Discord.ShardingManager${spawn(', { respawn: true }')}export const is = (x: unknown) => x instanceof ShardingManager;\n`,
    `${import_('{ ShardingManager }', ours)}new ShardingManager${spawn(`, ${wired}`)}export const is = (x: unknown) => x instanceof ShardingManager;\n`,
  ],
  [
    'a name that is a type',
    `${import_('* as Discord')}${import_('type { ShardingManager }')}const m: ShardingManager = new Discord.ShardingManager('./bot.js', { respawn: true });\nm.spawn();\n`,
    `${import_('{ ShardingManager as ShardliftShardingManager }', ours)}${import_('type { ShardingManager }', ours)}const m: ShardingManager = new ShardliftShardingManager('./bot.js', ${wired});\nm.spawn();\n`,
  ],
  [
    'options typed by the namespace',
    `${import_('* as Discord')}const options: Discord.ShardingManagerOptions = { respawn: true };\nnew Discord.ShardingManager${spawn(', options')}`,
    `${import_('{ ShardingManager, type ShardingManagerOptions }', ours)}const options: ShardingManagerOptions = ${wired};\nnew ShardingManager${spawn(', options')}`,
  ],
  [
    'options checked by the namespace, which stays',
    `${import_('* as Discord')}const options = { respawn: true } satisfies Discord.ShardingManagerOptions;\nnew Discord.ShardingManager${spawn(', options')}export const { version } = Discord;\n`,
    `${import_('* as Discord')}${import_('{ ShardingManager, type ShardingManagerOptions }', ours)}const options = ${wired} satisfies ShardingManagerOptions;\nnew ShardingManager${spawn(', options')}export const { version } = Discord;\n`,
  ],
  [
    'options typed by an import of its own',
    `${import_('{ ShardingManager }')}${import_('type { ShardingManagerOptions }')}const options: ShardingManagerOptions = { respawn: true };\nnew ShardingManager${spawn(', options')}`,
    `${import_('{ ShardingManager }', ours)}${import_('type { ShardingManagerOptions }', ours)}const options: ShardingManagerOptions = ${wired};\nnew ShardingManager${spawn(', options')}`,
  ],
  [
    'options typed by an import that has more',
    `${import_('{ ShardingManager }')}${import_('type { ClientOptions, ShardingManagerOptions as Options }')}const options: Options = { respawn: true };\nexport let more: ClientOptions;\nnew ShardingManager${spawn(', options')}`,
    `${import_('{ ShardingManager }', ours)}${import_('type { ClientOptions }')}${import_('type { ShardingManagerOptions as Options }', ours)}const options: Options = ${wired};\nexport let more: ClientOptions;\nnew ShardingManager${spawn(', options')}`,
  ],
  [
    'options typed beside the class',
    `${import_('{ ShardingManager, type ShardingManagerOptions }')}const options: ShardingManagerOptions = { respawn: true };\nnew ShardingManager${spawn(', options')}`,
    `${import_('{ ShardingManager, type ShardingManagerOptions }', ours)}const options: ShardingManagerOptions = ${wired};\nnew ShardingManager${spawn(', options')}`,
  ],
  [
    'options typed where they are',
    `${import_('{ ShardingManager }')}const options: import('discord.js').ShardingManagerOptions = { respawn: true };\nnew ShardingManager${spawn(', options')}`,
    `${import_('{ ShardingManager }', ours)}const options: import('shardlift/compat').ShardingManagerOptions = ${wired};\nnew ShardingManager${spawn(', options')}`,
  ],
  [
    'options typed by a namespace beside a name',
    `${import_('{ ShardingManager }')}${import_('* as Discord')}const options: Discord.ShardingManagerOptions = { respawn: true };\nnew ShardingManager${spawn(', options')}`,
    `${import_('{ ShardingManager }', ours)}${import_('type { ShardingManagerOptions }', ours)}const options: ShardingManagerOptions = ${wired};\nnew ShardingManager${spawn(', options')}`,
  ],
];

const call =
  "import type { Client } from 'discord.js';\nexport const f = (c: Client) => c.shard!.fetchClientValues('ws.ping');\n";

describe('in TypeScript', () => {
  test.each(both(inTypeScript))('$title', async ({ before, after, core }) => {
    const files = { ...tsBot, 'src/index.ts': null, 'index.ts': null, 'src/main.ts': before, 'src/x.ts': call };
    const bot = { 'bot.js': "require('discord.js');\n" };
    const { sites, after: written, again } = await moved({ ...files, ...bot }, core);
    expect(written['src/main.ts']).toBe(after);
    expect(sites.map(({ outcome, message }) => [outcome, message])).toEqual(
      sites.map(({ message }) => ['rewritten', message]),
    );
    expect(again).toEqual([]);
  });
});
