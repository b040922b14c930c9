/** preload/path: where the built preload lies, from the built manager or from the source tree. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The absolute path of a built preload file (`preload.cjs`). */
export function preloadPath(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}`, import.meta.url));
  // Not beside this module: it runs from the source tree, two folders below the package root.
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}
