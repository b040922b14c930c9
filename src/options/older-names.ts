/** options/older-names: what older packages call our options, in one table. */
import { ShardliftError } from '../errors.ts';
import { shown } from './assert.ts';
import type { ClusterManagerOptions } from './manager-options.ts';

/** Options under the names that older packages gave them; each means one of ours. */
export interface OlderNames {
  /** `shardsPerCluster`. */
  readonly shardsPerClusters?: number | 'auto' | undefined;
  /** `readyTimeoutMs` (`timeout`, where -1 sets no limit) and `spawnDelayMs` (`delay`). */
  readonly spawnOptions?: { readonly timeout?: number | undefined; readonly delay?: number | undefined } | undefined;
  /** `queue`. */
  readonly queueOptions?: { readonly mode?: 'auto' | 'manual' | undefined } | undefined;
}

/** The same for the members of `heartbeat`. */
export interface OlderHeartbeatNames {
  /** `intervalMs`. */
  readonly interval?: number | undefined;
  /** `timeoutMs`. */
  readonly timeout?: number | undefined;
  /** `maxMissed`. */
  readonly maxMissedHeartbeats?: number | undefined;
}

/** The older name, ours, and what a value of the one is as a value of the other, where that is not the same. */
const table: readonly (readonly [older: string, ours: string, meant?: (value: unknown) => unknown])[] = [
  // Left to the manager is what our name means when it is not there.
  ['shardsPerClusters', 'shardsPerCluster', (value) => (value === -1 || value === 'auto' ? undefined : value)],
  ['spawnOptions.timeout', 'readyTimeoutMs', (value) => (value === -1 ? Number.POSITIVE_INFINITY : value)],
  ['spawnOptions.delay', 'spawnDelayMs'],
  ['queueOptions.mode', 'queue'],
  ['heartbeat.interval', 'heartbeat.intervalMs'],
  ['heartbeat.timeout', 'heartbeat.timeoutMs'],
  ['heartbeat.maxMissedHeartbeats', 'heartbeat.maxMissed'],
];

type Tree = Readonly<Record<string, unknown>>;

function read(tree: Tree, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Tree | undefined)?.[name], tree);
}

function write(tree: Tree, [name = '', ...rest]: readonly string[], value: unknown): Tree {
  const part = rest.length === 0 ? value : write((tree[name] ?? {}) as Tree, rest, value);
  return { ...tree, [name]: part };
}

/**
 * The options with what was given under an older name under ours as well.
 *
 * @throws ShardliftError `INVALID_OPTION` when one thing is said twice, and differently
 */
export function withOurNames(options: ClusterManagerOptions): ClusterManagerOptions {
  let tree = options as Tree;
  for (const [older, ours, meant = (value: unknown) => value] of table) {
    const given = read(options as Tree, older);
    const value = meant(given);
    if (value === undefined) continue;
    const own = read(options as Tree, ours);
    if (own !== undefined && own !== value) {
      const expected = `left out, or say the same as ${ours} (${shown(own)}), whose older name it is`;
      throw new ShardliftError('INVALID_OPTION', { option: older, expected, received: shown(given) });
    }
    tree = write(tree, ours.split('.'), value);
  }
  return tree as ClusterManagerOptions;
}
