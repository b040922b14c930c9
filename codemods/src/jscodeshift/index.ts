/** jscodeshift: dc-migrate as a transform for those who run jscodeshift anyway. jscodeshift parses and prints nothing. */
import { resolve } from 'node:path';
import { MigrateError } from '../errors.ts';
import { withBom } from '../project/source.ts';
import { isParallelWorker } from './parallel.ts';
import { Runs, type TransformOptions } from './runs.ts';

/** The file jscodeshift hands over. */
export interface FileInfo {
  readonly path: string;
  readonly source: string;
}

/** What of jscodeshift's own the transform uses. */
export interface Api {
  report(text: string): void;
  stats(name: string): void;
}

const runs = new Runs();

/**
 * Gives a file's text after dc-migrate, or nothing where it stays as it is.
 *
 * Everything is planned for the file's whole package at the first file that mentions sharding, so that names agree. The
 * handlers file and `package.json` are written then too, unless `options.dry` is set. Call it on the whole package, the
 * file of the ShardingManager included, and with `--run-in-band`.
 *
 * @throws MigrateError `PARALLEL` in one of jscodeshift's workers; `FILE_CHANGED`, `WRITE_FAILED`
 */
export function transform(file: FileInfo, api: Api, options: TransformOptions): string | undefined {
  if (isParallelWorker(process.argv)) throw new MigrateError('PARALLEL', {});
  const path = resolve(file.path);
  const run = runs.of(path, file.source, options);
  if (run === null) return undefined;
  for (const site of run.sitesOf(path)) {
    api.stats(site.outcome);
    if (site.code !== null) api.report(`${site.line}:${site.column} ${site.outcome} ${site.code}: ${site.message}`);
  }
  const planned = run.take(path);
  if (planned === undefined || planned.before === null) return undefined;
  if (withBom(planned.before, planned.before.text) !== file.source) throw new MigrateError('FILE_CHANGED', { path });
  return withBom(planned.before, planned.after);
}

// biome-ignore lint/style/noDefaultExport: jscodeshift calls the default export of a transform
export default transform;
