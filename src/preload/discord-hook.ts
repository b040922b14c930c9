/** preload/discord-hook: sees every copy of discord.js as it loads, before the bot does. */
import Module from 'node:module';

/** What is patched of discord.js, by the names its exports have. */
export interface DiscordExports {
  readonly Client: { readonly prototype: object };
  readonly ShardClientUtil: object;
}

interface Loader {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
  readonly _cache: Readonly<Record<string, { readonly exports: unknown; readonly loaded: boolean } | undefined>>;
}

const isDiscord = (exports: unknown): exports is DiscordExports => {
  if (typeof exports !== 'object' || exports === null) return false;
  const { Client, ShardClientUtil } = exports as Partial<Record<keyof DiscordExports, unknown>>;
  return typeof Client === 'function' && typeof ShardClientUtil === 'function';
};

/**
 * Calls `onLoad` once for each copy of discord.js this process loads from now on, by `require` or by `import`.
 *
 * discord.js is CommonJS, and `import` of a CommonJS module goes through `Module._load` too. The name is Node's own and
 * undocumented, but stable since its first versions: loaders and instrumentation of the whole field lean on it.
 */
export function hookDiscord(onLoad: (exports: DiscordExports) => void): void {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  const seen = new WeakSet<object>();
  loader._load = function hooked(this: unknown, request: string, parent: unknown, isMain: boolean): unknown {
    const exports = load.call(this, request, parent, isMain);
    // Looking at the name first keeps this out of the way of the thousands of other loads.
    if (/discord/i.test(request) && isDiscord(exports) && !seen.has(exports)) {
      seen.add(exports);
      onLoad(exports);
    }
    return exports;
  };
}

/**
 * The copies of discord.js this process has loaded by now, by `require` or by `import`.
 *
 * Files are looked at by their name within the package, and only when they have run to their end: Node warns of a look at
 * what another exports half way. `_cache` is `require.cache`. https://nodejs.org/api/modules.html#requirecache
 */
export function loadedDiscords(): DiscordExports[] {
  const found = new Set<DiscordExports>();
  for (const [file, module] of Object.entries((Module as unknown as Loader)._cache)) {
    if (module?.loaded !== true || !/discord/i.test(file.split('node_modules').at(-1) ?? file)) continue;
    if (isDiscord(module.exports)) found.add(module.exports);
  }
  return [...found];
}
