/** remote/exposed-end: the end of comlink's line beside an exposed object. Each deed is one call of the kernel. */
import type { CallContext } from '../rpc/served.ts';
import type { Packed } from './contract.ts';
import { deedOf } from './deed.ts';
import type { Exchange } from './exchange.ts';
import { type ComlinkMessage, closePort, thrownIn, type WireValue } from './wire-values.ts';

type Listener = (event: { readonly data: unknown }) => void;

interface Waiting {
  readonly resolve: (answer: Packed) => void;
  readonly reject: (reason: unknown) => void;
}

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

  /** Does what another node asks for. @throws ShardliftError `UNKNOWN_DEED`, `FORBIDDEN_NAME` */
  async answer(input: unknown, { from, signal }: CallContext): Promise<Packed> {
    const { args = [], value, ...what } = deedOf(input, this.#exchange.self);
    const unpack = (one: Packed): WireValue => this.#exchange.unpack(one, from);
    const values = { argumentList: args.map(unpack), ...(value !== undefined && { value: unpack(value) }) };
    const id = String(++this.#deeds);
    const answered = new Promise<Packed>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    // Whoever asked is gone, or waits no more; what it asked for may never end.
    signal.addEventListener('abort', () => this.#waiting.delete(id), { once: true });
    try {
      this.#listener({ data: { id, ...what, ...values } });
    } catch (error) {
      // A transfer handler could not read its value: comlink has not begun, and will not answer.
      this.#waiting.delete(id);
      throw error;
    }
    return answered;
  }

  /** The object is called no more: comlink lets go of it, and calls its `finalizer`. */
  end(): void {
    this.#listener({ data: { id: 'end', type: 'RELEASE', path: [] } });
  }

  /** Takes comlink's answer to a deed. */
  postMessage(answer: ComlinkMessage): void {
    const value = answer as unknown as WireValue;
    closePort(value);
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    this.#waiting.delete(answer.id);
    const keys: string[] = [];
    try {
      const thrown = thrownIn(answer);
      if (thrown !== undefined) waiting.reject(thrown.value);
      else waiting.resolve(this.#exchange.pack(value, keys));
    } catch (error) {
      waiting.reject(error);
    }
    // Whether it arrives is not known here: who does not take hold in time has not got it.
    this.#exchange.sent(keys);
  }
}
