/** files/handlers-name: what can be the name of a handlers file. */
import { existsSync, statSync } from 'node:fs';
import { MigrateError } from '../errors.ts';
import { isLeftOut } from '../project/discover.ts';
import { isTypeScript } from '../syntax/program.ts';

/**
 * Refuses what cannot be a handlers file, and any where handlers go beside the client.
 *
 * @throws MigrateError `BAD_USAGE`
 */
export function assertHandlersName(path: string, inline: boolean): void {
  if (inline) {
    const problem =
      '--inline writes no handlers file, so there is none to name with --handlers. Leave one of them out.';
    throw new MigrateError('BAD_USAGE', { problem });
  }
  const isScript = /[^/\\]\.[mc]?[jt]s$/.test(path) && !/\.d\.[mc]?ts$/.test(path);
  const problem = !isScript
    ? 'takes a file that ends in .js, .mjs, .cjs, .ts, .mts or .cts, and not in .d.ts'
    : existsSync(path) && statSync(path).isDirectory()
      ? 'takes a file, and this is a folder'
      : null;
  if (problem !== null) throw new MigrateError('BAD_USAGE', { problem: `--handlers ${problem}: ${path}.` });
}

/**
 * Refuses a place where a handlers file would be lost, among files that are no sources, and a language that the bot is
 * not written in.
 *
 * @param sources - the files of the run
 * @throws MigrateError `BAD_USAGE`
 */
export function assertHandlersPlace(path: string, sources: readonly string[], cwd: string): void {
  if (existsSync(path)) return;
  const isLost = isLeftOut(path, cwd) && !sources.some((one) => isLeftOut(one, cwd));
  const isForeign = isTypeScript(path) && sources.length > 0 && !sources.some(isTypeScript);
  const problem = isLost
    ? 'takes a file of the bot’s sources, and this is in a folder of packages or output, or git ignores it'
    : isForeign
      ? 'takes a file of JavaScript here, since no file of this bot is TypeScript'
      : null;
  if (problem !== null) throw new MigrateError('BAD_USAGE', { problem: `--handlers ${problem}: ${path}.` });
}
