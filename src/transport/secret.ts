/** transport/secret: keeps the bot's token out of what is said about a child. */
import { inspect } from 'node:util';

/** A text with every occurrence of a secret blotted out; the text itself when there is no secret. */
export const withoutSecret = (text: string, secret: string | undefined): string =>
  secret === undefined || secret === '' ? text : text.replaceAll(secret, '[token]');

/** How deep causes are looked into; what lies below is told as text. */
const maxDepth = 8;

/**
 * A child's error with a secret blotted out, its causes and the errors it gathers included; the same object when there is
 * none in it. What else it carried (a `code`, fields of its own) is left out of a copy.
 */
export function errorWithoutSecret(error: Error, secret: string | undefined): Error {
  return secret === undefined || secret === '' ? error : cleanError(error, secret, 0);
}

function cleanError(error: Error, secret: string, depth: number): Error {
  const message = withoutSecret(error.message, secret);
  const stack = withoutSecret(error.stack ?? '', secret);
  const cause = cleanPart(error.cause, secret, depth + 1);
  const errors = cleanPart((error as Partial<AggregateError>).errors, secret, depth + 1);
  const isClean =
    message === error.message &&
    stack === (error.stack ?? '') &&
    cause === error.cause &&
    errors === (error as Partial<AggregateError>).errors;
  if (isClean) return error;
  const own = { configurable: true, writable: true };
  return Object.defineProperties(new Error(message), {
    name: { ...own, value: error.name },
    stack: { ...own, value: stack },
    ...('cause' in error ? { cause: { ...own, value: cause } } : {}),
    ...('errors' in error ? { errors: { ...own, value: errors } } : {}),
  });
}

/** The same of what an error carries; what is neither text nor an error becomes text when the secret is in it. */
function cleanPart(part: unknown, secret: string, depth: number): unknown {
  if (typeof part === 'string') return withoutSecret(part, secret);
  if (typeof part !== 'object' || part === null) return part;
  if (depth < maxDepth && part instanceof Error) return cleanError(part, secret, depth);
  if (depth < maxDepth && Array.isArray(part)) {
    const cleaned = part.map((one) => cleanPart(one, secret, depth + 1));
    return cleaned.some((one, at) => one !== part[at]) ? cleaned : part;
  }
  const text = inspect(part, { depth: maxDepth });
  const clean = withoutSecret(text, secret);
  return clean === text ? part : clean;
}
