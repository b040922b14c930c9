/** cluster/death: why a cluster ended, or never began, as the error that says it. */
import { isShardliftError, messageOf, ShardliftError } from '../errors.ts';
import type { StartFailure } from '../features/system.ts';
import { type Exit, exitText } from '../transport/launcher.ts';

/** What is known of a death. */
export interface Death {
  readonly cluster: number;
  readonly exit: Exit;
  /** The last of what the child wrote to stderr. */
  readonly stderr: string;
  /** What the bot said of it before; it knows better than the exit code. */
  readonly failure: StartFailure | undefined;
}

/** The error of a death: `TOKEN_REFUSED` or `GATEWAY_REFUSED` when another start would end alike, else `CLUSTER_DIED`. */
export function deathError({ cluster, exit, stderr, failure }: Death): ShardliftError {
  const cause = exit.error === undefined ? {} : { cause: exit.error };
  if (failure?.kind === 'token') return new ShardliftError('TOKEN_REFUSED', { reason: failure.message }, cause);
  if (failure?.kind === 'gateway') {
    return new ShardliftError('GATEWAY_REFUSED', { cluster, reason: failure.message }, cause);
  }
  const { code, signal } = exit;
  const reason = failure?.message ?? exitText(exit);
  return new ShardliftError('CLUSTER_DIED', { cluster, code, signal, reason, stderr }, cause);
}

/** The error of a start that gave no child: out of memory or processes, an environment too large, a bad Node flag. */
export function unstartedError(cluster: number, cause: unknown): ShardliftError {
  const reason = `it could not be started (${messageOf(cause)})`;
  return new ShardliftError('CLUSTER_DIED', { cluster, code: null, signal: null, reason, stderr: '' }, { cause });
}

/** Whether another start would end the same way. */
export const isFatal = ({ code }: ShardliftError): boolean => code === 'TOKEN_REFUSED' || code === 'GATEWAY_REFUSED';

/**
 * A death for the log, with what led to it: the last death before a cluster was given up, and the stack of what a thread
 * died of, which no stderr has.
 */
export function deathText({ code, message, cause }: ShardliftError): string {
  if (code === 'RESTART_LIMIT' && isShardliftError(cause)) return `${message}\n${deathText(cause)}`;
  const stack = code === 'CLUSTER_DIED' && cause instanceof Error ? cause.stack : undefined;
  return stack === undefined ? message : `${message}\n${stack}`;
}
