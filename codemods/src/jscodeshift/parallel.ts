/** jscodeshift/parallel: tells whether jscodeshift runs the transform in one of its workers. */
import { basename, dirname } from 'node:path';

/**
 * Whether this process was started as a worker: each has a part of the files, and none could plan for all of them.
 *
 * @param argv - as in `process.argv`; jscodeshift forks its own `src/Worker.js`
 */
export function isParallelWorker(argv: readonly string[]): boolean {
  const [, main = ''] = argv;
  return basename(main) === 'Worker.js' && /[\\/]jscodeshift[\\/]/.test(`${dirname(main)}/`);
}
