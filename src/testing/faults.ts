/** testing/faults: what goes wrong on purpose. */

import { ShardliftError } from '../errors.ts';
import type { Json } from './json.ts';
import type { Timeline } from './timeline.ts';

/** Which actions each place understands. */
const actions = {
  upgrade: ['hang', 'drop', 'status'],
  hello: ['hang', 'drop', 'delayMs'],
  identify: ['hang', 'drop', 'close', 'invalidate', 'delayMs'],
  resume: ['hang', 'drop', 'close', 'invalidate', 'delayMs'],
  ready: ['hang', 'drop', 'delayMs'],
  guildCreate: ['skip', 'unavailable', 'delayMs'],
  heartbeat: ['skip', 'drop', 'close', 'delayMs'],
  rest: ['hang', 'drop', 'status', 'delayMs'],
  restAnswer: ['hang', 'drop', 'status', 'delayMs'],
} as const;

/** Where a fault strikes: `rest` before a request is carried out, `restAnswer` when it was and its answer is due. */
export type FaultPlace = keyof typeof actions;

/**
 * What a fault does: `hang` never answers, `drop` resets the TCP connection, `skip` leaves one thing out (a guild, an
 * acknowledgement), `unavailable` reports a guild as down, `invalidate` answers op 9 (not resumable), `close` ends the
 * connection with a gateway close code, `status` answers with an HTTP status, `delayMs` answers late.
 */
export type FaultAction =
  | 'hang'
  | 'drop'
  | 'skip'
  | 'unavailable'
  | 'invalidate'
  | { readonly close: number }
  | { readonly status: number; readonly body?: Json; readonly headers?: Readonly<Record<string, string>> }
  | { readonly delayMs: number };

/** One fault: where, for which shard or REST route, how many times (default 1, `Infinity` for ever), and what. */
export interface Fault {
  readonly on: FaultPlace;
  readonly shard?: number;
  /** For `on: 'rest'` and `'restAnswer'`: text that `METHOD /path` contains, or a pattern for it. */
  readonly route?: string | RegExp;
  readonly times?: number;
  readonly do: FaultAction;
}

/** A planted fault: how often it struck, and how to take it out again. */
export interface PlantedFault {
  readonly hits: number;
  remove(): void;
}

interface Planted {
  readonly fault: Fault;
  hits: number;
}

/** Names an action: its own text, or the one telling property of an object. */
function nameOf(action: FaultAction): string {
  if (typeof action === 'string') return action;
  return ['close', 'status', 'delayMs'].find((name) => name in action) ?? JSON.stringify(action);
}

function check(fault: Fault): void {
  const places = Object.keys(actions).join(', ');
  if (!Object.hasOwn(actions, fault.on))
    throw new ShardliftError('INVALID_OPTION', { option: 'fault.on', expected: places, received: String(fault.on) });
  const allowed: readonly string[] = actions[fault.on];
  const received = nameOf(fault.do);
  if (!allowed.includes(received))
    throw new ShardliftError('INVALID_OPTION', {
      option: `fault.do (on: '${fault.on}')`,
      expected: `one of ${allowed.join(', ')}`,
      received,
    });
}

function strikes(fault: Fault, shard: number | undefined, route: string | undefined): boolean {
  if (fault.shard !== undefined && fault.shard !== shard) return false;
  if (fault.route === undefined) return true;
  if (route === undefined) return false;
  return typeof fault.route === 'string' ? route.includes(fault.route) : fault.route.test(route);
}

/** Keeps the planted faults and hands each out as often as it was asked for. */
export class Faults {
  readonly #planted = new Set<Planted>();
  readonly #timeline: Timeline;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /**
   * Plants a fault.
   *
   * @throws ShardliftError `INVALID_OPTION` when the place does not understand the action
   */
  add(fault: Fault): PlantedFault {
    check(fault);
    const planted: Planted = { fault, hits: 0 };
    this.#planted.add(planted);
    return {
      get hits() {
        return planted.hits;
      },
      remove: () => {
        this.#planted.delete(planted);
      },
    };
  }

  /** Takes every fault out. */
  clear(): void {
    this.#planted.clear();
  }

  /** The action of the first fault that strikes here and now, counted; undefined when none does. */
  take(
    on: FaultPlace,
    at: { readonly shard?: number | undefined; readonly route?: string } = {},
  ): FaultAction | undefined {
    for (const planted of this.#planted) {
      const { fault } = planted;
      if (fault.on !== on || !strikes(fault, at.shard, at.route)) continue;
      planted.hits += 1;
      if (planted.hits >= (fault.times ?? 1)) this.#planted.delete(planted);
      this.#timeline.record(
        'fault',
        { on, do: fault.do, ...(at.route === undefined ? {} : { route: at.route }) },
        at.shard,
      );
      return fault.do;
    }
    return undefined;
  }
}
