/** store/flights: values that are being computed, who does so, and who waits for them. */
import type { SnapshotBody } from '../wire/body.ts';
import type { Fault } from '../wire/fault.ts';
import type { Claim, ClaimAnswer, ClaimRequest, Waiting } from './engine.ts';
import { type Due, Schedule } from './schedule.ts';

/** One who waits for a value. */
interface Waiter {
  readonly leaseMs: number;
  readonly answer: (answer: ClaimAnswer) => void;
}

/** One value under way. More than one claim is valid when a computation outlived its lease: the first to end counts. */
interface Flight extends Due {
  readonly key: string;
  readonly claims: Set<number>;
  readonly waiters: Set<Waiter>;
}

/**
 * Sees to it that a value is computed once for all who ask for it.
 *
 * The first gets the right to compute, the others wait. When the computation throws, all of them learn what it threw; when
 * who computes is gone, or has taken longer than its lease, the one who has waited longest takes over.
 */
export class Flights {
  readonly #now: () => number;
  readonly #flights = new Map<string, Flight>();
  /** Only of flights that somebody waits for. */
  readonly #leases: Schedule<Flight>;
  #lastClaim = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#leases = new Schedule<Flight>({ now, onDue: (flight) => this.#takeOver(flight), graceMs: 0 });
  }

  /** Values under way. */
  get size(): number {
    return this.#flights.size;
  }

  /** Asks for a value that is not there: the right to compute it, at once or later, or what others made of it. */
  join({ key, leaseMs }: ClaimRequest, waiting: Waiting): ClaimAnswer | Promise<ClaimAnswer> {
    const flight = this.#flights.get(key);
    if (flight === undefined) return this.#grant(this.#start(key), leaseMs);
    // Its lease was over before anybody waited for it.
    if (flight.waiters.size === 0 && flight.dueAt <= this.#now()) return this.#grant(flight, leaseMs);
    return this.#wait(flight, leaseMs, waiting);
  }

  /** The value is there, computed or written by somebody else. */
  land(key: string, body: SnapshotBody): void {
    for (const { answer } of this.#end(key)) answer({ state: 'value', body });
  }

  /** The key was deleted: what is computed now may be out of date, so those who wait begin anew. */
  cancel(key: string): void {
    const [first, ...rest] = this.#end(key);
    if (first === undefined) return;
    const flight = this.#start(key);
    for (const waiter of rest) flight.waiters.add(waiter);
    first.answer(this.#grant(flight, first.leaseMs));
  }

  /** {@link cancel} for all keys that a test names. */
  cancelAll(test: (key: string) => boolean): void {
    for (const key of [...this.#flights.keys()].filter(test)) this.cancel(key);
  }

  /** Whether a right to compute still counts. */
  holds({ key, claim }: Claim): boolean {
    return this.#flights.get(key)?.claims.has(claim) === true;
  }

  /** A computation threw. */
  fail(claim: Claim, fault: Fault): void {
    const flight = this.#giveUp(claim);
    if (flight === undefined) return;
    for (const { answer } of this.#end(flight.key)) answer({ state: 'failed', fault });
  }

  /** Who computed is gone. */
  abandon(claim: Claim): void {
    const flight = this.#giveUp(claim);
    if (flight === undefined) return;
    if (flight.waiters.size === 0) this.#end(flight.key);
    else this.#takeOver(flight);
  }

  /** Takes a claim back. @returns its flight when nobody else computes */
  #giveUp({ key, claim }: Claim): Flight | undefined {
    const flight = this.#flights.get(key);
    if (flight === undefined || !flight.claims.delete(claim)) return undefined;
    return flight.claims.size > 0 ? undefined : flight;
  }

  #start(key: string): Flight {
    const flight = { key, claims: new Set<number>(), waiters: new Set<Waiter>(), dueAt: 0, slot: -1 };
    this.#flights.set(key, flight);
    return flight;
  }

  #end(key: string): readonly Waiter[] {
    const flight = this.#flights.get(key);
    if (flight === undefined) return [];
    this.#flights.delete(key);
    this.#leases.remove(flight);
    return [...flight.waiters];
  }

  #grant(flight: Flight, leaseMs: number): ClaimAnswer {
    this.#lastClaim += 1;
    flight.claims.add(this.#lastClaim);
    this.#leases.remove(flight);
    flight.dueAt = this.#now() + leaseMs;
    if (flight.waiters.size > 0) this.#leases.add(flight);
    return { state: 'yours', claim: this.#lastClaim };
  }

  #takeOver(flight: Flight): void {
    const [next] = flight.waiters;
    if (next === undefined) return;
    flight.waiters.delete(next);
    next.answer(this.#grant(flight, next.leaseMs));
  }

  #wait(flight: Flight, leaseMs: number, { signal }: Waiting): Promise<ClaimAnswer> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#leave(flight.key, waiter);
        reject(signal.reason);
      };
      const answer = (result: ClaimAnswer): void => {
        signal.removeEventListener('abort', leave);
        resolve(result);
      };
      const waiter: Waiter = { leaseMs, answer };
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      flight.waiters.add(waiter);
      if (flight.slot < 0) this.#leases.add(flight);
    });
  }

  /** It may wait for a later flight of its key by now. */
  #leave(key: string, waiter: Waiter): void {
    const flight = this.#flights.get(key);
    if (flight === undefined) return;
    flight.waiters.delete(waiter);
    if (flight.waiters.size === 0) this.#leases.remove(flight);
  }
}
