/** cluster/death: why a cluster ended, or never began, as the error that says it. */
import { messageOf, ShardliftError } from '../errors.ts';
import type { StartFailure } from '../features/system.ts';
import { type Exit, exitText } from '../transport/launcher.ts';
import type { RestartVerdict } from './restart-policy.ts';

/** The end of a cluster's child, as it is announced. */
export interface ClusterDeath extends Exit {
  /** Why it ended, as far as is known: what it was killed for, what the bot said of itself, else its exit code or signal. */
  readonly reason: string;
  /** It was told to end (`kill`, `respawn`, `stop`). */
  readonly requested: boolean;
}

/** What led to a death, where more is known than the exit code: the bot's word, or the manager's own doing. */
export type DeathCause = StartFailure | { readonly kind: 'hang' | 'start'; readonly message: string };

/** What is known of a death. */
export interface Death {
  readonly cluster: number;
  readonly exit: Exit;
  /** The last of what the child wrote to stderr. */
  readonly stderr: string;
  /** What was said of it before; that knows better than the exit code. */
  readonly failure: DeathCause | undefined;
}

/** The error of a death: `TOKEN_REFUSED`, `GATEWAY_REFUSED` or `HANDLERS_NOT_LOADED` when another start would end alike, else `CLUSTER_DIED`. */
export function deathError({ cluster, exit, stderr, failure }: Death): ShardliftError {
  const cause = exit.error === undefined ? {} : { cause: exit.error };
  if (failure?.kind === 'token' || failure?.kind === 'refused')
    return new ShardliftError('TOKEN_REFUSED', { reason: failure.message }, cause);
  if (failure?.kind === 'gateway') {
    return new ShardliftError('GATEWAY_REFUSED', { cluster, reason: failure.message }, cause);
  }
  if (failure?.kind === 'handlers') {
    return new ShardliftError('HANDLERS_NOT_LOADED', { cluster, files: failure.message }, cause);
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

/** The error of a cluster that is given up: what it died of last is the cause. */
export const givenUpError = (
  cluster: number,
  { restarts, what }: RestartVerdict & { readonly restart: false },
  cause: ShardliftError,
): ShardliftError => new ShardliftError('RESTART_LIMIT', { cluster, restarts, what }, { cause });

/** Whether a bot that says so is ended: it will not come up by itself. */
export const endsBot = ({ kind }: StartFailure): boolean => kind !== 'login' && kind !== 'refused';

/** What becomes of a cluster by a death. `requested`: it was told to end. `respawns`: those that die start again. */
export function stateAfter(
  error: ShardliftError,
  { requested, respawns }: { readonly requested: boolean; readonly respawns: boolean },
): 'failed' | 'stopped' | 'waiting' {
  if (isFatal(error) && !requested) return 'failed';
  return requested || !respawns ? 'stopped' : 'waiting';
}

/** Whether another start would end the same way. */
const isFatal = ({ code }: ShardliftError): boolean =>
  ['TOKEN_REFUSED', 'GATEWAY_REFUSED', 'HANDLERS_NOT_LOADED'].includes(code);
