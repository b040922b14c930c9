/** test/architecture/table: who may import whom. The rules of the house as data; `docs/architecture.md` shows the same. */

/** One room: a folder or a few files with one task. */
export interface Room {
  readonly name: string;
  /** Files and folders (ending in `/`) from the root; the longest that fits a file decides. */
  readonly where: readonly string[];
  /** Rooms above it in the list; `room/file` opens one file of a room, ` (types)` what is gone at run time. */
  readonly mayImport: readonly string[];
  /** Packages from npm; Node's own modules are open to all. */
  readonly packages: readonly string[];
  /** Files of this room that import this may not import one another. */
  readonly apartBy?: string;
}

const none: readonly string[] = [];
const kernel = ['errors', 'wire', 'transport', 'rpc', 'routing', 'node'] as const;
const below = [
  ...kernel,
  'mesh',
  'logger',
  'identify',
  'store',
  'board',
  'views',
  'discord',
  'features',
  'remote',
  'environment',
  'cluster',
  'options',
] as const;

/** The house, from the ground up: a room imports only from rooms above it in this list. */
export const rooms: readonly Room[] = [
  { name: 'errors', where: ['src/errors.ts'], mayImport: none, packages: none },
  { name: 'logger', where: ['src/logger.ts'], mayImport: none, packages: ['consola'] },
  { name: 'wire', where: ['src/wire/'], mayImport: ['errors'], packages: none },
  { name: 'transport', where: ['src/transport/'], mayImport: ['errors', 'wire'], packages: none },
  { name: 'rpc', where: ['src/rpc/'], mayImport: ['errors', 'wire', 'transport/link'], packages: none },
  { name: 'routing', where: ['src/routing/'], mayImport: ['errors', 'wire', 'transport/link'], packages: none },
  { name: 'node', where: ['src/node.ts'], mayImport: ['wire', 'rpc', 'routing'], packages: none },
  {
    name: 'mesh',
    where: ['src/mesh/'],
    mayImport: ['errors', 'wire', 'transport', 'rpc', 'routing (types)'],
    packages: none,
  },
  { name: 'identify', where: ['src/identify/'], mayImport: ['errors'], packages: none },
  { name: 'store', where: ['src/store/'], mayImport: ['errors', 'wire', 'logger'], packages: none },
  { name: 'board', where: ['src/board/'], mayImport: none, packages: none },
  { name: 'views', where: ['src/views/'], mayImport: ['errors'], packages: ['discord.js (types)'] },
  { name: 'discord', where: ['src/discord/'], mayImport: ['errors'], packages: ['discord.js (types)'] },
  {
    name: 'features',
    where: ['src/features/'],
    mayImport: [
      'errors',
      'wire',
      'rpc',
      'store',
      'board',
      'views',
      'discord',
      'identify (types)',
      'transport/launcher (types)',
    ],
    packages: ['discord.js (types)'],
    apartBy: 'src/rpc/contract.ts',
  },
  {
    name: 'remote',
    where: ['src/remote/'],
    mayImport: ['errors', 'wire', 'rpc', 'features (types)', 'features/target'],
    packages: ['comlink'],
  },
  { name: 'environment', where: ['src/environment.ts'], mayImport: ['transport/launcher (types)'], packages: none },
  {
    name: 'cluster',
    where: ['src/cluster/'],
    mayImport: [
      ...['errors', 'logger', 'wire', 'transport', 'rpc (types)', 'node'],
      ...['identify', 'features', 'environment'],
    ],
    packages: none,
  },
  {
    name: 'options',
    where: ['src/options/'],
    mayImport: ['errors', 'logger', 'transport/launcher (types)', 'environment', 'cluster', 'store'],
    packages: none,
  },
  { name: 'preload path', where: ['src/preload/path.ts'], mayImport: none, packages: none },
  {
    name: 'faces',
    where: ['src/'],
    mayImport: [...below, 'preload path'],
    packages: ['discord.js (types)', '@discordjs/collection'],
  },
  {
    name: 'preload',
    where: ['src/preload/'],
    mayImport: ['transport/inherited', 'environment', 'faces'],
    packages: ['discord.js (types)'],
  },
  { name: 'index', where: ['src/index.ts'], mayImport: [...below, 'faces', 'preload'], packages: none },
  {
    name: 'extend',
    where: ['src/extend.ts'],
    mayImport: [...below, 'preload path', 'faces', 'preload'],
    packages: none,
  },
  { name: 'testing', where: ['src/testing/'], mayImport: ['errors'], packages: ['discord-api-types', 'ws'] },
  { name: 'compat', where: ['compat/'], mayImport: ['index', 'extend'], packages: ['discord.js'] },
  {
    name: 'hybrid',
    where: ['compat/hybrid/'],
    mayImport: [
      'index',
      'extend',
      'compat/call-site',
      'compat/contract',
      'compat/eval-reports',
      'compat/function-text',
      'compat/lost-call',
      'compat/original-error',
    ],
    packages: ['discord.js (types)'],
  },
  {
    name: 'codemods',
    where: ['codemods/src/'],
    mayImport: none,
    packages: ['@ts-morph/common', 'magic-string', 'eslint (types)', 'sarif (types)'],
  },
];

/** The only files that touch the process's environment, each with its reason. */
export const environmentUsers: Readonly<Record<string, string>> = {
  'src/environment.ts': 'reads the defaults and what children inherit',
  'src/transport/inherited.ts': 'takes the facts a manager left for its child',
  'src/testing/': 'prepares and checks the environment of bots under test',
  'compat/preload.ts': 'reads what discord.js itself would read in a child',
  'compat/hybrid/info.ts': "reads what discord-hybrid-sharding's bots would read in a child",
  'compat/options.ts': 'takes back the token discord.js writes',
};

/** The only files with a default export, each with its reason. */
export const defaultExporters: Readonly<Record<string, string>> = {
  'codemods/src/jscodeshift/index.ts': 'jscodeshift calls the default export of a transform',
};

/** Longest file, in lines. */
export const maxLines = 300;

/** Longest function, in lines. */
export const maxFunctionLines = 40;

/** The only functions that are longer, by file and name, each with its reason. */
export const longFunctions: Readonly<Record<string, string>> = {
  'compat/shard-client-util.ts makeUtilClass': 'is a class: its base is known only when discord.js is loaded',
  'src/client.ts constructor': 'makes each part of a client once, one after the other',
  'src/testing/guild.ts guildFields': 'is a list: the fields of a guild',
  'src/testing/routes/application.ts commandRoutes': 'is a list: one row for each route',
  'src/transport/envelopes.ts divertMail': 'to be mended: three listeners around four variables',
  'src/views/lazy-cache.ts lazyCacheClass': 'is a class: its base is the Collection of the client it is for',
};
