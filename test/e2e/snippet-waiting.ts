/** test/e2e/snippet-waiting: the examples that need a piece which is not there yet, so that nobody forgets them. */
import type { Example } from './snippet-programs.ts';

/** A piece that is to come: something `shardlift` exports, an option of the manager, or a member of it. */
export type Piece = { readonly exported: string } | { readonly option: string } | { readonly member: string };

/** An example that waits. */
export interface Waiting extends Example {
  readonly for: readonly Piece[];
}

const guard: Piece = { exported: 'ProcessGuard' };
const clusterGuard: Piece = { exported: 'ClusterProcessGuard' };
const option = (name: string): Piece => ({ option: name });

/** Once a piece is there, its examples have to be moved to where they run. */
export const waiting: readonly Waiting[] = [
  { from: 'readme-1', for: [guard, option('logging')] },
  { from: 'readme-2', for: [clusterGuard] },
  { from: 'readme-9', imports: ['ProcessGuard'], takesOfManager: ['manager', 'db'], for: [guard] },
  { from: 'readme-10', imports: ['ClusterProcessGuard'], for: [clusterGuard] },
  { from: 'readme-11', imports: ['ClusterManager'], for: [option('logging'), { member: 'logger' }] },
  {
    from: 'readme-12',
    imports: ['ClusterManager'],
    for: ['spawnOptions', 'heartbeat', 'logging', 'queueOptions'].map(option),
  },
];

/** The word by which the compiler and errors name a piece. */
export const wordOf = (piece: Piece): string => Object.values(piece)[0] as string;
