/** compat/original-error: the failure of what a bot asked its manager to have done, without the manager's part in it. */
import { isShardliftError } from '../src/index.ts';

/** What failed is the evaluation, not the manager that passed it on. @throws what the manager was told, else the error itself */
export function throwOriginal(error: unknown): never {
  throw isShardliftError(error, 'HANDLER_FAILED') ? error.cause : error;
}
