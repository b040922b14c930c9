/** hybrid/asked: lets the listeners of one end answer a request of the other. */
import { ShardliftError } from '../../src/index.ts';
import { IPCMessage, type MessageEnd } from './ipc-message.ts';
import { messageType } from './message-type.ts';

/** Who is asked, and by whom. */
export interface Asked {
  readonly end: MessageEnd;
  /** Shows the message to the listeners. @returns whether there was one */
  readonly tell: (message: IPCMessage) => boolean;
  /** For errors: who was asked. */
  readonly on: string;
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Shows a request to the listeners; settles with the first `message.reply(...)`.
 *
 * @throws ShardliftError `NO_HANDLER` when nobody listens
 */
export function answerOf(message: object, { end, tell, on, signal }: Asked): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    const asked = new IPCMessage(end, message, { type: messageType.CUSTOM_REQUEST, answer: resolve });
    if (!tell(asked)) reject(new ShardliftError('NO_HANDLER', { name: 'message', on, known: [] }));
  });
}

/** Longest time to wait for an answer, in ms, where the message says so itself; else the default of all requests. */
export function timeoutOf(message: object): { readonly timeoutMs?: number } {
  const { options } = message as { readonly options?: { readonly timeout?: unknown } };
  return typeof options?.timeout === 'number' ? { timeoutMs: options.timeout } : {};
}
