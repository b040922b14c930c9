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

const project = (name: string, files: { readonly include: string[]; readonly exclude?: string[] }, order: number) => ({
  extends: true as const,
  test: { ...files, name, fileParallelism: name === 'together', sequence: { groupOrder: order } },
});

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      project(
        'together',
        { include: ['test/**/*.test.ts', 'codemods/test/**/*.test.ts'], exclude: [...alone, ...long] },
        0,
      ),
      project('alone', { include: alone, exclude: long }, 1),
      project('long', { include: long }, 2),
    ],
  },
});
