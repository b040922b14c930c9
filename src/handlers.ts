/** handlers: named functions a cluster answers to. */
import { pathToFileURL } from 'node:url';
import { ShardliftError } from './errors.ts';
import type { FileHandler } from './register.ts';

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
  for (const handler of Object.values(handlers)) Object.defineProperty(handler, clientFirst, { value: true });
  return handlers;
}

/** Tells whether a handler was declared by {@link defineHandlers} and so takes the client first. */
export const takesClientFirst = (handler: object): boolean => clientFirst in handler;

/**
 * Loads a handlers file: its export `handlers`, else its default export. All of them take the client first, whether the
 * file calls {@link defineHandlers} or not.
 *
 * @returns names and functions
 * @throws ShardliftError `HANDLERS_FILE` when it cannot be loaded, holds no handlers or something that is none
 */
export async function readHandlersFile(file: string): Promise<[name: string, handler: object][]> {
  const loaded = (await import(pathToFileURL(file).href).catch((cause: unknown) => {
    const reason = cause instanceof Error ? `it throws: ${cause.message}` : 'it throws';
    throw new ShardliftError('HANDLERS_FILE', { file, reason }, { cause });
  })) as { handlers?: object; default?: { handlers?: object } };
  // A CommonJS file arrives as the default export of its namespace.
  const handlers = loaded.handlers ?? loaded.default?.handlers ?? loaded.default;
  if (typeof handlers !== 'object' || handlers === null || Object.keys(handlers).length === 0) {
    throw new ShardliftError('HANDLERS_FILE', { file, reason: 'it exports no `handlers` object' });
  }
  for (const [name, handler] of Object.entries(handlers)) {
    if (typeof handler !== 'function') {
      throw new ShardliftError('HANDLERS_FILE', { file, reason: `its '${name}' is no function` });
    }
  }
  return Object.entries(defineHandlers(handlers as Readonly<Record<string, FileHandler>>));
}
