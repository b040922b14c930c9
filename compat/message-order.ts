/** compat/message-order: lets calls to a bot wait for the messages that were sent to it before them. */

/** Of one cluster. Costs nothing while nobody sends messages. */
export class MessageOrder {
  readonly #heard: (count: number) => Promise<unknown>;
  #sent = 0;
  #last: Promise<unknown> | undefined;

  /** @param heard - asks the bot to answer once it was given so many messages */
  constructor(heard: (count: number) => Promise<unknown>) {
    this.#heard = heard;
  }

  /** What the next call has to wait for; `undefined` when there is nothing. Never rejects. */
  get before(): Promise<unknown> | undefined {
    return this.#last;
  }

  /** A message is on its way. */
  sent(handedOver: Promise<unknown>): void {
    const heard = handedOver.then(() => this.#heard(++this.#sent));
    const settled: Promise<unknown> = heard
      // Accepted loss: that it was not sent, or that the bot died. Calls have their own way of finding out.
      .catch(() => undefined)
      .then(() => {
        if (this.#last === settled) this.#last = undefined;
      });
    this.#last = settled;
  }

  /** Another child counts from nothing. */
  reset(): void {
    this.#sent = 0;
    this.#last = undefined;
  }
}
