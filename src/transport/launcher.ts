/** transport/launcher: starting and ending the thing at the far end of a link. Talking is the link's business. */
import type { ChildProcess } from 'node:child_process';
import type { MessagePort, ResourceLimits, Worker } from 'node:worker_threads';
import type { Address } from '../wire/address.ts';
import type { Link } from './link.ts';

/** What a bot runs in: a process of its own or a thread of the manager's process. */
export type Mode = 'process' | 'worker';

/** Everything needed to start one bot file. */
export interface LaunchSpec {
  /** For logs and errors: `cluster 3`. */
  readonly name: string;
  /** Absolute path of the bot file. */
  readonly file: string;
  /** CommonJS file loaded with `--require` before the bot file. */
  readonly preload: string;
  readonly args: readonly string[];
  /** The user's own Node flags; ours come after them. `undefined` inherits the manager's. */
  readonly execArgv: readonly string[] | undefined;
  /** The child's environment; in worker mode also its `workerData`, where discord.js looks for the shards. */
  readonly env: Readonly<Record<string, unknown>>;
  /** Worker mode: let the thread share the manager's own `process.env`, as discord.js's manager does. */
  readonly shareEnv: boolean;
  /** `true` keeps the child's output off the manager's. */
  readonly silent: boolean;
  /** Worker mode: the memory the thread may take. */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** Plain data for the far end, see `environment.ts`. */
  readonly facts: object;
  /**
   * Process mode: what carries the link. Without it a socket beside Node's own channel, or that channel where the child
   * cannot open the socket.
   */
  readonly line?: 'socket' | 'channel' | undefined;
  /** The bot's token: blotted out of the child's errors and of {@link Launched.stderrTail}. */
  readonly secret?: string | undefined;
}

/** How a child ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What a thread died of, or why a process could not be started. */
  readonly error?: Error;
}

/** A started child. */
export interface Launched {
  readonly child: ChildProcess | Worker;
  readonly link: Link;
  /** Settles when the child is gone for certain; never rejects. */
  readonly exited: Promise<Exit>;
  /** Hands the child a port to another thread; there is none of it in a process. */
  readonly offer?: (address: Address, port: MessagePort) => void;
  /** The last of what the child wrote to stderr, at most 64 KiB. */
  stderrTail(): string;
  /** Sends a user's message by the stock channel. @throws ShardliftError `LINK_CLOSED`, `UNSERIALISABLE` */
  post(message: unknown): Promise<void>;
  /** Listens to the child's messages on the stock channel. */
  onMessage(listener: (message: unknown) => void): void;
  /** Ends the child: asks first, forces after `graceMs`; settles when it is gone. */
  kill(graceMs: number): Promise<Exit>;
}

/** `exit 1`, `signal SIGKILL`: an {@link Exit} in words. */
export function exitText(exit: Exit): string {
  if (exit.error !== undefined) return exit.error.message;
  return exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
}
