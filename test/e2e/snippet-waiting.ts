/** test/e2e/snippet-waiting: the examples that need an export which is not there yet, so that nobody forgets them. */
import type { Example } from './snippet-programs.ts';

/** An example that waits. */
export interface Waiting extends Example {
  /** Exports of `shardlift` that are to come. Once one is there, its examples have to be moved to where they run. */
  readonly for: readonly string[];
}

export const waiting: readonly Waiting[] = [
  { from: 'readme-1', for: ['ProcessGuard'] },
  { from: 'readme-2', for: ['ClusterProcessGuard'] },
  { from: 'readme-9', imports: ['ProcessGuard'], takesOfManager: ['manager', 'db'], for: ['ProcessGuard'] },
  { from: 'readme-10', imports: ['ClusterProcessGuard'], for: ['ClusterProcessGuard'] },
];
