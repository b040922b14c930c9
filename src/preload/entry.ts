/** preload/entry: what Node loads with `--require` before a bot of a ClusterManager. */
import { endWithManager } from '../orphan.ts';
import { hookDiscord } from './discord-hook.ts';
import { hidePreloadFlag, inCluster, installCluster } from './install.ts';

hidePreloadFlag(__filename);
if (inCluster()) {
  endWithManager();
  hookDiscord(installCluster);
}
