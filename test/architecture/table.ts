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
    name: 'dc-ground',
    where: [
      'codemods/src/errors.ts',
      'codemods/src/once.ts',
      'codemods/src/typescript.js',
      'codemods/src/typescript.d.ts',
    ],
    mayImport: [],
    packages: ['@ts-morph/common'],
  },
  { name: 'dc-wording', where: ['codemods/src/wording/'], mayImport: [], packages: [] },
  { name: 'dc-project', where: ['codemods/src/project/'], mayImport: ['dc-ground', 'dc-wording'], packages: [] },
  { name: 'dc-rules', where: ['codemods/src/rules/'], mayImport: ['dc-project'], packages: [] },
  {
    name: 'dc-syntax',
    where: ['codemods/src/syntax/'],
    mayImport: ['dc-ground', 'dc-project'],
    packages: ['magic-string'],
  },
  {
    name: 'dc-files',
    where: ['codemods/src/files/'],
    mayImport: ['dc-ground', 'dc-wording', 'dc-project', 'dc-syntax'],
    packages: [],
  },
  {
    name: 'dc-modules',
    where: ['codemods/src/modules/'],
    mayImport: ['dc-ground', 'dc-project', 'dc-syntax', 'dc-files'],
    packages: [],
  },
  {
    name: 'dc-values',
    where: ['codemods/src/values/'],
    mayImport: ['dc-ground', 'dc-project', 'dc-syntax', 'dc-files', 'dc-modules'],
    packages: [],
  },
  {
    name: 'dc-doubts',
    where: ['codemods/src/doubts/'],
    mayImport: ['dc-ground', 'dc-syntax', 'dc-modules', 'dc-values'],
    packages: [],
  },
  {
    name: 'dc-results',
    where: ['codemods/src/results/'],
    mayImport: [
      'dc-ground',
      'dc-project (types)',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-modules',
      'dc-values',
      'dc-doubts',
    ],
    packages: [],
  },
  {
    name: 'dc-clients',
    where: ['codemods/src/clients/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-modules',
      'dc-values',
      'dc-doubts',
    ],
    packages: [],
  },
  {
    name: 'dc-functions',
    where: ['codemods/src/functions/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-modules',
      'dc-values',
      'dc-doubts',
      'dc-results',
      'dc-clients',
    ],
    packages: [],
  },
  {
    name: 'dc-assumptions',
    where: ['codemods/src/assumptions/'],
    mayImport: [
      'dc-ground',
      'dc-rules',
      'dc-syntax',
      'dc-modules',
      'dc-values',
      'dc-doubts',
      'dc-clients (types)',
      'dc-functions',
    ],
    packages: [],
  },
  {
    name: 'dc-calls',
    where: ['codemods/src/calls/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-modules',
      'dc-values',
      'dc-doubts',
      'dc-results',
      'dc-clients',
      'dc-functions',
      'dc-assumptions',
    ],
    packages: [],
  },
  {
    name: 'dc-managers',
    where: ['codemods/src/managers/'],
    mayImport: [
      'dc-ground',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-modules',
      'dc-values',
      'dc-doubts',
      'dc-clients',
      'dc-functions',
      'dc-calls',
    ],
    packages: [],
  },
  {
    name: 'dc-sites',
    where: ['codemods/src/sites/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-modules',
      'dc-clients (types)',
      'dc-calls',
      'dc-managers',
    ],
    packages: [],
  },
  {
    name: 'dc-handlers',
    where: ['codemods/src/handlers/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-modules',
      'dc-values',
      'dc-clients',
      'dc-functions (types)',
      'dc-calls (types)',
      'dc-managers',
      'dc-sites (types)',
    ],
    packages: [],
  },
  {
    name: 'dc-plan',
    where: ['codemods/src/plan/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-modules',
      'dc-values',
      'dc-results',
      'dc-clients',
      'dc-calls',
      'dc-managers',
      'dc-sites (types)',
      'dc-handlers',
    ],
    packages: [],
  },
  {
    name: 'dc-verify',
    where: ['codemods/src/verify/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-modules',
      'dc-calls',
      'dc-managers',
      'dc-sites (types)',
      'dc-handlers',
      'dc-plan',
    ],
    packages: [],
  },
  {
    name: 'dc-report',
    where: ['codemods/src/report/'],
    mayImport: ['dc-wording', 'dc-project', 'dc-rules', 'dc-syntax', 'dc-plan (types)', 'dc-verify'],
    packages: ['sarif (types)'],
  },
  {
    name: 'dc-run',
    where: ['codemods/src/run/'],
    mayImport: [
      'dc-ground',
      'dc-wording',
      'dc-project',
      'dc-rules',
      'dc-syntax',
      'dc-files',
      'dc-sites',
      'dc-handlers',
      'dc-plan',
      'dc-verify',
      'dc-report',
    ],
    packages: [],
  },
  {
    name: 'dc-eslint',
    where: ['codemods/src/eslint/'],
    mayImport: [
      ...['dc-ground', 'dc-wording', 'dc-project', 'dc-rules', 'dc-syntax (types)', 'dc-values', 'dc-sites'],
      'dc-handlers',
    ],
    packages: ['eslint (types)'],
  },
  {
    name: 'dc-jscodeshift',
    where: ['codemods/src/jscodeshift/'],
    mayImport: ['dc-ground', 'dc-wording', 'dc-project', 'dc-plan (types)', 'dc-report (types)', 'dc-run'],
    packages: [],
  },
  {
    name: 'dc-command',
    where: ['codemods/src/command/'],
    mayImport: ['dc-ground', 'dc-wording', 'dc-project', 'dc-rules', 'dc-files', 'dc-report', 'dc-run'],
    packages: [],
  },
  {
    name: 'codemods',
    where: ['codemods/src/'],
    mayImport: ['dc-ground', 'dc-rules', 'dc-report (types)', 'dc-run', 'dc-command'],
    packages: [],
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
