/** handlers: named functions a cluster, or the manager, answers to, in files of their own. */
import { pathToFileURL } from 'node:url';
import { messageOf, ShardliftError } from './errors.ts';
import type { FileHandler, ManagerFileHandler } from './register.ts';

const clientFirst = Symbol.for('shardlift.client-first');

/**
 * Declares the handlers of a handlers file; each takes the client first, then the data.
 *
 * @example
 * ```ts
 * export const handlers = defineHandlers({
 *   guildCount: (client) => client.guilds.cache.size,
 *   userTag: (client, { id }: { id: string }) => client.users.cache.get(id)?.tag,
 * });
 * ```
 */
export function defineHandlers<const H extends Readonly<Record<string, FileHandler>>>(handlers: H): H {
  mark(handlers);
  return handlers;
}

/**
 * Declares the handlers of a manager's handlers file; each takes the manager first, then the data.
 *
 * @example
 * ```ts
 * export const managerHandlers = defineManagerHandlers({
 *   restart: (manager, { cluster }: { cluster: number }) => manager.clusters.get(cluster)?.respawn(),
 * });
 * ```
 */
export function defineManagerHandlers<const H extends Readonly<Record<string, ManagerFileHandler>>>(
  managerHandlers: H,
): H {
  mark(managerHandlers);
  return managerHandlers;
}

function mark(handlers: object): void {
  for (const handler of Object.values(handlers)) Object.defineProperty(handler, clientFirst, { value: true });
}

/** Tells whether a handler was declared by {@link defineHandlers} and so takes the client (the manager) first. */
export const takesClientFirst = (handler: object): boolean => clientFirst in handler;

/** Longest time a handlers file may take to load, in ms: less than a cluster may take to come up by default. */
const loadLimitMs = 20_000;

/** The name under which a handlers file exports its handlers. */
export type HandlersExport = 'handlers' | 'managerHandlers';

/**
 * Loads a handlers file: its export of that name, else its default export. All of them take the client (the manager) first,
 * whether the file calls {@link defineHandlers} or not.
 *
 * @param limitMs - longest time it may take
 * @returns names and functions
 * @throws ShardliftError `HANDLERS_FILE` when it cannot be loaded, or not in time; when it holds no handlers or something that is none
 */
export async function readHandlersFile(
  file: string,
  name: HandlersExport = 'handlers',
  limitMs: number = loadLimitMs,
): Promise<[name: string, handler: object][]> {
  const loaded = (await importWithin(file, limitMs)) as { [N in HandlersExport]?: object } & {
    default?: { [N in HandlersExport]?: object };
  };
  // A CommonJS file arrives as the default export of its namespace.
  const handlers = loaded[name] ?? loaded.default?.[name] ?? loaded.default;
  if (typeof handlers !== 'object' || handlers === null || Object.keys(handlers).length === 0) {
    throw new ShardliftError('HANDLERS_FILE', { file, reason: `it exports no \`${name}\` object` });
  }
  for (const [own, handler] of Object.entries(handlers)) {
    if (typeof handler !== 'function') {
      throw new ShardliftError('HANDLERS_FILE', { file, reason: `its '${own}' is no function` });
    }
  }
  mark(handlers);
  return Object.entries(handlers);
}

/** Loads a file. One that waits for ever at its top level would look like a bot that does not log in. */
function importWithin(file: string, limitMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string, cause?: unknown): void =>
      reject(new ShardliftError('HANDLERS_FILE', { file, reason }, cause === undefined ? {} : { cause }));
    const late = `it was not loaded within ${limitMs} ms: what does it await at its top level?`;
    // The process waits for it: with nothing else to do it would end without a word.
    const limit = setTimeout(() => refuse(late), limitMs);
    import(pathToFileURL(file).href)
      .then(resolve, (cause: unknown) => refuse(`it throws: ${messageOf(cause)}`, cause))
      .finally(() => clearTimeout(limit));
  });
}
