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

export default defineConfig({
  logLevel: 'warn',
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  clean: true,
  fixedExtension: true,
  format: 'esm',
  entry: { index: 'src/index.ts', cli: 'src/cli.ts' },
  dts: { entry: 'src/index.ts' },
  onSuccess: copyShardliftTypes,
});
