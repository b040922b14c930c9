/** test/conformance/programs: builds the fixture programs, which run where Node reads no TypeScript, and starts them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Launched, LaunchSpec } from '../../src/transport/launcher.ts';
import { launchProcess } from '../../src/transport/process.ts';
import { launchThread } from '../../src/transport/thread.ts';

const sources = fileURLToPath(new URL('../fixtures/kernel/', import.meta.url));

/** How a program is run. */
export type Launcher = (spec: LaunchSpec) => Launched;

/** The two ways to run a program. */
export const launchers = { process: launchProcess, thread: launchThread } as const satisfies Record<string, Launcher>;

/** The built fixture programs of one test file. */
export interface Programs {
  /** What starts the program of `test/fixtures/kernel/<name>.js`. */
  spec(name: string, overrides?: Partial<LaunchSpec>): LaunchSpec;
  /** Starts a program; it is ended by {@link Programs.remove} at the latest. */
  launch(launcher: Launcher, name: string, overrides?: Partial<LaunchSpec>): Launched;
  /** Ends what runs and removes the built files. */
  remove(): Promise<void>;
}

/** Builds all fixture programs as CommonJS into a folder of their own. */
export function buildPrograms(): Programs {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-programs-'));
  const entryPoints = readdirSync(sources).map((file) => join(sources, file));
  const format = { platform: 'node', format: 'cjs', target: 'node20', outExtension: { '.js': '.cjs' } } as const;
  buildSync({ ...format, entryPoints, bundle: true, outdir: folder, logLevel: 'error' });
  const preload = join(folder, 'preload.cjs');
  writeFileSync(preload, 'globalThis.preloaded = true;\n');
  const running = new Set<Launched>();
  const spec = (name: string, overrides: Partial<LaunchSpec> = {}): LaunchSpec => ({
    name: `the program ${name}`,
    file: join(folder, `${name}.cjs`),
    preload,
    args: [],
    execArgv: [],
    env: {},
    shareEnv: false,
    silent: true,
    facts: {},
    ...overrides,
  });
  return {
    spec,
    launch(launcher, name, overrides) {
      const launched = launcher(spec(name, overrides));
      running.add(launched);
      void launched.exited.then(() => running.delete(launched));
      return launched;
    },
    async remove() {
      await Promise.all([...running].map((launched) => launched.kill(0)));
      rmSync(folder, { recursive: true });
    },
  };
}
