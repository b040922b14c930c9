/** transport/envelopes: our own messages on Node's channel, kept apart from the user's. */

/** What a channel needs: a ChildProcess has it in the manager, `process` in the child. */
export interface Channel {
  /** Missing where there is no channel. A message that was handed over may still be lost: its callback is no receipt. */
  send?(message: object, callback: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  on(event: 'newListener', listener: (event: string | symbol) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'disconnect', listener: () => void): unknown;
  emit(event: 'message', message: unknown, handle: unknown): unknown;
  listenerCount(event: 'message'): number;
}

/** What an envelope is for: to say that the line is used, to carry a frame, to give room back, to take the line down. */
export type Mail =
  | { readonly kind: 'open' }
  | { readonly kind: 'frame'; readonly content: unknown }
  | { readonly kind: 'credit'; readonly content: unknown }
  | { readonly kind: 'close'; readonly content: unknown };

/** Hears what a channel brings. */
export interface MailReader {
  take(mail: Mail): void;
  /** The channel is closed; told once. */
  gone(): void;
}

/** A channel whose envelopes are taken out. */
export interface Diversion {
  /** Asks Node for messages; from now on the channel keeps a child alive, as any listener of its messages would. */
  listen(): void;
  /** Takes {@link Diversion.listen} back. Envelopes that still come stay hidden. */
  pause(): void;
}

/** With the one key around it, nothing a user would send by accident. */
const mark = 'shardlift:line';

/** Sends an envelope. `lost` is called with the error of a channel that is closed or fails. */
export function postMail(channel: Channel, mail: Mail, lost: (error: Error) => void): void {
  const { send } = channel;
  if (send === undefined) {
    lost(new Error('there is no channel'));
    return;
  }
  // Without a callback a closed channel would make an `error` event of it, and that would end the process.
  send.call(channel, { shardlift: [mark, mail] }, (error) => {
    if (error !== null && error !== undefined) lost(error);
  });
}

/** Tells whether a message on Node's channel is one of ours. */
export const isEnvelope = (message: unknown): boolean => mailIn(message) !== undefined;

/** The mail in an envelope; `undefined` for every other message. */
function mailIn(message: unknown): Mail | undefined {
  if (typeof message !== 'object' || message === null || !('shardlift' in message)) return undefined;
  const inside = message.shardlift;
  if (!Array.isArray(inside) || inside[0] !== mark || Object.keys(message).length !== 1) return undefined;
  return inside[1] as Mail;
}

/**
 * Takes the envelopes out of a channel's events before its other listeners hear them.
 *
 * Node gives each message to every listener, so the one way to hide ours is to stand before `emit` of this one object. A
 * listener of our own stays behind it: where `emit` is put back by somebody else, or never asked (Bun), frames still
 * arrive, and then the user's listeners see the envelopes too. Node keeps messages until somebody listens; as we do that
 * now, the user's are kept here until a listener of the user's is there.
 */
export function divertMail(channel: Channel, reader: MailReader): Diversion {
  const emit = channel.emit as (...args: unknown[]) => unknown;
  let listening = false;
  let kept: unknown[][] = [];
  let gone = false;
  const onDisconnect = (): void => {
    if (!gone) reader.gone();
    gone = true;
  };
  const onMessage = (message: unknown): void => {
    const mail = mailIn(message);
    if (mail !== undefined) reader.take(mail);
  };
  const diverted = (...args: unknown[]): unknown => {
    const [event, message] = args;
    if (event === 'disconnect') onDisconnect();
    if (event !== 'message') return emit.apply(channel, args);
    const mail = mailIn(message);
    if (mail !== undefined) reader.take(mail);
    else if (channel.listenerCount('message') > (listening ? 1 : 0)) return emit.apply(channel, args);
    else kept.push(args);
    return true;
  };
  channel.emit = diverted;
  channel.on('newListener', (event) => {
    if (event !== 'message' || kept.length === 0) return;
    // The listener is added after this event.
    process.nextTick(() => {
      const waiting = kept;
      kept = [];
      for (const args of waiting) diverted(...args);
    });
  });
  return {
    listen() {
      listening = true;
      channel.on('message', onMessage);
      channel.on('disconnect', onDisconnect);
    },
    pause() {
      listening = false;
      channel.off('message', onMessage);
      channel.off('disconnect', onDisconnect);
    },
  };
}
