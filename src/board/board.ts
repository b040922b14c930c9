/** board/board: the newest numbers of every cluster in one place, read without waking any of them. */
import { type Presence, type Reading, Slot } from './slot.ts';

/** How long a reader waits for a write to end, in ms, before it takes it for one that never will. */
const patienceMs = 250;

const unfinished: Reading = { ok: false, reason: 'it was cut off in the middle of a report' };

/** The slots of all clusters, by cluster id. In worker mode every thread has one over the same memory. */
export class Board {
  readonly #slots: Slot[];

  constructor(shared: readonly SharedArrayBuffer[] = []) {
    this.#slots = shared.map((memory) => new Slot(memory));
  }

  /** The memory, to be handed to other threads. */
  get shared(): readonly SharedArrayBuffer[] {
    return this.#slots.map((slot) => slot.shared);
  }

  /** Makes room for these clusters; a slot that is there and has the right room stays what it is. */
  layOut(rooms: readonly number[]): void {
    for (const [id, room] of rooms.entries()) {
      if (this.#slots[id]?.room === room) continue;
      const slot = new Slot(room);
      slot.announce({ state: 'gone', incarnation: 0, reason: 'it was not started yet' });
      this.#slots[id] = slot;
    }
    this.#slots.length = rooms.length;
  }

  /** Notes whether a cluster is there. */
  announce(id: number, presence: Presence): void {
    this.#slots[id]?.announce(presence);
  }

  /** Notes the numbers of a cluster; others than there is room for are not its own, and ignored. */
  report(id: number, numbers: readonly number[]): void {
    const slot = this.#slots[id];
    if (slot?.room === numbers.length) slot.report(numbers);
  }

  /**
   * Reads every cluster, in order of id.
   *
   * @param count - how many numbers of each are wanted; all by default
   */
  async read(count?: number): Promise<readonly Reading[]> {
    const readings = this.#slots.map((slot) => slot.read(count));
    for (const [id, reading] of readings.entries()) {
      if (reading === undefined) readings[id] = await this.#readLater(id, count);
    }
    return readings as readonly Reading[];
  }

  /** A writer was interrupted by the system: it goes on when it is given time again. */
  async #readLater(id: number, count: number | undefined): Promise<Reading> {
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      await new Promise((resolve) => setImmediate(resolve));
      const reading = this.#slots[id]?.read(count);
      if (reading !== undefined) return reading;
    }
    return unfinished;
  }
}
