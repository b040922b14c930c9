/** maintenance: which clusters should do less for now, and why, as the manager keeps it. */
import { ShardliftError } from './errors.ts';
import { maintenanceContract } from './features/maintenance.ts';
import type { Peer } from './rpc/peer.ts';
import { clusterAddress } from './wire/address.ts';

/** What the maintenance of a manager's clusters needs. */
export interface MaintenanceSetup {
  readonly peer: Peer;
  /** The shards of every cluster; empty before they are known. */
  readonly plan: () => readonly (readonly number[])[];
}

/** The reasons of all clusters. They outlive them: one that starts later is told at its start. */
export class Maintenance {
  readonly #setup: MaintenanceSetup;
  #common: string | undefined;
  readonly #own = new Map<number, string | undefined>();

  constructor(setup: MaintenanceSetup) {
    this.#setup = setup;
  }

  /** The reason of one cluster, if it has one. */
  reasonOf(id: number): string | undefined {
    return this.#own.has(id) ? this.#own.get(id) : this.#common;
  }

  /**
   * Sets the reason of some clusters, or of all.
   *
   * @param reason - `undefined` ends the maintenance
   * @throws ShardliftError `INVALID_OPTION`, `UNKNOWN_TARGET` for a cluster that is not in the plan
   */
  set(reason: string | undefined, ids?: readonly number[]): void {
    assertReason(reason);
    const plan = this.#setup.plan();
    assertIds(ids);
    const unknown = ids?.find((id) => plan.length > 0 && plan[id] === undefined);
    if (unknown !== undefined) throw new ShardliftError('UNKNOWN_TARGET', { target: `cluster ${unknown}` });
    if (ids === undefined) {
      this.#common = reason;
      this.#own.clear();
    }
    for (const id of ids ?? []) this.#own.set(id, reason);
    const told = (ids ?? [...plan.keys()]).filter((id) => plan[id] !== undefined).map(clusterAddress);
    if (told.length === 0) return;
    // Those that are down do not hear it; they are told when they start.
    this.#setup.peer.atAll(maintenanceContract, told).set(reason === undefined ? {} : { reason });
  }
}

function assertReason(reason: unknown): void {
  if (reason === undefined || (typeof reason === 'string' && reason !== '')) return;
  const expected = 'a text, or undefined when the maintenance is over';
  const received = reason === '' ? 'an empty one' : `of type ${reason === null ? 'null' : typeof reason}`;
  throw new ShardliftError('INVALID_OPTION', { option: 'reason', expected, received });
}

function assertIds(ids: unknown): void {
  if (ids === undefined || (Array.isArray(ids) && ids.every((id) => Number.isInteger(id) && id >= 0))) return;
  const expected = 'an array of cluster ids';
  const received = `of type ${ids === null ? 'null' : typeof ids}${Array.isArray(ids) ? ' with something else in it' : ''}`;
  throw new ShardliftError('INVALID_OPTION', { option: 'clusterIds', expected, received });
}
