/** commands: all of them by name. */
import type { Command } from '../command.ts';
import { hello } from './hello.ts';
import { language } from './language.ts';
import { largest } from './largest.ts';
import { serverInfo } from './server-info.ts';
import { stats } from './stats.ts';
import { work } from './work.ts';

export const commands: ReadonlyMap<string, Command> = new Map(
  [hello, language, largest, serverInfo, stats, work].map((command) => [command.data.name, command]),
);
