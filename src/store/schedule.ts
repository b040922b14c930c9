/** store/schedule: what is due when, with one timer for all of it. */
import { longestTimerMs } from '../wire/clock.ts';

/** Something with a time. The schedule keeps `slot`; everybody else leaves it alone. */
export interface Due {
  /** When it is due, on the schedule's clock, in ms. */
  dueAt: number;
  /** Its place in the heap, -1 outside of it. */
  slot: number;
}

/** How a schedule is made. */
export interface ScheduleSetup<T extends Due> {
  /** A steady clock in ms. */
  readonly now: () => number;
  /** Told of each item whose time has come; it is out of the schedule by then. */
  readonly onDue: (item: T) => void;
  /** Least time between two wakes, in ms: what is due meanwhile waits for the next. */
  readonly graceMs: number;
}

/** What a wake hands out: a million values that end together must not keep the process from its heartbeats. */
const mostAtOnce = 10_000;

/** A heap of items by their time. Each knows its place, so that taking one out needs no search and leaves nothing behind. */
export class Schedule<T extends Due> {
  readonly #setup: ScheduleSetup<T>;
  readonly #heap: T[] = [];
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;

  constructor(setup: ScheduleSetup<T>) {
    this.#setup = setup;
  }

  /** Items that wait for their time. */
  get size(): number {
    return this.#heap.length;
  }

  /** Takes an item in; one without an end is not kept. */
  add(item: T): void {
    if (item.dueAt === Number.POSITIVE_INFINITY) return;
    item.slot = this.#heap.push(item) - 1;
    this.#rise(item);
    this.#arm();
  }

  /** Takes an item out, if it is there. */
  remove(item: T): void {
    const { slot } = item;
    if (slot < 0) return;
    item.slot = -1;
    const last = this.#heap.pop() as T;
    if (last === item) return;
    this.#place(last, slot);
    this.#rise(last);
    this.#sink(last);
  }

  /** Hands out those whose time has come, so many at most. @returns whether there are more */
  sweep(most = Number.POSITIVE_INFINITY): boolean {
    const now = this.#setup.now();
    let first = this.#heap[0];
    for (let swept = 0; first !== undefined && first.dueAt <= now; swept++) {
      if (swept === most) return true;
      this.remove(first);
      this.#setup.onDue(first);
      first = this.#heap[0];
    }
    return false;
  }

  /** Forgets everything and stops the timer. */
  clear(): void {
    for (const item of this.#heap) item.slot = -1;
    this.#heap.length = 0;
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wakeAt = Number.POSITIVE_INFINITY;
  }

  #arm(graceMs = this.#setup.graceMs): void {
    const first = this.#heap[0];
    if (first === undefined) return;
    const now = this.#setup.now();
    const wakeAt = Math.max(first.dueAt, now + graceMs);
    if (wakeAt >= this.#wakeAt) return;
    this.#stop();
    this.#wakeAt = wakeAt;
    // Rounded up: a timer that fires a fraction early would find nothing due.
    this.#timer = setTimeout(() => this.#wake(), Math.min(longestTimerMs, Math.ceil(wakeAt - now)));
    this.#timer.unref();
  }

  #wake(): void {
    this.#stop();
    const more = this.sweep(mostAtOnce);
    this.#arm(more ? 1 : this.#setup.graceMs);
  }

  #place(item: T, slot: number): void {
    this.#heap[slot] = item;
    item.slot = slot;
  }

  #rise(item: T): void {
    while (item.slot > 0) {
      const { slot } = item;
      const parent = this.#heap[(slot - 1) >> 1] as T;
      if (parent.dueAt <= item.dueAt) return;
      this.#place(item, parent.slot);
      this.#place(parent, slot);
    }
  }

  #sink(item: T): void {
    for (;;) {
      const { slot } = item;
      const left = this.#heap[2 * slot + 1];
      const right = this.#heap[2 * slot + 2];
      const least = right !== undefined && left !== undefined && right.dueAt < left.dueAt ? right : left;
      if (least === undefined || item.dueAt <= least.dueAt) return;
      this.#place(item, least.slot);
      this.#place(least, slot);
    }
  }
}
