/** test/command: the command line in this process, which has its compiler loaded, and as people start it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { main } from '../src/command/main.ts';

/** The built command. */
export const bin = join(import.meta.dirname, '..', 'dist', 'cli.mjs');

/** Runs a command line here, without a terminal. */
export async function run(cwd: string, ...args: readonly string[]) {
  const said = { stdout: '', stderr: '' };
  const status = await main(args, {
    cwd,
    out: (text) => {
      said.stdout += text;
    },
    error: (text) => {
      said.stderr += text;
    },
    outIsShown: false,
    errorIsShown: false,
  });
  return { status, ...said };
}

/** Runs the built command as a process, with what is loaded before it, if anything. */
export function start(cwd: string, args: readonly string[], before: readonly string[] = []) {
  const command = [...before, bin, ...args];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, command, { cwd, encoding: 'utf8' });
  return { status, signal, stdout, stderr };
}
