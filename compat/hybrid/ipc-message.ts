/** hybrid/ipc-message: a message as listeners of discord-hybrid-sharding know it: with its fields, and a way to answer. */
import { randomUUID } from 'node:crypto';
import { messageType } from './message-type.ts';

/** A message as it is written: any fields, of which `_type` and `nonce` say what it is. */
export interface RawMessage {
  nonce?: string;
  _type?: number;
  // biome-ignore lint/suspicious/noExplicitAny: with `unknown` no field of a message could be read in a one-line listener
  [field: string]: any;
}

/** The end a message came to: it sends back to where the message came from. */
export interface MessageEnd {
  send(message: object): Promise<void>;
  request(message: object): Promise<unknown>;
}

/** How a message came in. */
interface Arrival {
  readonly type: messageType;
  /** Answers a request. */
  readonly answer?: (reply: object) => void;
}

function assertObject(message: unknown): asserts message is object {
  if (typeof message !== 'object' || message === null) throw new TypeError('The message has to be an object');
}

/** A message that came in. Its fields are the sender's; those with the name of a method are in `raw` only. */
export class IPCMessage implements RawMessage {
  // biome-ignore lint/suspicious/noExplicitAny: as in RawMessage
  [field: string]: any;
  readonly nonce: string;
  readonly _type: number;
  /** The message as it was sent. */
  readonly raw: RawMessage;
  /** Who got it: the `ClusterClient` in a bot, the `Cluster` in the manager. */
  readonly instance: MessageEnd;
  readonly #answer: ((reply: object) => void) | undefined;

  constructor(instance: MessageEnd, message: object, arrival: Arrival = { type: messageType.CUSTOM_MESSAGE }) {
    const sent = message as RawMessage;
    this.nonce = sent.nonce ?? randomUUID();
    this._type = arrival.answer === undefined ? (sent._type ?? arrival.type) : arrival.type;
    this.raw = { ...sent, nonce: this.nonce, _type: this._type };
    this.instance = instance;
    this.#answer = arrival.answer;
    for (const [field, value] of Object.entries(sent)) {
      if (!(field in this)) this[field] = value;
    }
  }

  /** Sends a message back. */
  async send(message: object): Promise<void> {
    assertObject(message);
    await this.instance.send(message);
  }

  /** Asks back. */
  async request(message: object): Promise<unknown> {
    assertObject(message);
    return this.instance.request(message);
  }

  /** Answers a request: its sender's `request(...)` gives this object. The first answer counts; without a request nothing happens. */
  async reply(message: object): Promise<void> {
    assertObject(message);
    this.#answer?.(message);
  }

  /** Its kind, see {@link messageType}. */
  getType(): number {
    return this._type;
  }

  /** The message as it was sent. */
  toJSON(): RawMessage {
    return this.raw;
  }
}
