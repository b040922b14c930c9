/** handlers-name: what can be the name of a handlers file. */
import { statSync } from 'node:fs';
import { MigrateError } from './errors.ts';

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
    : statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
      ? 'takes a file, and this is a folder'
      : null;
  if (problem !== null) throw new MigrateError('BAD_USAGE', { problem: `--handlers ${problem}: ${path}.` });
}
