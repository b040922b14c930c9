/** features/outcome: how what Discord answered crosses: a value, or the error as it was, so that users can act on it. */
import { type Fault, fromFault, toFault } from '../wire/fault.ts';

/**
 * What somebody else's client got from Discord.
 *
 * The error is not left to the road, which would wrap it into HANDLER_FAILED and keep only its name, message and code.
 */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault; readonly facts: readonly Facts[] };

type Facts = Readonly<Record<string, unknown>>;

/** What discord.js's DiscordAPIError, HTTPError and RateLimitError tell beside name, message and code. */
const told = [
  ...['status', 'method', 'url', 'rawError'],
  ...['timeToReset', 'limit', 'hash', 'route', 'majorParameter', 'global', 'retryAfter', 'sublimitTimeout', 'scope'],
];

/** A chain of causes: the error itself first; as long as the chain of a fault may be. */
function* chain(error: unknown): Generator<object> {
  let at = error;
  for (let depth = 0; depth < 9 && typeof at === 'object' && at !== null; depth++) {
    yield at;
    at = (at as { cause?: unknown }).cause;
  }
}

const factsOf = (error: object): Facts =>
  Object.fromEntries(told.filter((name) => name in error).map((name) => [name, (error as Facts)[name]]));

/** Runs something and tells how it ended, for the way to another cluster. */
export async function outcomeOf<T>(run: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, fault: toFault(error), facts: [...chain(error)].map(factsOf) };
  }
}

/** The value; or throws the error, with name, message, code, cause and Discord's status, as it would be thrown here. */
export function unwrapped<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const error = fromFault(outcome.fault);
  for (const [depth, link] of [...chain(error)].entries()) Object.assign(link, outcome.facts[depth]);
  throw error;
}
