/** discord/message-nonce: keeps one message from being sent twice when a request for it is repeated. */
import { randomBytes } from 'node:crypto';
import type { PlainMessage } from './message-input.ts';

/**
 * Gives a message a nonce of its own, unless it has one.
 *
 * discord.js repeats a request whose answer was lost (a time-out, a 5xx). With `enforce_nonce` Discord answers the
 * second with the message that the first one made.
 *
 * @see https://discord.com/developers/docs/resources/message#create-message
 */
export function withNonce({ body, files }: PlainMessage): PlainMessage {
  if (body.nonce !== undefined) return { body, files };
  // At most 25 characters: 16 of 12 bytes.
  return { body: { ...body, nonce: randomBytes(12).toString('base64url'), enforce_nonce: true }, files };
}
