/** test/plugins: hooks are called in their order and waited for; one that fails is named and harms nobody. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ShardliftError } from '../src/errors.ts';
import type { ClusterManager } from '../src/manager.ts';
import { hookLimitMs, type ManagerPlugin, Plugins } from '../src/plugins.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const manager = {} as ClusterManager;

function house() {
  const reports: ShardliftError<'PLUGIN_FAILED'>[] = [];
  const plugins = new Plugins((error) => void reports.push(error));
  return { plugins, reports, use: (plugin: ManagerPlugin) => plugins.add(plugin, manager) };
}

describe('a hook', () => {
  test('is called with what happened, plugin by plugin, as a method of its plugin', () => {
    const { plugins, use } = house();
    const calls: unknown[] = [];
    class Counter implements ManagerPlugin {
      readonly name = 'counter';
      #stops = 0;
      stop(reason: string): void {
        calls.push([this.name, ++this.#stops, reason]);
      }
    }
    use({ name: 'first', install: (given) => void calls.push(given), stop: (reason) => void calls.push(reason) });
    use(new Counter());
    plugins.call('stop', 'the end');
    expect(calls).toEqual([manager, 'the end', ['counter', 1, 'the end']]);
    expect(plugins.pending('install', 'stop')).toBeUndefined();
  });

  test('that is asynchronous is waited for', async () => {
    const { plugins, use } = house();
    const done = vi.fn<() => void>();
    use({ name: 'slow', install: () => new Promise((resolve) => setTimeout(() => resolve(done()), 5_000)) });
    const settled = plugins.pending('install');
    expect(settled).toBeDefined();
    expect(plugins.pending('stop')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(5_000);
    await settled;
    expect(done).toHaveBeenCalledTimes(1);
    expect([plugins.pending('install'), vi.getTimerCount()]).toEqual([undefined, 0]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no port');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('no port');
      },
    ],
  ])('that %s is reported with its plugin and its cause, and the others are called', async (_how, stop) => {
    const { plugins, reports, use } = house();
    const other = vi.fn<() => void>();
    use({ name: 'metrics', stop });
    use({ name: 'other', stop: other });
    plugins.call('stop', '');
    await plugins.pending('stop');
    expect(other).toHaveBeenCalledTimes(1);
    expect(reports).toEqual([
      expect.objectContaining({
        code: 'PLUGIN_FAILED',
        details: { plugin: 'metrics', hook: 'stop', message: 'no port' },
        cause: expect.objectContaining({ message: 'no port' }),
      }),
    ]);
  });

  test('that never ends is waited for so long and no longer, and reported', async () => {
    const { plugins, reports, use } = house();
    use({ name: 'stuck', stop: () => new Promise(() => undefined) });
    plugins.call('stop', '');
    const settled = plugins.pending('stop');
    await vi.advanceTimersByTimeAsync(hookLimitMs);
    await settled;
    expect(reports[0]?.details).toMatchObject({ plugin: 'stuck', message: `it did not end within ${hookLimitMs} ms` });
  });
});

test('a hook that nobody waits for may take its time, and its failure is told when it comes', async () => {
  const { plugins, reports, use } = house();
  const fails = () =>
    new Promise<void>((_resolve, reject) => setTimeout(() => reject(new Error('no disk')), hookLimitMs * 3));
  use({ name: 'backup', clusterReady: fails, stop: fails });
  plugins.call('clusterReady', {} as never);
  await vi.advanceTimersByTimeAsync(hookLimitMs * 2);
  expect(reports).toEqual([]);
  await vi.advanceTimersByTimeAsync(hookLimitMs);
  expect(reports.map(({ details }) => details.message)).toEqual(['no disk']);
  plugins.call('stop', '');
  const late = plugins.pending('stop');
  await vi.advanceTimersByTimeAsync(hookLimitMs);
  await late;
  // It was waited for long enough.
  expect(plugins.pending('stop')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(hookLimitMs * 2);
  const told = [`it did not end within ${hookLimitMs} ms`, 'no disk'];
  expect(reports.slice(1).map(({ details }) => details.message)).toEqual(told);
});

test('a report that throws reaches neither who called the hook nor the process, but for a warning', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const plugins = new Plugins(() => {
    throw new Error('the log is full');
  });
  const boom = () => {
    throw new Error('boom');
  };
  plugins.add({ name: 'metrics', install: async () => boom(), stop: boom }, manager);
  plugins.call('stop', '');
  await plugins.pending('install');
  await vi.advanceTimersByTimeAsync(0);
  const text = expect.stringMatching(/'metrics' failed in its hook (stop|install): boom.*the log is full/);
  expect(warned.mock.calls).toEqual([[text], [text]]);
  warned.mockRestore();
});

describe('what is no plugin is refused:', () => {
  test.each([
    ['plugin.name', undefined],
    ['plugin.name', {}],
    ['plugin.name', { name: '' }],
    ['plugin.clusterReady', { name: 'x', clusterReady: 'soon' }],
  ])('%s of %o', (option, plugin) => {
    const { use } = house();
    expect(() => use(plugin as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', details: expect.objectContaining({ option }) }),
    );
  });

  test('a second one of the same name', () => {
    const { use } = house();
    use({ name: 'metrics' });
    expect(() => use({ name: 'metrics' })).toThrow(expect.objectContaining({ code: 'DUPLICATE_PLUGIN' }));
  });
});
