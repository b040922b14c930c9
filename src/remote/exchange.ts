/** remote/exchange: the objects a node lends to others and borrows from them: what `comlink.proxy` marks. */
import { randomUUID } from 'node:crypto';
import { MessagePort } from 'node:worker_threads';
import { ShardliftError } from '../errors.ts';
import type { Peer } from '../rpc/peer.ts';
import type { Address } from '../wire/address.ts';
import { comlink } from './comlink.ts';
import { apiKey, family, methodOf, type Packed } from './contract.ts';
import { ExposedEnd } from './exposed-end.ts';
import { Holding } from './holding.ts';
import { Loans } from './loans.ts';
import { RemoteEnd } from './remote-end.ts';
import { proxiedIn, type WireValue } from './wire-values.ts';

/** What one node lends and borrows. */
export class Exchange {
  readonly #peer: Peer;
  readonly #loans: Loans;
  readonly #ends = new Map<string, ExposedEnd>();

  constructor(peer: Peer) {
    this.#peer = peer;
    this.#loans = new Loans({ peer, withdraw: (key) => this.withdraw(key) });
    const on = peer.self;
    peer.answerer.openFamily(family, (key) =>
      key === apiKey ? new ShardliftError('NOT_EXPOSED', { on }) : new ShardliftError('CALLBACK_GONE', { on }),
    );
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
    this.#peer.answerer.add([[methodOf(key), (deed, context) => end.answer(deed, context)]]);
    this.#ends.set(key, end);
    comlink().expose(object, end);
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
      this.#loans.add(key);
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
    this.#loans.sent(keys);
  }

  /** What was lent with a message that never arrived, or was not answered: only those who hold it keep it. */
  lost(keys: readonly string[]): void {
    this.#loans.lost(keys);
  }

  #borrow(key: string, from: Address): RemoteEnd {
    const holding = new Holding({ peer: this.#peer, from, key });
    return new RemoteEnd({
      peer: this.#peer,
      exchange: this,
      to: () => from,
      key,
      options: {},
      // Not before: nobody would ever give back what failed on its way to its user.
      started: () => holding.begin(),
      released: () => holding.end(),
    });
  }
}
