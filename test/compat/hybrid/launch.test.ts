/** test/compat/hybrid/launch: what a cluster is started with, and what users may change of it. */
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { ClusterManager } from '../../../compat/hybrid/index.ts';

const file = fileURLToPath(new URL('fixtures/plain-bot.cjs', import.meta.url));

function makeCluster() {
  const logger = { debug: vi.fn(), info: vi.fn(), error: vi.fn(), warn: vi.fn() };
  const options = { token: 't', shardArgs: ['--all'], clusterData: { ONE: 1, TWO: 2 }, hybrid: { logger } };
  const manager = new ClusterManager(file, options);
  manager.hybrid.createCluster(0, [0, 1]);
  return { manager, cluster: manager.clusters.get(0)! };
}

test('changes of arguments and environment count at the next start, beside what is as it was', () => {
  const { manager, cluster } = makeCluster();
  cluster.env.OWN = 'word';
  cluster.env.CLUSTER_MANAGER_MODE = 'mine';
  delete cluster.env.TWO;
  cluster.args.push('--one');
  manager.clusterData = { ONE: 'later', TWO: 2 };
  const { env, args } = cluster.hybrid.launch;
  expect(env).toMatchObject({ OWN: 'word', CLUSTER_MANAGER_MODE: 'mine', ONE: 'later', SHARD_LIST: [0, 1] });
  expect(env).not.toHaveProperty('TWO');
  expect(args).toEqual(['--all', '--one']);
  expect(manager.shardArgs).toEqual(['--all']);
});

test('a cluster has the arguments of Node that the manager has, or its own', () => {
  const { manager, cluster } = makeCluster();
  manager.execArgv.push('--no-warnings');
  expect(cluster.execArgv).toEqual(['--no-warnings']);
  cluster.execArgv = [...cluster.execArgv, '--inspect'];
  expect(cluster.hybrid.launch.execArgv).toEqual(['--no-warnings', '--inspect']);
  expect(manager.execArgv).toEqual(['--no-warnings']);
});

test('the hook is asked for arguments at the start alone', () => {
  const { manager, cluster } = makeCluster();
  const hook = vi.fn((_cluster: unknown, args: string[]) => [...args, '--hooked']);
  manager.hooks.constructClusterArgs = hook;
  expect(cluster.args).toEqual(['--all']);
  expect(hook).not.toHaveBeenCalled();
  expect(cluster.hybrid.launch.args).toEqual(['--all', '--hooked']);
});
