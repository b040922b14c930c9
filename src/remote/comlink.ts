/** remote/comlink: comlink, loaded at the first use: most bots never expose an object, and start sooner without it. */
import { createRequire } from 'node:module';
import { watchHandlers } from './wire-values.ts';

type Comlink = typeof import('comlink');

let loaded: Comlink | undefined;

/** Comlink, the same copy as the user's: its package has one form for both `import` and `require` on Node. */
export function comlink(): Comlink {
  if (loaded === undefined) {
    loaded = createRequire(import.meta.url)('comlink') as Comlink;
    watchHandlers(loaded.transferHandlers);
  }
  return loaded;
}
