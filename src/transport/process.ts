/** transport/process: runs a bot file in a process of its own, with a socket of ours beside Node's own channel. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { ShardliftError } from '../errors.ts';
import { quietChannelLink } from './channel.ts';
import { EitherLink } from './either-link.ts';
import { environmentOf, factsVariable, lineVariable, linkFd } from './handover.ts';
import { type Exit, exitText, type Launched, type LaunchSpec } from './launcher.ts';
import type { Link } from './link.ts';
import { postFailure } from './post-failure.ts';
import { withoutSecret } from './secret.ts';
import { socketLink } from './socket.ts';
import { keepTail } from './tail.ts';

/** Starts a bot file as a child process. The child object is there at once; a failed start shows in `exited`. */
export function launchProcess(spec: LaunchSpec): Launched {
  const child = fork(spec.file, spec.args, {
    // `default` JSON serialization: what users send by process.send keeps the meaning it has under discord.js.
    env: { ...environmentOf(spec.env), ...variablesFor(spec) },
    execArgv: [...(spec.execArgv ?? process.execArgv), '--require', spec.preload],
    // A pipe in `stdio` is a two-way socket. https://nodejs.org/api/child_process.html#optionsstdio
    stdio: [...(spec.silent ? (['pipe', 'pipe'] as const) : (['inherit', 'inherit'] as const)), 'pipe', 'ipc', 'pipe'],
  });
  // First of all: an `error` nobody listens to would be thrown in the manager.
  const exited = exitOf(child);
  const stderrTail = keepTail(child.stderr, spec.silent ? undefined : process.stderr);
  if (spec.silent) keepTail(child.stdout, undefined);
  const reason = exited.then((exit) => `its process ended with ${exitText(exit)}`);
  const link = lineTo(child, spec, reason);
  return {
    child,
    link,
    exited,
    stderrTail: () => withoutSecret(stderrTail(), spec.secret),
    post: (message) => postTo(child, spec.name, message),
    onMessage: (listener) => void child.on('message', listener),
    kill: (graceMs) => killProcess(child, exited, graceMs),
  };
}

function variablesFor({ facts, line }: LaunchSpec): NodeJS.ProcessEnv {
  return { [factsVariable]: JSON.stringify(facts), [lineVariable]: line === 'channel' ? line : undefined };
}

/**
 * The socket beside Node's channel, and that channel itself for a child that cannot open the socket: a wrapper may stand
 * between that hands on only what it knows. With no file descriptor left (EMFILE) Node makes neither; such a line only closes.
 */
function lineTo(child: ChildProcess, { name, line }: LaunchSpec, reason: Promise<string>): Link {
  const socket = (child.stdio as readonly unknown[] | undefined)?.[linkFd] as Socket | undefined;
  if (socket !== undefined && line === 'socket') return socketLink(socket, name, reason).link;
  const channel = quietChannelLink(child, name, reason);
  channel.listen();
  if (socket === undefined || line === 'channel') {
    socket?.destroy();
    return channel.link;
  }
  // Whatever comes first: the child writes as soon as it has opened its end.
  const sign = new Promise((resolve) => socket.once('data', resolve));
  const { link } = socketLink(socket, name, reason);
  return new EitherLink(
    { link, sign, drop: () => void socket.destroy() },
    { link: channel.link, sign: channel.opened, drop: channel.pause },
  );
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // `error` without `exit`: the process could not be started. Also kept so that a late send never throws here.
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
  });
}

function postTo(child: ChildProcess, name: string, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!child.connected) {
      reject(new ShardliftError('LINK_CLOSED', { peer: name, reason: 'its process is gone' }));
      return;
    }
    try {
      child.send(message as string, (error) => (error === null ? resolve() : reject(postFailure(error, name))));
    } catch (error) {
      reject(postFailure(error, name));
    }
  });
}

async function killProcess(child: ChildProcess, exited: Promise<Exit>, graceMs: number): Promise<Exit> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
  try {
    return await exited;
  } finally {
    clearTimeout(force);
  }
}
