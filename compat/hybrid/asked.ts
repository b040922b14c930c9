/** hybrid/asked: lets the listeners of one end answer a request of the other. */
import { ShardliftError } from '../../src/index.ts';
import { IPCMessage, type MessageEnd } from './ipc-message.ts';
import { messageType } from './message-type.ts';
import { asSent, isLimit } from './work.ts';

/** Who is asked, and by whom. */
export interface Asked {
  readonly end: MessageEnd;
  /** Shows the message to the listeners. @returns whether there was one */
  readonly tell: (message: IPCMessage) => boolean;
  /** For errors: who was asked. */
  readonly on: string;
  /** What lies between both: an answer travels like a message. */
  readonly mode: 'process' | 'worker';
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Shows a request to the listeners; settles with the first `message.reply(...)`.
 *
 * @throws ShardliftError `NO_LISTENER` when nobody listens
 */
export function answerOf(message: object, { end, tell, on, mode, signal }: Asked): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    const answer = (reply: object): void => resolve(asSent(reply, mode));
    const asked = new IPCMessage(end, message, { type: messageType.CUSTOM_REQUEST, answer });
    if (!tell(asked)) reject(new ShardliftError('NO_LISTENER', { on }));
  });
}

/** Longest time to wait for an answer, in ms, where the message says so itself (0: no limit); else the default of all requests. */
export function timeoutOf(message: object): { readonly timeoutMs?: number | null } {
  const { options } = message as { readonly options?: { readonly timeout?: unknown } | null };
  const timeout = options?.timeout;
  if (isLimit(timeout)) return { timeoutMs: timeout };
  return timeout === null || typeof timeout === 'number' ? { timeoutMs: null } : {};
}
