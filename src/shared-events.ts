/** shared-events: the events object of a cluster and of a manager. */
import { Events } from './features/events.ts';
import type { Logger } from './logger.ts';
import type { Peer } from './rpc/peer.ts';
import type { SharedEvents } from './typed-events.ts';
import { type Address, clusterAddress, localHost } from './wire/address.ts';

type Plan = readonly (readonly number[])[];

const clustersOf = (plan: Plan): Address[] => plan.map((_shards, id) => clusterAddress(id));

/** The events of a manager; failures of its listeners go to its logger. */
export function managerEvents(of: { readonly peer: Peer; readonly plan: () => Plan; readonly logger: Logger }) {
  const members = () => [localHost, ...clustersOf(of.plan())];
  const warn = (message: string, stack = ''): void => of.logger.warn(`${message}\n${stack}`.trimEnd());
  const spawned = () => of.plan().length > 0;
  return new Events({ peer: of.peer, members, spawned, warn }) as unknown as SharedEvents;
}

/** The events of a cluster. It has no logger: failures of its listeners are warnings of its process, on its stderr. */
export function clusterEvents(of: { readonly peer: Peer; readonly plan: Plan; readonly managed: boolean }) {
  const everybody = of.managed ? [localHost, ...clustersOf(of.plan)] : clustersOf(of.plan);
  const warn = (message: string, detail?: string): void =>
    process.emitWarning(message, { type: 'ShardliftListenerFailed', ...(detail !== undefined && { detail }) });
  return new Events({ peer: of.peer, members: () => everybody, warn }) as unknown as SharedEvents;
}
