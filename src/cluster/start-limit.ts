/** cluster/start-limit: ends a start that makes no progress. */
import { ShardliftError } from '../errors.ts';
import type { Launched } from '../transport/launcher.ts';
import type { Blame } from './blame.ts';
import type { Patience } from './patience.ts';
import type { ReadyShards } from './ready-shards.ts';
import type { ClusterSetup } from './setup.ts';
import type { Starting } from './starting.ts';

/** Until what hangs is ended by force, in ms at most: it cannot hear that it is to end. */
export const hungGraceMs = 5_000;

/** Whose start it is, and how long it may take. */
export interface StartLimit {
  readonly setup: Pick<ClusterSetup, 'id' | 'killGraceMs'>;
  readonly launched: Launched;
  readonly readyShards: ReadyShards;
  readonly blame: Blame;
  readonly patience: Patience;
}

/** Fails a start with `READY_TIMEOUT`, and ends its child, when it makes no progress for too long. */
export function limitStart(starting: Starting, limit: StartLimit): void {
  const { setup, launched, readyShards, blame, patience } = limit;
  const timeoutMs = patience.limitMs;
  if (timeoutMs === null) {
    starting.succeed();
    return;
  }
  // Nothing is lost: those who wait for it are told why it failed.
  starting.promise.then(() => patience.fulfilled()).catch(() => undefined);
  starting.limit(timeoutMs, () => {
    patience.gaveUp();
    const about = { missing: readyShards.missing, stderr: launched.stderrTail() };
    starting.fail(new ShardliftError('READY_TIMEOUT', { cluster: setup.id, timeoutMs, ...about }));
    // What the log says of the death that follows; the signal alone would look like somebody else's doing.
    blame.add({ kind: 'start', message: `it was ended, as it made no progress for ${timeoutMs} ms` });
    void launched.kill(setup.killGraceMs);
  });
}
