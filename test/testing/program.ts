/** test/testing/program: runs a fixture as its own process and keeps what it prints. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A running fixture. */
export interface Program extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the exit code and everything printed. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** The path of a fixture. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
}

/** Starts `node <fixture> ...args` with extra environment; killed at the end of an `await using` block. */
export function run(name: string, env: Readonly<Record<string, string>>, ...args: readonly string[]): Program {
  const child = spawn(process.execPath, [fixture(name), ...args], { env: { ...process.env, ...env } });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return {
    child,
    ended,
    output: () => output,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
