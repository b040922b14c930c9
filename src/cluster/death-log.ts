/** cluster/death-log: what the log says of a death, and of what comes after it. */
import { isShardliftError, type ShardliftError } from '../errors.ts';
import { logLater } from '../logger.ts';
import type { ClusterSetup } from './setup.ts';

type Whose = Pick<ClusterSetup, 'id' | 'logger'>;

/** A cluster died, and starts again in so many ms. @param restart - `remark`: what is to be said of the next start */
export function logRestart(
  { id, logger }: Whose,
  restart: { readonly error: ShardliftError; readonly delayMs: number; readonly remark: string | undefined },
): void {
  const { error, delayMs, remark } = restart;
  const next = `cluster ${id} died and starts again in ${delayMs} ms.`;
  logLater(logger, 'warn', [next, ...(remark === undefined ? [] : [remark]), deathText(error)].join(' '));
}

/** A cluster died, or could not be started, and is not started again. */
export function logFailure({ logger }: Whose, error: ShardliftError): void {
  logLater(logger, 'error', deathText(error));
}

/**
 * A death for the log, with what led to it: the last death before a cluster was given up, and the stack of what a thread
 * died of, which no stderr has.
 */
function deathText({ code, message, cause }: ShardliftError): string {
  if (code === 'RESTART_LIMIT' && isShardliftError(cause)) return `${message}\n${deathText(cause)}`;
  const stack = code === 'CLUSTER_DIED' && cause instanceof Error ? cause.stack : undefined;
  return stack === undefined ? message : `${message}\n${stack}`;
}
