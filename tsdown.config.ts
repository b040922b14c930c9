import { existsSync } from 'node:fs';
import { defineConfig } from 'tsdown';

/** What users import: ESM and CommonJS, each with its own declarations. */
const doors = { index: 'src/index.ts', compat: 'compat/index.ts', testing: 'src/testing/index.ts' };

/** What Node loads with `--require` before a bot: CommonJS only, no declarations. */
const preloads = {
  preload: 'src/preload/entry.ts',
  'compat-preload': 'compat/preload.ts',
  'testing-preload': 'src/testing/preload.ts',
};

const present = (entry: Record<string, string>) =>
  Object.fromEntries(Object.entries(entry).filter(([, file]) => existsSync(file)));

const base = {
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  clean: false,
  shims: true,
  fixedExtension: true,
} as const;

export default defineConfig([
  { ...base, entry: present(doors), format: ['esm', 'cjs'], dts: true },
  { ...base, entry: present(preloads), format: 'cjs', dts: false },
]);
