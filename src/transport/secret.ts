/** transport/secret: keeps the bot's token out of what is said about a child. */

/** A text with every occurrence of a secret blotted out; the text itself when there is no secret. */
export const withoutSecret = (text: string, secret: string | undefined): string =>
  secret === undefined || secret === '' ? text : text.replaceAll(secret, '[token]');

/** A child's error with a secret blotted out of message and stack; the same object when it holds none. */
export function errorWithoutSecret(error: Error, secret: string | undefined): Error {
  const message = withoutSecret(error.message, secret);
  const stack = withoutSecret(error.stack ?? '', secret);
  if (message === error.message && stack === (error.stack ?? '')) return error;
  const own = { configurable: true, writable: true };
  return Object.defineProperties(new Error(message), {
    name: { ...own, value: error.name },
    stack: { ...own, value: stack },
  });
}
