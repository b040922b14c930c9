/** test/e2e/snippet-managers: the examples for the manager file, each run as the manager of a bot, and what is so then. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { createDiscord } from '../../src/testing/index.ts';
import type { Example, Workshop } from './snippet-programs.ts';

/** What came of an example. */
interface Managed {
  /** The options of its manager, complete. `Infinity` is written out, and there are no functions among them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The clusters when all were started. */
  readonly clusters: readonly { readonly id: number; readonly state: string; readonly shards: readonly number[] }[];
  /** The lines of its log. */
  readonly logged: readonly string[];
}

/** An example that makes a manager. */
export interface ManagerPlay extends Example {
  readonly proves: (managed: Managed) => void;
}

const made = { imports: ['ClusterManager'], shows: ['manager'] } as const;
const oneReady = [{ id: 0, state: 'ready', shards: [0] }];

/** In the order of the document. */
export const managerPlays: readonly ManagerPlay[] = [
  {
    from: 'readme-11',
    ...made,
    proves: ({ clusters, logged }) => {
      expect(clusters).toEqual(oneReady);
      // Its own lines first; `info` is the level it asks for.
      const lines = ['info: [MyApp] Custom message', 'warn: [MyApp] Warning', 'error: [MyApp] Error'];
      const line = (text: string) => expect.stringMatching(new RegExp(`^\\d{4}-.*Z \\[shardlift\\] ${text}$`));
      const own = lines.map((text) => line(text.replaceAll(/[[\]]/g, '\\$&')));
      expect(logged.slice(0, 4)).toEqual([...own, line('info: cluster 0 is ready')]);
    },
  },
  {
    from: 'readme-12',
    ...made,
    proves: ({ options, clusters, logged }) => {
      expect(clusters).toEqual(oneReady);
      expect(logged).toEqual([]);
      expect(options).toMatchObject({
        ...{ mode: 'worker', totalShards: 'auto', readyTimeoutMs: 'Infinity', spawnDelayMs: 7_000 },
        heartbeat: { intervalMs: 2_000, timeoutMs: 8_000, maxMissed: 2, maxRestarts: null },
        ...{ respawn: true, queue: 'auto', shardArgs: [], execArgv: [] },
      });
    },
  },
];

/** Runs an example as a manager file is run, by Node in a process of its own, with a bot of one shard. */
export async function manage(workshop: Workshop, play: ManagerPlay): Promise<Managed> {
  await using discord = await createDiscord({ guilds: 1, gateway: { shards: 1 }, strict: true });
  const args = ['manages.mjs', workshop.build(play, {})];
  const env = { ...process.env, ...discord.env };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: workshop.folder, env });
  return { ...JSON.parse(stdout), logged: stderr.split('\n').filter((text) => text !== '') };
}
