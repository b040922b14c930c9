/** hybrid/live-manager: shardlift's manager under discord-hybrid-sharding's, whose properties may change until it starts. */
import { ClusterManager as CoreManager, type ClusterManagerOptions as CoreOptions } from '../../src/index.ts';

type Settings = CoreManager['options'];

const liveNames = [
  'respawn',
  'totalShards',
  'shardList',
  'shardsPerCluster',
  'totalClusters',
  'heartbeat',
  'queue',
] as const;

/** What is read at the moment it counts. */
export type LiveSettings = Pick<Settings, (typeof liveNames)[number]>;

/** Reads some of its options from its facade. */
export class LiveManager extends CoreManager {
  constructor(file: string, options: CoreOptions, live: (settings: Settings) => LiveSettings) {
    super(file, options);
    const settings = this.options;
    const current = { ...settings };
    for (const name of liveNames) {
      Object.defineProperty(current, name, { enumerable: true, get: () => live(settings)[name] });
    }
    Object.defineProperty(this, 'options', { value: Object.freeze(current), enumerable: true });
  }
}
