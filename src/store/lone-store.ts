/** store/lone-store: the store of a bot without a manager. Knows no files: bots load this, and few need it. */
import { reachInProcess } from './in-process.ts';
import { MemoryEngine } from './memory-engine.ts';
import { Store } from './store.ts';

/** Opens a store that lives and ends with this process. */
export const openLoneStore = (): Store => new Store(reachInProcess(new MemoryEngine()));
