/** syntax/name-to-come: what stands in a text for the name of a handler, until names are given. */
import { createHash } from 'node:crypto';

/** Stands for the name of a handler until names are given. */
export function nameToCome(key: string): string {
  return `handler:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}
