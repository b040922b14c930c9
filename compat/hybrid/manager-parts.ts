/** hybrid/manager-parts: what clusters and plugins need of their manager, and what a plugin is. */
import type { EvalOutcome, Node } from '../../src/extend.ts';
import type { EvalReports } from '../eval-reports.ts';
import type { AnyFunction } from '../function-text.ts';
import type { ClusterManager } from './cluster-manager.ts';
import type { Order } from './contract.ts';

/** What a manager does for its clusters behind their back. */
export interface ClusterHost {
  readonly manager: ClusterManager;
  readonly node: Node;
  readonly mode: 'process' | 'worker';
  readonly reports: EvalReports;
  /** A call that sends text. @param below - the method that was called @throws ShardliftError `EVALS_OFF` */
  allow(call: string, below: AnyFunction): void;
  values(order: Order): Promise<unknown[]>;
  outcomes(order: Order): Promise<readonly EvalOutcome[]>;
  setMaintenance(reason: string | undefined, clusters?: readonly number[]): void;
}

/** The hosts of all managers; not part of what users see of a manager. */
const hosts = new WeakMap<ClusterManager, ClusterHost>();

/** Notes what a manager does for its clusters. */
export const setHost = (host: ClusterHost): void => void hosts.set(host.manager, host);

/** What a manager does for its clusters. */
export function hostOf(manager: ClusterManager): ClusterHost {
  const host = hosts.get(manager);
  if (host === undefined) throw new TypeError('A Cluster needs a ClusterManager of shardlift/compat/hybrid.');
  return host;
}

/** Something that `manager.extend` adds. */
export interface Plugin {
  build(manager: ClusterManager): unknown;
}
