/** remote/remote-end: the end of comlink's line beside a caller. Each message becomes one call of the kernel. */
import { ShardliftError } from '../errors.ts';
import { type CallOptions, limitsOf } from '../rpc/caller.ts';
import type { Peer } from '../rpc/peer.ts';
import type { Address } from '../wire/address.ts';
import { comlink } from './comlink.ts';
import { methodOf, type Packed } from './contract.ts';
import type { Deed } from './deed.ts';
import type { Exchange } from './exchange.ts';
import { releaseProxy } from './proxy.ts';
import { type ComlinkMessage, closePort, type WireValue, type Wrapped, wireThrow } from './wire-values.ts';

type Listener = (event: { readonly data: unknown }) => void;

/** What a remote end is for. */
export interface RemoteEndSetup {
  readonly peer: Peer;
  readonly exchange: Exchange;
  /** Where the object is. Asked for each call. */
  readonly to: () => Address;
  readonly key: string;
  readonly options: CallOptions;
  /** It is about to have a proxy. May come more than once. */
  readonly started?: () => void;
  /** The last proxy is gone. */
  readonly released?: () => void;
}

/** What comlink makes of our own key: the last name of a path. */
const releaseName = String(releaseProxy);

/** A call under way. */
interface Call {
  readonly method: string;
  readonly to: Address;
  readonly control: AbortController;
  /** Comlink would take a proxy that is only waited for as one that is gone. */
  readonly proxy: object;
}

/** What comlink's `wrap` talks to. */
export class RemoteEnd implements Wrapped {
  readonly #setup: RemoteEndSetup;
  /** By comlink's id. */
  readonly #calls = new Map<string, Call>();
  #listener: Listener | undefined;
  #proxy: WeakRef<object> | undefined;
  #released = false;

  constructor(setup: RemoteEndSetup) {
    this.#setup = setup;
  }

  /** Notes the proxy. Weakly: comlink releases us when nobody has it any more. */
  wrappedBy(proxy: object): void {
    this.#proxy = new WeakRef(proxy);
  }

  /** Comlink calls it for whatever came in the place of a port, before it wraps it and for each message. */
  start(): void {
    this.#setup.started?.();
  }

  addEventListener(_type: string, listener: unknown): void {
    // Calls wait at the first one; later ones are of proxies that are there to be held only, see #anchor.
    this.#listener ??= listener as Listener;
  }

  removeEventListener(): void {
    // Comlink calls it for what is exposed only; here there is nothing to take away.
  }

  /** Takes what comlink has for the object. Never throws: comlink would forget the call, and nobody learn of it. */
  postMessage(message: ComlinkMessage): void {
    for (const value of message.argumentList ?? []) closePort(value);
    if (message.value !== undefined) closePort(message.value as WireValue);
    if (message.type === 'RELEASE') this.#release();
    else if (message.type === 'APPLY' && message.path?.at(-1) === releaseName) this.#giveBack(message.id);
    else void this.#call(message);
  }

  async #call(message: ComlinkMessage): Promise<void> {
    const { id, path = [] } = message;
    const { signal } = this.#setup.options;
    const control = new AbortController();
    const abort = (): void => control.abort(signal?.reason);
    if (signal?.aborted) abort();
    // By hand: AbortSignal.any() never forgets its dependants on Node 20 (https://github.com/nodejs/node/issues/55351).
    else signal?.addEventListener('abort', abort, { once: true });
    try {
      const call = {
        method: path.join('.') || 'the remote object',
        to: this.#setup.to(),
        control,
        proxy: this.#anchor(),
      };
      if (this.#released) throw abortedBy(call);
      this.#calls.set(id, call);
      this.#give(id, await this.#ask(message, call));
    } catch (error) {
      this.#give(id, wireThrow(error));
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * What to hold so that comlink does not release us. Calls are also made by parts of the proxy (`const { next } = remote`),
   * which may be gone before the answer and cannot be had from here; then another proxy does.
   */
  #anchor(): object {
    const known = this.#proxy?.deref();
    if (known !== undefined) return known;
    const proxy = comlink().wrap(this) as object;
    this.wrappedBy(proxy);
    return proxy;
  }

  async #ask(message: ComlinkMessage, { method: label, to, control }: Call): Promise<WireValue> {
    const { peer, exchange, key, options } = this.#setup;
    const keys: string[] = [];
    let arrived = false;
    try {
      const limits = limitsOf({ ...options, label, signal: control.signal });
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
    this.#listener?.({ data: { ...value, id } });
  }

  /** Its user gave it back by our key. Comlink is told, so that the proxy refuses what comes later. */
  #giveBack(id: string): void {
    this.#give(id, { type: 'RAW', value: undefined });
    if (this.#released) return;
    const proxy = this.#proxy?.deref() as Readonly<Record<symbol, () => void>> | undefined;
    if (proxy === undefined) this.#release();
    else proxy[comlink().releaseProxy]?.();
  }

  /** Nobody has the proxy any more, or its user gave it back; comlink forgets calls under way, so they end here. */
  #release(): void {
    // Again by the collector for the parts that outlive a proxy given back by its user.
    if (this.#released) return;
    this.#released = true;
    for (const [id, call] of this.#calls) {
      call.control.abort();
      this.#give(id, wireThrow(abortedBy(call)));
    }
    this.#setup.released?.();
  }
}

const abortedBy = ({ method, to }: Call): ShardliftError => new ShardliftError('CALL_ABORTED', { method, to });
