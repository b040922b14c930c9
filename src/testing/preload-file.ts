/** testing/preload-file: where the preload is, and how NODE_OPTIONS names it. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ShardliftError } from '../errors.ts';

/** Beside the built entry, or in `dist` when this file runs from the source tree. */
const places = ['./testing-preload.cjs', '../../dist/testing-preload.cjs'];

/**
 * The absolute path of the built preload.
 *
 * @throws ShardliftError `PRELOAD_MISSING` when it was never built
 */
export function preloadFile(): string {
  const looked = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const file = looked.find((path) => existsSync(path));
  if (file === undefined) throw new ShardliftError('PRELOAD_MISSING', { looked });
  return file;
}

/**
 * NODE_OPTIONS that load a file before everything else, added to what is there already.
 *
 * The path is quoted: it may hold spaces. @see https://nodejs.org/docs/latest-v20.x/api/cli.html#node_optionsoptions
 */
export function requireOption(file: string, existing = ''): string {
  const quoted = `"${file.replace(/["\\]/g, '\\$&')}"`;
  const option = `--require ${quoted}`;
  if (existing.includes(option)) return existing;
  return existing === '' ? option : `${existing} ${option}`;
}
