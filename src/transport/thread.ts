/** transport/thread: runs a bot file in a worker thread, with a port of ours beside Node's own. */
import { MessageChannel, SHARE_ENV, Worker, type WorkerOptions } from 'node:worker_threads';
import { ShardliftError } from '../errors.ts';
import { environmentOf, factsKey } from './handover.ts';
import { type Exit, exitText, type Launched, type LaunchSpec } from './launcher.ts';
import { portLink } from './port.ts';
import { postFailure } from './post-failure.ts';
import { errorWithoutSecret, withoutSecret } from './secret.ts';
import { keepTail } from './tail.ts';

/** Starts a bot file as a worker thread. The Worker object is there at once. */
export function launchThread(spec: LaunchSpec): Launched {
  const { port1, port2 } = new MessageChannel();
  const worker = startWorker(spec, {
    // discord.js reads SHARDS and SHARD_COUNT from workerData in a thread.
    workerData: { ...spec.env, [factsKey]: { facts: spec.facts, port: port2 } },
    transferList: [port2],
    env: spec.shareEnv ? SHARE_ENV : environmentOf(spec.env),
    argv: [...spec.args],
    stderr: true,
    stdout: spec.silent,
    ...(spec.resourceLimits === undefined ? {} : { resourceLimits: spec.resourceLimits }),
  });
  const stderrTail = keepTail(worker.stderr, spec.silent ? undefined : process.stderr);
  if (spec.silent) keepTail(worker.stdout, undefined);
  let gone = false;
  const exited = exitOf(worker, spec.secret).then((exit) => {
    gone = true;
    return exit;
  });
  const reason = exited.then((exit) => `its thread ended with ${exitText(exit)}`);
  const { link, offer } = portLink(port1, { peer: spec.name, reason });
  return {
    child: worker,
    link,
    offer,
    exited,
    stderrTail: () => withoutSecret(stderrTail(), spec.secret),
    async post(message) {
      // postMessage to an ended thread is dropped in silence.
      if (gone) throw new ShardliftError('LINK_CLOSED', { peer: spec.name, reason: 'its thread is gone' });
      postTo(worker, spec.name, message);
    },
    onMessage: (listener) => void worker.on('message', listener),
    async kill() {
      // A thread has no SIGTERM: terminate() ends it within milliseconds, also when it is blocked.
      await worker.terminate();
      return exited;
    },
  };
}

function postTo(worker: Worker, name: string, message: unknown): void {
  try {
    worker.postMessage(message);
  } catch (error) {
    throw postFailure(error, name);
  }
}

/** A thread inherits the process's flags only when it is given none of its own; ours is one, so they are passed on. */
function startWorker(spec: LaunchSpec, options: WorkerOptions): Worker {
  const start = (flags: readonly string[]): Worker =>
    new Worker(spec.file, { ...options, execArgv: [...flags, '--require', spec.preload] });
  if (spec.execArgv !== undefined) return start(spec.execArgv);
  try {
    return start(process.execArgv);
  } catch (error) {
    // Flags of the whole process (--max-old-space-size) are refused by name, and in force in every thread anyway.
    // https://nodejs.org/api/worker_threads.html#new-workerfilename-options
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error;
    const refused = String(error).split(/[,\s]+/);
    return start(process.execArgv.filter((flag) => !refused.includes(flag)));
  }
}

function exitOf(worker: Worker, secret: string | undefined): Promise<Exit> {
  return new Promise((resolve) => {
    let error: Error | undefined;
    // An `error` nobody listens to would be thrown in the manager; `exit` follows it.
    worker.on('error', (thrown) => {
      error = errorWithoutSecret(thrown instanceof Error ? thrown : new Error(String(thrown)), secret);
    });
    worker.once('exit', (code) => resolve({ code, signal: null, ...(error === undefined ? {} : { error }) }));
  });
}
