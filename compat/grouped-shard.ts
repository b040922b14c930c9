/** compat/grouped-shard: a Shard, as far as those who move it look at it. */
import type { ChildProcess } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';

/** A Shard, as far as its group moves it. */
export interface GroupedShard extends EventEmitter {
  readonly id: number;
  readonly args: string[];
  readonly execArgv: string[] | undefined;
  readonly env: Readonly<Record<string, unknown>>;
  readonly silent: boolean;
  ready: boolean;
  process: ChildProcess | null;
  worker: Worker | null;
  send(message: unknown): Promise<unknown>;
}
