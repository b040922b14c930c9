/** test/transport/launchers: how a program is started, watched and ended, as a process and as a thread. */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Launched } from '../../src/transport/launcher.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { castOf } from '../conformance/far-end.ts';
import { buildPrograms, type Launcher, launchers } from '../conformance/programs.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

const nextMessage = (launched: Launched): Promise<unknown> => new Promise((resolve) => launched.onMessage(resolve));

const order = (launched: Launched, method: string, value: unknown): void =>
  launched.link.send(castOf(method, encodeValue(value)));

/** Settles when the program answers: it has opened its link. */
const running = (launched: Launched): Promise<unknown> =>
  new Promise((resolve) => {
    launched.link.receive(resolve);
    order(launched, 'echo', 'are you there?');
  });

const modes = Object.entries(launchers) as readonly [keyof typeof launchers, Launcher][];

describe.each(modes)('a %s', (mode, launcher) => {
  test('finds its facts, its environment, its arguments and the preload', async () => {
    const env = { SHARDS: '[0,1]', EMPTY: undefined };
    const launched = programs.launch(launcher, 'tells-what-it-finds', { facts: { id: 3 }, args: ['--dev'], env });
    expect(await nextMessage(launched)).toMatchObject({
      before: true,
      after: true,
      facts: { id: 3 },
      second: true,
      peer: 'manager',
      preloaded: true,
      args: ['--dev'],
      env: mode === 'process' ? { SHARDS: '[0,1]' } : { SHARDS: '[0,1]', EMPTY: undefined },
      ...(mode === 'process' ? { ofItsChild: 'undefined' } : { data: '[0,1]' }),
    });
    await launched.kill(1_000);
  });

  test('that exits is known by its exit code, on the link too', async () => {
    const launched = programs.launch(launcher, 'obeys-casts');
    order(launched, 'exit', 3);
    await expect(launched.exited).resolves.toStrictEqual({ code: 3, signal: null });
    await expect(launched.link.closed).resolves.toBe(`its ${mode} ended with exit code 3`);
  });

  test('that throws is known by what it threw', async () => {
    const launched = programs.launch(launcher, 'obeys-casts');
    order(launched, 'throw', 'a bug of the bot');
    const exit = await launched.exited;
    expect(exit.code).toBe(1);
    // A thread hands its error over; a process leaves it on stderr.
    const reason = mode === 'thread' ? 'its thread ended with a bug of the bot' : 'its process ended with exit code 1';
    await expect(launched.link.closed).resolves.toBe(reason);
    if (mode === 'thread') expect(exit.error).toMatchObject({ message: 'a bug of the bot' });
    else await expect.poll(() => launched.stderrTail()).toContain('Error: a bug of the bot');
  });

  test('whose file is missing ends, and says so', async () => {
    const launched = programs.launch(launcher, 'no-such-program');
    const exit = await launched.exited;
    expect(exit.code).toBe(1);
    await expect.poll(() => launched.stderrTail() + exit.error?.message).toMatch(/Cannot find module/);
    await expect(launched.link.closed).resolves.toMatch(/exit code 1|Cannot find module/);
  });

  test('leaves the last 64 KiB it wrote to stderr', async () => {
    const launched = programs.launch(launcher, 'writes-stderr');
    expect(await launched.exited).toMatchObject({ code: 7 });
    await expect.poll(() => launched.stderrTail()).toMatch(/the last line\n$/);
    expect(launched.stderrTail()).toHaveLength(64 * 1024);
  });

  test('is ended by kill, also when its event loop is blocked', async () => {
    const launched = programs.launch(launcher, 'blocks-its-loop');
    await nextMessage(launched);
    const exit = await launched.kill(100);
    expect(exit).toStrictEqual(mode === 'process' ? { code: null, signal: 'SIGTERM' } : { code: 1, signal: null });
    await expect(launched.kill(100)).resolves.toStrictEqual(exit);
  });

  test('that has ended refuses messages by the stock channel with LINK_CLOSED', async () => {
    const launched = programs.launch(launcher, 'obeys-casts');
    await launched.kill(1_000);
    await expect(launched.post({ a: 1 })).rejects.toMatchObject({ code: 'LINK_CLOSED' });
  });

  test('that was ended by kill closes its link with the reason', async () => {
    const launched = programs.launch(launcher, 'obeys-casts');
    // Terminated before it runs, a thread ends with code 0.
    await running(launched);
    await launched.kill(1_000);
    const reason = mode === 'process' ? 'its process ended with signal SIGTERM' : 'its thread ended with exit code 1';
    await expect(launched.link.closed).resolves.toBe(reason);
  });
});

describe('a process', () => {
  test('that kills itself is known by the signal', async () => {
    const launched = programs.launch(launchers.process, 'obeys-casts');
    order(launched, 'die', 'SIGKILL');
    await expect(launched.exited).resolves.toStrictEqual({ code: null, signal: 'SIGKILL' });
    await expect(launched.link.closed).resolves.toBe('its process ended with signal SIGKILL');
  });

  test('that ignores SIGTERM is killed when its grace is over', async () => {
    const launched = programs.launch(launchers.process, 'ignores-sigterm');
    await nextMessage(launched);
    await expect(launched.kill(50)).resolves.toStrictEqual({ code: null, signal: 'SIGKILL' });
  });

  test('that cannot be started tells why', async () => {
    const launched = launchers.process(programs.spec('obeys-casts', { execArgv: ['--no-such-flag'] }));
    expect(await launched.exited).toMatchObject({ code: 9 });
    await expect(launched.link.closed).resolves.toBe('its process ended with exit code 9');
  });
});

describe('a thread', () => {
  const flags = process.execArgv;
  afterEach(() => {
    process.execArgv = flags;
  });

  test('starts under a manager that has flags no thread takes, and keeps the others', async () => {
    process.execArgv = ['--max-old-space-size=512', '--no-warnings', '--expose-gc'];
    const launched = programs.launch(launchers.thread, 'tells-what-it-finds', { execArgv: undefined });
    const { execArgv } = (await nextMessage(launched)) as { execArgv: string[] };
    expect(execArgv.slice(0, 2)).toStrictEqual(['--no-warnings', '--require']);
  });

  test('is refused the flags its own user gave it wrongly', () => {
    const start = () => launchers.thread(programs.spec('obeys-casts', { execArgv: ['--expose-gc'] }));
    expect(start).toThrow(expect.objectContaining({ code: 'ERR_WORKER_INVALID_EXEC_ARGV' }));
  });

  test('shares the environment of its manager only when it is told to', async () => {
    process.env.SHARDS = 'of the manager';
    try {
      const shared = programs.launch(launchers.thread, 'tells-what-it-finds', { shareEnv: true });
      expect(await nextMessage(shared)).toMatchObject({ env: { SHARDS: 'of the manager' } });
      const own = programs.launch(launchers.thread, 'tells-what-it-finds');
      expect(await nextMessage(own)).toMatchObject({ env: { SHARDS: undefined } });
    } finally {
      delete process.env.SHARDS;
    }
  });
});
