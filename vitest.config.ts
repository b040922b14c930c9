import { defineConfig } from 'vitest/config';

/**
 * Tests that start whole fleets, or wait on clocks of the machine: one file at a time, because two cores are all there may
 * be. All other files share the cores.
 */
const alone = [
  'test/{bench,compat,e2e}/**/*.test.ts',
  'test/cluster/{cluster,reception}.test.ts',
  'test/rpc/timeouts.test.ts',
  'test/{manager,managers,manager-handlers,loop-lag,readme}.test.ts',
];

/** Longer proofs: `npm run test:long`. Their parts are tested by quicker files, too. */
const long = [
  'test/e2e/{demo,heartbeat}.test.ts',
  'test/compat/hybrid/differential.test.ts',
  'test/bench/bench.test.ts',
];

interface Project {
  readonly include: string[];
  readonly exclude?: string[];
  /** Whether each file gets a process of its own: where tests leave something behind. */
  readonly isolate?: boolean;
  readonly fileParallelism: boolean;
}

const project = (name: string, order: number, settings: Project) => ({
  extends: true as const,
  test: { ...settings, name, sequence: { groupOrder: order } },
});

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      project('together', 0, {
        include: ['test/**/*.test.ts'],
        exclude: [...alone, ...long],
        fileParallelism: true,
      }),
      // Their time is TypeScript's own: a process that has loaded it, and is warm, takes the next file in half of it.
      project('codemods', 0, { include: ['codemods/test/**/*.test.ts'], isolate: false, fileParallelism: true }),
      project('alone', 1, { include: alone, exclude: long, fileParallelism: false }),
      project('long', 2, { include: long, fileParallelism: false }),
    ],
  },
});
