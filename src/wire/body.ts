/** wire/body: a user's value as it travels. Made once at the edge, copied unread on the way. */

/**
 * An encoded value.
 *
 * `none` is `undefined`; `json` is JSON text, as a string where it was made and as UTF-8 bytes where it arrived;
 * `v8` is what `v8.serialize` makes of it.
 *
 * @see https://nodejs.org/api/v8.html#serialization-api
 */
export type Body =
  | { readonly format: 'none' }
  | { readonly format: 'json'; readonly data: string | Uint8Array }
  | { readonly format: 'v8'; readonly data: Uint8Array };

/** The body of `undefined`. */
export const emptyBody: Body = { format: 'none' };
