/** remote/remote-end: the end of comlink's line beside a caller. Each message becomes one call of the kernel. */
import { ShardliftError } from '../errors.ts';
import { type CallOptions, limitsOf } from '../rpc/caller.ts';
import type { Peer } from '../rpc/peer.ts';
import type { Address } from '../wire/address.ts';
import { type Deed, methodOf, type Packed } from './contract.ts';
import type { Exchange } from './exchange.ts';
import { type ComlinkMessage, type WireValue, type Wrapped, wireThrow } from './wire-values.ts';

type Listener = (event: { readonly data: unknown }) => void;

/** What a remote end is for. */
export interface RemoteEndSetup {
  readonly peer: Peer;
  readonly exchange: Exchange;
  /** Where the object is. Asked for each call. */
  readonly to: () => Address;
  readonly key: string;
  readonly options: CallOptions;
  /** The last proxy is gone. */
  readonly released?: () => void;
}

/** What comlink's `wrap` talks to. */
export class RemoteEnd implements Wrapped {
  readonly #setup: RemoteEndSetup;
  /** The calls under way, by comlink's id, with the name they go by. */
  readonly #calls = new Map<string, { readonly method: string; readonly to: Address }>();
  readonly #over = new AbortController();
  #listener: Listener = () => undefined;
  #proxy: WeakRef<object> | undefined;

  constructor(setup: RemoteEndSetup) {
    this.#setup = setup;
  }

  /** Notes the proxy. Weakly: comlink releases us when nobody has it any more. */
  wrappedBy(proxy: object): void {
    this.#proxy = new WeakRef(proxy);
  }

  start(): void {
    // Comlink calls it for whatever came in the place of a port; there is nothing to start.
  }

  addEventListener(_type: string, listener: unknown): void {
    this.#listener = listener as Listener;
  }

  removeEventListener(): void {
    this.#listener = () => undefined;
  }

  /** Takes what comlink has for the object. Never throws: comlink would forget the call, and nobody learn of it. */
  postMessage(message: ComlinkMessage): void {
    if (message.type === 'RELEASE') this.#release();
    else void this.#call(message);
  }

  async #call(message: ComlinkMessage): Promise<void> {
    const { id, path = [] } = message;
    // Held until the answer is there: comlink would take a proxy that is only waited for as one that is gone.
    const proxy = this.#proxy?.deref();
    const method = path.join('.') || 'the remote object';
    try {
      const to = this.#setup.to();
      this.#calls.set(id, { method, to });
      this.#give(id, await this.#ask(message, to));
    } catch (error) {
      this.#give(id, wireThrow(error));
    }
    void proxy;
  }

  async #ask(message: ComlinkMessage, to: Address): Promise<WireValue> {
    const { peer, exchange, key, options } = this.#setup;
    const label = this.#calls.get(message.id)?.method;
    const keys: string[] = [];
    let arrived = false;
    try {
      const signals = [this.#over.signal, options.signal ?? []].flat();
      const limits = limitsOf({ ...options, ...(label !== undefined && { label }), signal: AbortSignal.any(signals) });
      const input = this.#deed(message, keys);
      const answer = await peer.ask({ to, method: methodOf(key), input }, limits);
      arrived = true;
      return exchange.unpack(answer as Packed, to);
    } finally {
      if (arrived) exchange.sent(keys);
      else exchange.lost(keys);
    }
  }

  #deed({ type, path = [], argumentList, value }: ComlinkMessage, keys: string[]): Deed {
    const { exchange } = this.#setup;
    if (type === 'ENDPOINT') {
      throw new ShardliftError('UNSERIALISABLE', { path: 'createEndpoint', received: 'a MessagePort' });
    }
    const pack = (one: WireValue): Packed => exchange.pack(one, keys);
    const args = argumentList === undefined ? {} : { args: argumentList.map(pack) };
    return { type, path, ...args, ...(value !== undefined && { value: pack(value as WireValue) }) };
  }

  #give(id: string, value: WireValue): void {
    this.#calls.delete(id);
    // Comlink knows which it waits for, and each only once.
    this.#listener({ data: { ...value, id } });
  }

  /** Nobody has the proxy any more, or its user gave it back; comlink forgets calls under way, so they end here. */
  #release(): void {
    this.#over.abort();
    for (const [id, call] of this.#calls) this.#give(id, wireThrow(new ShardliftError('CALL_ABORTED', call)));
    this.#setup.released?.();
  }
}
