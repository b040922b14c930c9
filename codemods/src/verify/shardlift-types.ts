/** verify/shardlift-types: what shardlift declares, for a package that has not installed it yet. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findUp } from '../project/package-info.ts';

// The published package carries a copy beside its code; in the repository the build of shardlift itself is there.
const folders = [join(import.meta.dirname, 'types'), join(import.meta.dirname, '..', '..', '..', 'dist')];

const doors = ['index', 'compat', 'compat-hybrid'] as const;

const entry = (name: string): object => ({
  import: { types: `./${name}.d.mts` },
  require: { types: `./${name}.d.cts` },
});

const manifest = JSON.stringify({
  name: 'shardlift',
  version: '0.0.0',
  types: './index.d.cts',
  typesVersions: { '*': { compat: ['./compat.d.cts'], 'compat/hybrid': ['./compat-hybrid.d.cts'] } },
  exports: { '.': entry('index'), './compat': entry('compat'), './compat/hybrid': entry('compat-hybrid') },
});

const inCommonJs = (text: string): string => text.replaceAll(/(["']\.\/[\w-]+)\.mjs(["'])/g, '$1.cjs$2');

/** Whether a folder's modules can import shardlift already. */
function isInstalled(root: string): boolean {
  return findUp(join('node_modules', 'shardlift', 'package.json'), root) !== null;
}

/**
 * The declarations of shardlift as files below `root/node_modules`, for an overlay.
 *
 * @returns nothing when shardlift is installed there; `null` when its declarations are nowhere to be found
 */
export function shardliftTypes(root: string): ReadonlyMap<string, string> | null {
  if (isInstalled(root)) return new Map();
  const source = folders.find((folder) => existsSync(join(folder, 'index.d.mts')));
  if (source === undefined) return null;
  const home = join(root, 'node_modules', 'shardlift');
  const files = new Map([[join(home, 'package.json'), manifest]]);
  for (const name of doors) {
    const path = join(source, `${name}.d.mts`);
    if (!existsSync(path)) continue;
    const text = readFileSync(path, 'utf8');
    files.set(join(home, `${name}.d.mts`), text);
    files.set(join(home, `${name}.d.cts`), inCommonJs(text));
  }
  return files;
}
