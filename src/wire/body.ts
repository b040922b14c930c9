/** wire/body: a user's value as it travels. Made once at the edge, copied unread on the way. */

/**
 * A value ready to travel.
 *
 * `none` is `undefined`; `plain` is a small value that JSON carries without a loss, not yet text: a port takes it as it is;
 * `json` is JSON text, as a string where it was made and as UTF-8 bytes where it arrived; `v8` is what `v8.serialize` makes.
 *
 * @see https://nodejs.org/api/v8.html#serialization-api
 */
export type Body =
  | { readonly format: 'none' }
  | { readonly format: 'plain'; readonly data: unknown }
  | { readonly format: 'json'; readonly data: string | Uint8Array }
  | { readonly format: 'v8'; readonly data: Uint8Array };

/** A body that no later change of the user's value can reach. */
export type SnapshotBody = Exclude<Body, { format: 'plain' }>;

/** The body of `undefined`. */
export const emptyBody: SnapshotBody = { format: 'none' };

/** Makes text of a plain body: for lines of bytes, for frames that wait, and where nothing copies on the way. */
export const snapshotBody = (body: Body): SnapshotBody =>
  body.format === 'plain' ? { format: 'json', data: JSON.stringify(body.data) } : body;

/** What is asked or answered with where a body is at hand, and no value: it goes on its way unread. */
export class Unread {
  readonly body: SnapshotBody;

  constructor(body: SnapshotBody) {
    this.body = body;
  }
}

/** About how many bytes a body takes; the same number at both ends of a port. A plain object is small and counts as this. */
const plainObjectBytes = 512;

/** How much of a line's room a body takes up, in bytes, where it is not counted as bytes. */
export function bodyWeight(body: Body): number {
  if (body.format === 'none') return 0;
  const { data } = body;
  if (typeof data === 'string') return data.length;
  if (body.format !== 'plain') return (data as Uint8Array).byteLength;
  return typeof data === 'object' && data !== null ? plainObjectBytes : 8;
}
