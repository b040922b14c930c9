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
const doors = {
  index: 'src/index.ts',
  compat: 'compat/index.ts',
  'compat-hybrid': 'compat/hybrid/index.ts',
  testing: 'src/testing/index.ts',
};

/** What Node loads with `--require` before a bot, or a bot is sent as text: CommonJS in one piece, no declarations. */
const preloads = {
  preload: 'src/preload/entry.ts',
  'compat-preload': 'compat/preload.ts',
  'compat-stock-bot': 'compat/stock-bot.ts',
  'testing-preload': 'src/testing/preload.ts',
};

/**
 * What a bot that imports the door has as `client.cluster`. Here and not in a source file: within the repository it would
 * hold for everything.
 */
const attached: Readonly<Record<string, string>> = {
  'compat-hybrid': `
declare module "./index.mjs" {
  interface Attached {
    /** \`client.cluster\` of a bot that uses discord-hybrid-sharding's names. */
    readonly cluster: import("./compat-hybrid.mjs").ClusterClient;
  }
}
`,
};

/** CommonJS declarations say the same as the others; they only name doors by their own ending. */
const copyDeclarations = (name: string) => () => {
  const text = readFileSync(`dist/${name}.d.mts`, 'utf8') + (attached[name] ?? '');
  writeFileSync(`dist/${name}.d.mts`, text);
  writeFileSync(`dist/${name}.d.cts`, text.replaceAll(/(["']\.\/[\w-]+)\.mjs(["'])/g, '$1.cjs$2'));
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
