/** manager-board: the manager's side of the stats board: who is there, and what the processes report. */
import { Board } from './board/board.ts';
import { packReadings } from './board/packed-readings.ts';
import { guildsEnd, recordLength } from './board/record.ts';
import type { Presence } from './board/slot.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { ClusterState } from './cluster/state.ts';
import { ShardliftError } from './errors.ts';
import { type BoardEntry, boardContract, type GuildTally, tallyGuilds } from './features/stats.ts';
import type { Peer } from './rpc/peer.ts';
import { exitText, type Mode } from './transport/launcher.ts';
import { clusterIdOf } from './wire/address.ts';

const stateTexts: { readonly [S in ClusterState]: string } = {
  idle: 'it was not started yet',
  starting: 'it is starting and has not reported yet',
  ready: 'it has not reported since its start',
  waiting: 'it is to be started again',
  stopping: 'it is being ended',
  stopped: 'it was ended, and starts by respawn()',
  failed: 'it is not started again but by respawn()',
};

/** Keeps the board of a fleet. */
export class ManagerBoard {
  readonly #board = new Board();
  readonly #mode: Mode;
  #plan: readonly (readonly number[])[] = [];

  constructor({ peer, mode }: { readonly peer: Peer; readonly mode: Mode }) {
    this.#mode = mode;
    peer.serve(boardContract, {
      // In worker mode a thread writes its numbers itself, and nobody else may.
      report: (numbers, { from }) => {
        if (mode === 'process') this.#board.report(clusterIdOf(from) ?? -1, numbers);
      },
      read: async () => packReadings(await this.#board.read()),
      countGuilds: () => this.countGuilds(),
    });
  }

  /** The memory to hand to a thread; a process cannot have it. */
  get shared(): readonly SharedArrayBuffer[] | undefined {
    return this.#mode === 'worker' ? this.#board.shared : undefined;
  }

  /** Makes room for the clusters of a plan. */
  layOut(plan: readonly (readonly number[])[]): void {
    this.#plan = plan;
    this.#board.layOut(plan.map((shards) => recordLength(shards.length)));
  }

  /** Follows the life of a cluster. */
  watch(cluster: Cluster): void {
    let end = '';
    const announce = (state: Presence['state']): void => {
      const { id, incarnation } = cluster;
      const reason = cluster.unreachable ?? stateTexts[cluster.state] + end;
      this.#board.announce(id, { state, incarnation, reason });
    };
    cluster.on('spawn', () => announce('starting'));
    cluster.on('stateChange', (state) => state !== 'starting' && announce(state === 'ready' ? state : 'gone'));
    cluster.on('death', (exit) => {
      end = `; the last one ended with ${exitText(exit)}`;
      announce('gone');
    });
  }

  /** What is known of each cluster, by id. @throws ShardliftError `NOT_SPAWNED`: sums of nothing would be taken for numbers */
  async read(): Promise<readonly BoardEntry[]> {
    this.#assertSpawned();
    const readings = await this.#board.read();
    return readings.map((reading, id) => ({ shards: this.#plan[id] ?? [], reading }));
  }

  /** The guilds of all clusters, and which of them nothing certain is known of. @throws ShardliftError `NOT_SPAWNED` */
  async countGuilds(): Promise<GuildTally> {
    this.#assertSpawned();
    return tallyGuilds(await this.#board.read(guildsEnd));
  }

  #assertSpawned(): void {
    if (this.#plan.length === 0) throw new ShardliftError('NOT_SPAWNED', { sought: 'What the clusters report' });
  }
}
