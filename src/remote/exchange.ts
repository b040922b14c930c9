/** remote/exchange: the objects a node lends to others and borrows from them: what `comlink.proxy` marks. */
import { randomUUID } from 'node:crypto';
import { MessagePort } from 'node:worker_threads';
import { expose } from 'comlink';
import { ShardliftError } from '../errors.ts';
import type { CallOptions } from '../rpc/caller.ts';
import type { Peer } from '../rpc/peer.ts';
import type { CallContext } from '../rpc/served.ts';
import type { Address } from '../wire/address.ts';
import { apiKey, type Deed, family, methodOf, type Packed, remoteContract } from './contract.ts';
import { ExposedEnd } from './exposed-end.ts';
import { RemoteEnd } from './remote-end.ts';
import { proxiedIn, type WireValue } from './wire-values.ts';

/** How long a lent object waits for somebody to take hold of it, in ms. */
const graceMs = 10_000;

/** A lent object that nobody holds yet has a timer, once it was sent. */
interface Loan {
  held: boolean;
  timer?: NodeJS.Timeout;
}

/** What one node lends and borrows. */
export class Exchange {
  readonly #peer: Peer;
  readonly #loans = new Map<string, Loan>();
  readonly #ends = new Map<string, ExposedEnd>();

  constructor(peer: Peer) {
    this.#peer = peer;
    peer.serve(remoteContract, { hold: (key, context) => this.#hold(key, context) });
    peer.answerer.openFamily(family, (key) => {
      const what = key === apiKey ? 'an object' : 'that callback';
      return new ShardliftError('NOT_EXPOSED', { on: peer.self, what });
    });
  }

  get self(): Address {
    return this.#peer.self;
  }

  /** Objects that are lent at the moment. */
  get lent(): number {
    return this.#loans.size;
  }

  /** Answers for an object. @throws ShardliftError `DUPLICATE_HANDLER` */
  offer(key: string, object: object): void {
    const end = new ExposedEnd(this);
    this.#peer.answerer.add([[methodOf(key), (deed, context) => end.answer(deed as Deed, context)]]);
    this.#ends.set(key, end);
    expose(object, end);
  }

  /** Answers for an object no more. */
  withdraw(key: string): void {
    this.#peer.answerer.remove(methodOf(key));
    this.#ends.get(key)?.end();
    this.#ends.delete(key);
  }

  /** Readies a value for its way. @param keys - takes the key of what is lent with it */
  pack(value: WireValue, keys: string[]): Packed {
    const object = proxiedIn(value);
    if (object !== undefined) {
      const key = randomUUID();
      this.offer(key, object);
      this.#loans.set(key, { held: false });
      keys.push(key);
      return { lent: key };
    }
    if (value.value instanceof MessagePort) {
      throw new ShardliftError('UNSERIALISABLE', { path: 'a value', received: 'a MessagePort' });
    }
    return value.type === 'RAW' ? { raw: value.value } : { handler: value.name, value: value.value };
  }

  /** Makes comlink's word of a value that came. */
  unpack(value: Packed, from: Address): WireValue {
    if ('raw' in value) return { type: 'RAW', value: value.raw };
    if ('handler' in value) return { type: 'HANDLER', name: value.handler, value: value.value };
    return { type: 'HANDLER', name: 'proxy', value: this.#borrow(value.lent, from) };
  }

  /** What was lent with a message that has left: who got it takes hold of it, soon. */
  sent(keys: readonly string[]): void {
    for (const key of keys) {
      const loan = this.#loans.get(key);
      if (loan === undefined || loan.held) continue;
      loan.timer = setTimeout(() => this.#takeBack(key), graceMs);
      loan.timer.unref();
    }
  }

  /** What was lent with a message that never arrived, or was not answered: only those who hold it keep it. */
  lost(keys: readonly string[]): void {
    for (const key of keys) if (this.#loans.get(key)?.held === false) this.#takeBack(key);
  }

  #takeBack(key: string): void {
    clearTimeout(this.#loans.get(key)?.timer);
    this.#loans.delete(key);
    this.withdraw(key);
  }

  #hold(key: string, { signal }: CallContext): Promise<null> {
    const loan = this.#loans.get(key);
    if (loan === undefined) throw new ShardliftError('NOT_EXPOSED', { on: this.self, what: 'that callback' });
    loan.held = true;
    clearTimeout(loan.timer);
    return new Promise((resolve) => {
      const end = (): void => {
        this.#takeBack(key);
        resolve(null);
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
  }

  #borrow(key: string, from: Address): RemoteEnd {
    const over = new AbortController();
    const options: CallOptions = { signal: over.signal };
    // The accepted loss: why it ended. Its lender is gone, or it was given back; calls to it say which.
    this.#peer
      .at(remoteContract, from, options)
      .hold(key)
      .catch(() => undefined);
    return new RemoteEnd({
      peer: this.#peer,
      exchange: this,
      to: () => from,
      key,
      options: {},
      released: () => over.abort(),
    });
  }
}
