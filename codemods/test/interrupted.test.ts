/** A run that is interrupted: all of it is written, or nothing, or undo knows how far it came. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { buildOnce } from './built.ts';
import { run, start } from './command.ts';
import { fixture, project, read } from './project.ts';

// Each run is a process of its own that loads a compiler.
vi.setConfig({ testTimeout: 120_000 });

buildOnce();

/** Code that runs before the command: once it has read or renamed a certain file, its process gets a signal. */
function interrupted(signal: string, call: 'readFileSync' | 'renameSync', file: string): readonly string[] {
  const root = project({
    'interrupt.cjs': `const fs = require('node:fs');
     const original = fs.${call};
     fs.${call} = (...args) => {
       const result = original(...args);
       if (String(args[0]).includes('${file}')) process.kill(process.pid, '${signal}');
       return result;
     };
     require('node:module').syncBuiltinESMExports();`,
  });
  return ['--require', join(root, 'interrupt.cjs')];
}

describe('a run that is interrupted', () => {
  test('by Ctrl+C while it analyses has changed nothing', () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { signal } = start(root, ['.', '--force'], interrupted('SIGINT', 'readFileSync', 'guildDelete.js'));
    expect(signal).toBe('SIGINT');
    expect(read(root)).toEqual(before);
    expect(readdirSync(root)).not.toContain('.dc-migrate');
  });

  test('by Ctrl+C while it writes writes everything, and can be undone', async () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const whole = fixture('cjs-bot');
    await run(whole, '.');
    const { status, stdout } = start(root, ['.', '--force'], interrupted('SIGINT', 'renameSync', 'guildDelete.js'));
    expect(status).toBe(0);
    expect(stdout).toContain('To take it back: npx dc-migrate undo');
    expect(read(root)).toEqual(read(whole));
    await run(root, 'undo');
    expect(read(root)).toEqual(before);
  });

  test('by a kill in the middle is undone as far as it came, leaving nothing', async () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { signal } = start(root, ['.', '--force'], interrupted('SIGKILL', 'renameSync', 'guildDelete.js'));
    expect(signal).toBe('SIGKILL');
    expect(read(root)).not.toEqual(before);
    expect((await run(root, 'undo')).status).toBe(0);
    expect(read(root)).toEqual(before);
  });
});
