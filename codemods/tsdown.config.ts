import { defineConfig } from 'tsdown';

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
});
