/** handlers-files: all handlers files of a cluster, or of the manager, taken in together. */
import { ShardliftError } from './errors.ts';
import { type HandlersExport, readHandlersFile } from './handlers.ts';

/** Where handlers are registered. */
export interface HandlersDesk {
  handle(name: string, handler: never): void;
  removeHandler(name: string): boolean;
}

/**
 * Loads handlers files and answers to all that they hold, or, when something is wrong, to none.
 *
 * @returns the names
 * @throws ShardliftError `HANDLERS_FILE`; `DUPLICATE_HANDLER` for a name that two files hold, or that is answered already
 */
export async function takeInHandlers(
  desk: HandlersDesk,
  files: readonly string[],
  name: HandlersExport,
): Promise<string[]> {
  const all = new Map<string, object>();
  for (const file of files) {
    for (const [own, handler] of await readHandlersFile(file, name)) {
      if (all.has(own)) throw new ShardliftError('DUPLICATE_HANDLER', { name: own });
      all.set(own, handler);
    }
  }
  addAll(desk, all);
  return [...all.keys()];
}

/** A part of them would be worse than none: callers would find some names, and a second attempt fail for those. */
function addAll(desk: HandlersDesk, all: ReadonlyMap<string, object>): void {
  const added: string[] = [];
  try {
    for (const [name, handler] of all) {
      desk.handle(name, handler as never);
      added.push(name);
    }
  } catch (error) {
    for (const name of added) desk.removeHandler(name);
    throw error;
  }
}
