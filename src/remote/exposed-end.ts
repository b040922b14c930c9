/** remote/exposed-end: the end of comlink's line beside an exposed object. Each deed is one call of the kernel. */
import { ShardliftError } from '../errors.ts';
import type { CallContext } from '../rpc/served.ts';
import type { Address } from '../wire/address.ts';
import type { Deed, Packed } from './contract.ts';
import type { Exchange } from './exchange.ts';
import { type ComlinkMessage, thrownIn, type WireValue } from './wire-values.ts';

type Listener = (event: { readonly data: unknown }) => void;

interface Waiting {
  readonly resolve: (answer: Packed) => void;
  readonly reject: (reason: unknown) => void;
}

/** Names that lead from any object to what can run text. */
const closed: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** What comlink's `expose` listens to. */
export class ExposedEnd {
  readonly #exchange: Exchange;
  readonly #waiting = new Map<string, Waiting>();
  #listener: Listener = () => undefined;
  #deeds = 0;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** Deeds that are under way. */
  get busy(): number {
    return this.#waiting.size;
  }

  addEventListener(_type: string, listener: unknown): void {
    this.#listener = listener as Listener;
  }

  removeEventListener(): void {
    this.#listener = () => undefined;
  }

  /** Does what another node asks for. */
  async answer({ type, path, args = [], value }: Deed, { from, signal }: CallContext): Promise<Packed> {
    const way = path.find((name) => closed.includes(name));
    if (way !== undefined) throw new ShardliftError('NOT_EXPOSED', { on: this.#exchange.self, what: `'${way}'` });
    const id = String(++this.#deeds);
    const answered = new Promise<Packed>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    // Whoever asked is gone, or waits no more; what it asked for may never end.
    signal.addEventListener('abort', () => this.#waiting.delete(id), { once: true });
    this.#listener({ data: { id, type, path, ...this.#unpacked({ args, value }, from) } });
    return answered;
  }

  /** The object is called no more: comlink lets go of it, and calls its `finalizer`. */
  end(): void {
    this.#listener({ data: { id: 'end', type: 'RELEASE', path: [] } });
  }

  /** Takes comlink's answer to a deed. */
  postMessage(answer: ComlinkMessage): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    const keys: string[] = [];
    try {
      const thrown = thrownIn(answer);
      if (thrown !== undefined) waiting?.reject(thrown.value);
      else waiting?.resolve(this.#exchange.pack(answer as unknown as WireValue, keys));
    } catch (error) {
      waiting?.reject(error);
    }
    // Whether it arrives is not known here: who does not take hold in time has not got it.
    this.#exchange.sent(keys);
  }

  #unpacked({ args, value }: { readonly args: readonly Packed[]; readonly value: Packed | undefined }, from: Address) {
    const unpack = (one: Packed): WireValue => this.#exchange.unpack(one, from);
    return { argumentList: args.map(unpack), ...(value !== undefined && { value: unpack(value) }) };
  }
}
