/** logger: where the manager says what it does. */
import { createConsola } from 'consola';

/** Anything with the four usual verbs: `console`, pino, winston, consola. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The coloured default: warnings and errors only, on stderr, so that a bot's own output stays its own. */
export const defaultLogger = (): Logger =>
  createConsola({ level: 1, stdout: process.stderr, defaults: { tag: 'shardlift' } });
