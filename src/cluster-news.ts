/** cluster-news: what happens to a cluster, told to the manager's listeners, its plugins and its log. */
import type { EventEmitter } from 'node:events';
import { announce } from './cluster/announce.ts';
import type { Cluster } from './cluster/cluster.ts';
import { type Logger, type LogLevel, logLater } from './logger.ts';
import type { ClusterManagerEvents } from './manager-setup.ts';
import type { Plugins } from './plugins.ts';

/** Who is told. */
export interface NewsDesk {
  readonly manager: EventEmitter<ClusterManagerEvents>;
  readonly plugins: Plugins;
  readonly logger: Logger;
}

/** Passes on the news of a cluster. */
export function passOnNews(cluster: Cluster, { manager, plugins, logger }: NewsDesk): void {
  const { id } = cluster;
  const tell = (level: LogLevel, text: string): void => {
    announce(manager, 'debug', text);
    logLater(logger, level, text);
  };
  cluster.on('spawn', () => {
    tell('debug', `cluster ${id} starts with shards ${cluster.shards.join(', ')} (start ${cluster.incarnation})`);
  });
  cluster.on('message', (message) => announce(manager, 'message', message, cluster));
  cluster.on('ready', () => {
    tell('info', `cluster ${id} is ready`);
    announce(manager, 'clusterReady', cluster);
    plugins.call('clusterReady', cluster);
  });
  cluster.on('hung', (silentMs) => {
    tell('warn', `cluster ${id} hangs: its event loop has not answered for ${silentMs} ms. It is being ended.`);
    announce(manager, 'clusterHung', cluster, silentMs);
  });
  cluster.on('death', (death) => {
    tell(death.requested ? 'info' : 'debug', `cluster ${id} ended: ${death.reason}`);
    announce(manager, 'clusterDeath', cluster, death);
    plugins.call('clusterDeath', cluster, death);
  });
  cluster.on('restarting', (delayMs) => {
    announce(manager, 'debug', `cluster ${id} starts again in ${delayMs} ms`);
    announce(manager, 'clusterRestarting', cluster, delayMs);
  });
  cluster.on('failed', (error) => {
    announce(manager, 'debug', `cluster ${id} failed: ${error.message}`);
    announce(manager, 'clusterFailed', cluster, error);
  });
}
