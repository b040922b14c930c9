/** test/cases/tables: the bots the rows live in. */
import { cjsBot, type Files, tsBot } from '../project.ts';
import { lines, type Table } from './case.ts';
import { captureRows, javascriptRows, textRows } from './javascript.ts';
import { managerRows, moduleRows } from './manager.ts';
import { functionRows } from './typescript-functions.ts';
import { resultRows } from './typescript-results.ts';

const typescriptBot: Files = {
  ...tsBot,
  'src/lib/shared.ts': lines(
    "import type { Client } from 'discord.js';",
    '',
    'export interface Wish {',
    '  uid: string;',
    '}',
    '',
    'export const fixed = (n: number): string => n.toFixed(1);',
    '',
    'export const rounded = (n: number): number => Math.round(n);',
    '',
    'export const slowest = (client: Client): number => client.ws.ping;',
  ),
  'src/lib/other.ts': lines('export const rounded = (n: number): string => n.toFixed(0);'),
};

const moduleBot: Files = {
  'package.json': lines('{ "name": "bot", "type": "module", "dependencies": { "discord.js": "^14.28.1" } }'),
  'index.js': lines(
    "import { ShardingManager } from 'discord.js';",
    '',
    "const manager = new ShardingManager('./bot.js');",
    '',
    'await manager.spawn();',
  ),
  'bot.js': lines("import { Client } from 'discord.js';", '', 'await new Client({', '  intents: [],', '}).login();'),
};

const scriptBot: Files = {
  ...cjsBot,
  'bot.js': lines("const { Client } = require('discord.js');", '', 'new Client({', '  intents: [],', '}).login();'),
};

const script = { path: 'NN.js', handlers: 'cluster-handlers.js' } as const;

/** Every table; each is one bot, migrated at once. */
export const tables: readonly Table[] = [
  {
    name: 'TypeScript',
    bot: typescriptBot,
    path: 'src/NN.ts',
    handlers: 'src/cluster-handlers.ts',
    rows: [...functionRows, ...resultRows],
  },
  { name: 'JavaScript', bot: scriptBot, ...script, rows: javascriptRows },
  { name: 'captures', bot: scriptBot, ...script, options: { fixCaptures: true }, rows: captureRows },
  { name: 'texts', bot: scriptBot, ...script, options: { legacy: true }, rows: textRows },
  { name: 'managers', bot: scriptBot, ...script, rows: managerRows },
  { name: 'ES modules', bot: moduleBot, ...script, rows: moduleRows },
];
