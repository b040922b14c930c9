/** test/store/memory-engine: the store in memory, alone. */

import { reachInProcess } from '../../src/store/in-process.ts';
import { MemoryEngine } from '../../src/store/memory-engine.ts';
import { Store } from '../../src/store/store.ts';
import { describeStore } from '../conformance/store.ts';

describeStore('memory', () => {
  let now = 5_000;
  const engine = new MemoryEngine({ now: () => now });
  const open = () => new Store(reachInProcess(engine));
  return {
    stores: [open(), open(), open()],
    advance: (ms) => {
      now += ms;
    },
  };
});
