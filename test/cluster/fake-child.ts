/** test/cluster/fake-child: a child without a process, so that a cluster's states can be walked step by step. */
import type { ChildProcess } from 'node:child_process';
import { Cluster } from '../../src/cluster/cluster.ts';
import { defaultReadyTimeoutMs } from '../../src/cluster/ready-deadline.ts';
import { defaultRestartRules, type RestartRules } from '../../src/cluster/restart-policy.ts';
import type { Exit, Launched } from '../../src/transport/launcher.ts';
import { memoryPair } from '../../src/transport/memory.ts';

export interface FakeChild {
  readonly launched: Launched;
  readonly incarnation: number;
  readonly kills: number[];
  /** Ends the child and lets everybody hear of it. */
  die(exit?: Partial<Exit>): Promise<void>;
  say(message: unknown): void;
}

/** Lets promises settle that are settled already. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

/** A child; `stubborn` ones do not end when they are killed. */
export function fakeChild(incarnation: number, stubborn: boolean): FakeChild {
  let settle: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => {
    settle = resolve;
  });
  const listeners: ((message: unknown) => void)[] = [];
  const [link] = memoryPair('host:local', 'cluster:0');
  const kills: number[] = [];
  const die = async (exit: Partial<Exit> = {}): Promise<void> => {
    settle({ code: 1, signal: null, ...exit });
    await settled();
  };
  const launched: Launched = {
    child: { pid: incarnation } as ChildProcess,
    link,
    exited,
    stderrTail: () => `stderr of start ${incarnation}`,
    post: () => Promise.resolve(),
    onMessage: (listener) => void listeners.push(listener),
    kill(graceMs) {
      kills.push(graceMs);
      if (!stubborn) settle({ code: null, signal: 'SIGTERM' });
      return exited;
    },
  };
  return {
    launched,
    incarnation,
    kills,
    die,
    say: (message) => listeners.forEach((listener) => void listener(message)),
  };
}

/** A cluster whose children are {@link fakeChild}s, with all that it announced and logged. */
export function fakeCluster({
  shards = [0, 1],
  rules = {},
  stubborn = false,
  maxHangs = null,
}: {
  readonly shards?: readonly number[];
  readonly rules?: Partial<RestartRules>;
  readonly stubborn?: boolean;
  readonly maxHangs?: number | null;
} = {}) {
  const children: FakeChild[] = [];
  const logged: string[] = [];
  const events: string[] = [];
  /** What a test may change while the cluster runs; a `refusal` is thrown by every start, a `stopped` before it. */
  const settings: {
    respawn: boolean;
    refusal?: Error | undefined;
    stopped?: Error;
    prepared?: Promise<unknown>;
  } = { respawn: true };
  const stopping = new AbortController();
  const note = (level: string) => (message: string) => void logged.push(`${level}: ${message}`);
  const cluster = new Cluster({
    id: 0,
    shards,
    launch: { env: {}, args: [], execArgv: undefined, silent: true },
    assertMayStart() {
      if (settings.stopped !== undefined) throw settings.stopped;
    },
    prepared: () => settings.prepared,
    stopping: stopping.signal,
    start(incarnation) {
      if (settings.refusal !== undefined) throw settings.refusal;
      const child = fakeChild(incarnation, stubborn);
      children.push(child);
      return child.launched;
    },
    attach: () => undefined,
    detach: (link, reason) => link.close(reason),
    forsake: () => undefined,
    respawn: () => settings.respawn,
    restartRules: { ...defaultRestartRules, ...rules },
    maxHangs,
    readyTimeoutMs: defaultReadyTimeoutMs,
    killGraceMs: 5_000,
    logger: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
  });
  for (const event of ['spawn', 'attached', 'ready', 'death', 'restarting', 'failed', 'shardReady'] as const) {
    cluster.on(event, () => void events.push(event));
  }
  const last = (): FakeChild => {
    const child = children.at(-1);
    if (child === undefined) throw new Error('no child was started');
    return child;
  };
  const becomeReady = (): void => {
    for (const shard of shards) cluster.step({ shard, step: 'ready' });
  };
  return { cluster, children, last, logged, events, settings, stopping, becomeReady };
}
