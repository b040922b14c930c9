/** remote/remotes: `expose` and `remote` of a node: objects instead of names, over comlink. */
import { ShardliftError } from '../errors.ts';
import type { RequestOptions } from '../features/ipc.ts';
import { type ClusterMap, clusterOfTarget, type Target } from '../features/target.ts';
import type { Peer } from '../rpc/peer.ts';
import { type Address, clusterAddress, localHost } from '../wire/address.ts';
import { comlink } from './comlink.ts';
import { apiKey } from './contract.ts';
import { Exchange } from './exchange.ts';
import { RemoteEnd } from './remote-end.ts';
import type { Remote } from './remote-type.ts';

/** Whose exposed object is meant. */
export type RemoteTarget = Target | 'manager';

/** How the calls of a remote object may be limited. */
export type RemoteOptions = Omit<RequestOptions, 'to'>;

/** What a node knows about the others. */
export interface Whereabouts extends ClusterMap {
  readonly peer: Peer;
}

const isObject = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** The object a node exposes, and those of others. */
export class Remotes {
  readonly #around: Whereabouts;
  readonly #exchange: Exchange;
  /** A token for each call of `expose`: the same object may be exposed twice, one after the other. */
  #exposed: symbol | undefined;

  constructor(around: Whereabouts) {
    this.#around = around;
    this.#exchange = new Exchange(around.peer);
  }

  /** Objects that others hold by `comlink.proxy`, or are about to. */
  get lent(): number {
    return this.#exchange.lent;
  }

  /** Lets all others call an object. @returns what takes it back @throws ShardliftError `INVALID_OPTION`, `ALREADY_EXPOSED` */
  expose(api: object): () => void {
    if (!isObject(api)) refuse({ option: 'api', expected: 'an object or a function', value: api });
    const { self } = this.#exchange;
    if (this.#exposed !== undefined) throw new ShardliftError('ALREADY_EXPOSED', { on: self });
    const exposed = Symbol('exposed');
    this.#exchange.offer(apiKey, api);
    this.#exposed = exposed;
    return () => {
      if (this.#exposed !== exposed) return;
      this.#exposed = undefined;
      this.#exchange.withdraw(apiKey);
    };
  }

  /** The object that another node exposes. @throws ShardliftError `INVALID_OPTION` for a target that is none */
  remote<Api>(target: RemoteTarget, options: RemoteOptions = {}): Remote<Api> {
    if (target !== 'manager' && !isAim(target)) {
      refuse({ option: 'target', expected: "{ cluster }, { shard }, { guild } or 'manager'", value: target });
    }
    const { peer } = this.#around;
    const to = (): Address =>
      target === 'manager' ? localHost : clusterAddress(clusterOfTarget(this.#around, target));
    const end = new RemoteEnd({ peer, exchange: this.#exchange, to, key: apiKey, options });
    const proxy = comlink().wrap(end);
    end.wrappedBy(proxy as object);
    return proxy as unknown as Remote<Api>;
  }
}

const isAim = (target: unknown): boolean =>
  typeof target === 'object' && target !== null && ['cluster', 'shard', 'guild'].some((name) => name in target);

interface Refused {
  readonly option: string;
  readonly expected: string;
  readonly value: unknown;
}

function refuse({ option, expected, value }: Refused): never {
  const received = value === null ? 'null' : `of type ${typeof value}`;
  throw new ShardliftError('INVALID_OPTION', { option, expected, received });
}
