import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { defineConfig } from 'tsdown';

const base = {
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  clean: false,
  shims: true,
  fixedExtension: true,
} as const;

/**
 * The facade imports the main door as users do, from the file beside it. So both share one set of classes and types, and
 * `Register` keeps its one home: a declaration that was moved to a shared chunk could not be merged into.
 */
const mainDoor = (extension: string) => ({
  name: 'main-door',
  resolveId: (source: string, importer: string | undefined) =>
    source.endsWith('src/index.ts') && importer !== undefined
      ? { id: `./index.${extension}`, external: true }
      : undefined,
});

/** What users import: ESM and CommonJS, each with its own declarations. Each door is built alone. */
const doors = { index: 'src/index.ts', compat: 'compat/index.ts', testing: 'src/testing/index.ts' };

/** What Node loads with `--require` before a bot: CommonJS in one piece, no declarations. */
const preloads = {
  preload: 'src/preload/entry.ts',
  'compat-preload': 'compat/preload.ts',
  'testing-preload': 'src/testing/preload.ts',
};

/** CommonJS declarations say the same as the others; they only name the other door by its own ending. */
const copyDeclarations = (name: string) => () => {
  const text = readFileSync(`dist/${name}.d.mts`, 'utf8');
  writeFileSync(
    `dist/${name}.d.cts`,
    text.replaceAll("'./index.mjs'", "'./index.cjs'").replaceAll('"./index.mjs"', '"./index.cjs"'),
  );
};

const present = (entry: Record<string, string>) => Object.entries(entry).filter(([, file]) => existsSync(file));

export default defineConfig([
  ...present(doors).flatMap(([name, file]) => [
    {
      ...base,
      entry: { [name]: file },
      format: 'esm' as const,
      dts: true,
      plugins: [mainDoor('mjs')],
      onSuccess: copyDeclarations(name),
    },
    { ...base, entry: { [name]: file }, format: 'cjs' as const, dts: false, plugins: [mainDoor('cjs')] },
  ]),
  ...present(preloads).map(([name, file]) => ({
    ...base,
    entry: { [name]: file },
    format: 'cjs' as const,
    dts: false,
  })),
]);
