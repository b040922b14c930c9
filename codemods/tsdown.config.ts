import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { defineConfig } from 'tsdown';

/** The declarations that results are checked against; a bot has not installed shardlift yet when it is migrated. */
function copyShardliftTypes(): void {
  mkdirSync('dist/types', { recursive: true });
  for (const door of ['index', 'compat', 'compat-hybrid']) {
    const file = `../dist/${door}.d.mts`;
    if (existsSync(file)) copyFileSync(file, `dist/types/${door}.d.mts`);
  }
}

const shared = { logLevel: 'warn', platform: 'node', target: 'node20', outDir: 'dist', fixedExtension: true } as const;

export default defineConfig([
  {
    ...shared,
    clean: true,
    format: 'esm',
    entry: { index: 'src/index.ts', cli: 'src/cli.ts', eslint: 'src/eslint/index.ts' },
    dts: { entry: ['src/index.ts', 'src/eslint/index.ts'] },
    onSuccess: copyShardliftTypes,
  },
  {
    ...shared,
    clean: false,
    // jscodeshift loads transforms by require, through a hook that would take an ES module for CommonJS.
    format: 'cjs',
    shims: true,
    entry: { jscodeshift: 'src/jscodeshift/index.ts' },
    dts: true,
  },
]);
