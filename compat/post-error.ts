/** compat/post-error: the error of a message that cannot be written, as discord.js gives it. */
import { isShardliftError } from '../src/index.ts';

/** Throws what Node says of it: a TypeError of `child.send`, a DataCloneError of `postMessage`; any other error as it is. */
export function throwStock(error: unknown): never {
  throw isShardliftError(error, 'UNSERIALISABLE') ? error.cause : error;
}
