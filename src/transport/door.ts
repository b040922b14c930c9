/** transport/door: a Unix socket (a named pipe on Windows) at which a cluster takes the lines of other clusters. */
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ShardliftError } from '../errors.ts';
import { type ByteSource, bufferSource } from './byte-source.ts';

/** A place to be called at. */
export interface Door {
  readonly path: string;
  /** Takes no more visitors and unlinks the socket. Lines that are there already stay. */
  close(): void;
}

/**
 * The longest path a socket can have, in bytes; Node cuts longer ones off or throws.
 *
 * @see https://nodejs.org/api/net.html#identifying-paths-for-ipc-connections
 */
export const maxSocketPathBytes = process.platform === 'linux' ? 107 : 103;

/** How long a socket at the path of a new door has to say that it is in use, in ms. */
const probeMs = 1_000;

/** The socket files of this process: Node leaves them behind when it exits. */
const open = new Set<string>();
let watchesExit = false;

/**
 * Listens for the lines of other clusters. A stale socket file (nobody listens) at the path is replaced.
 *
 * The door does not keep the process alive. A visitor may leave without a word: whoever looks for stale sockets knocks.
 *
 * @param onVisitor - has to listen to the socket at once, before it waits for anything
 * @throws ShardliftError `NO_DOOR` when there is something else at the path, or no socket can be made there
 */
export async function openDoor(path: string, onVisitor: (socket: Socket) => void): Promise<Door> {
  const server = createServer((socket) => {
    // A visitor that is reset before anybody listens to it must not end the process.
    socket.on('error', () => undefined);
    onVisitor(socket);
  });
  // For good: a visitor that cannot be taken in (no file descriptor left) is an error of the server.
  server.on('error', () => undefined);
  server.unref();
  try {
    if (!fits(path)) throw new Error(`its path is longer than ${maxSocketPathBytes} bytes`);
    await listenAfresh(server, path);
  } catch (cause) {
    server.close();
    throw noDoor(path, cause);
  }
  return doorOf(server, path);
}

/**
 * Connects to a door.
 *
 * @returns a connected socket; the caller has to listen to it at once
 * @throws ShardliftError `NO_DOOR` when nobody is there or it takes longer than `timeoutMs`; the system's error is its cause
 */
export async function connectTo(path: string, timeoutMs: number): Promise<Socket> {
  assertFits(path);
  const socket = connect(path);
  await connected(socket, path, timeoutMs);
  return socket;
}

/** {@link connectTo} for a line: what it gives reads into one buffer. */
export async function visitDoor(path: string, timeoutMs: number): Promise<ByteSource> {
  assertFits(path);
  const source = bufferSource({ path });
  await connected(source.socket, path, timeoutMs);
  return source;
}

function assertFits(path: string): void {
  if (!fits(path)) throw noDoor(path, new Error(`its path is longer than ${maxSocketPathBytes} bytes`));
}

function connected(socket: Socket, path: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(noDoor(path, cause));
    };
    const timer = setTimeout(() => fail(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    // Stays: an error that comes before the caller listens must not end the process.
    socket.on('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Tells whether a path is a socket that refuses connections: its process is gone, in whatever container it ran. */
export async function isAbandoned(path: string): Promise<boolean> {
  try {
    // Never through a symbolic link. In bigint: see `transport/inherited`.
    if (!lstatSync(path, { bigint: true }).isSocket()) return false;
    const socket = await connectTo(path, probeMs);
    socket.destroy();
    return false;
  } catch (error) {
    // A full queue, a missing right, a file that has just gone: none of these proves that nobody is there.
    return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
  }
}

const fits = (path: string): boolean => Buffer.byteLength(path) <= maxSocketPathBytes;

const isPipe = (path: string): boolean => path.startsWith('\\\\.\\pipe\\');

const noDoor = (path: string, cause: unknown): ShardliftError =>
  new ShardliftError('NO_DOOR', { path, reason: (cause as Error).message }, { cause });

async function listenAfresh(server: Server, path: string): Promise<void> {
  try {
    await listen(server, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || !(await isAbandoned(path))) throw error;
    rmSync(path, { force: true });
    await listen(server, path);
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // `exclusive`: under node:cluster (pm2) the socket would be opened in another process.
    // https://nodejs.org/api/net.html#serverlistenoptions-callback
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
    // At once: no moment in which others than the owner could write to it.
    if (server.listening && !isPipe(path)) chmodSync(path, 0o600);
  });
}

function doorOf(server: Server, path: string): Door {
  open.add(path);
  if (!watchesExit) process.on('exit', unlinkAll);
  watchesExit = true;
  return {
    path,
    close() {
      // Node unlinks the socket with it.
      if (open.delete(path)) server.close();
    },
  };
}

function unlinkAll(): void {
  for (const path of open) {
    try {
      if (!isPipe(path)) rmSync(path, { force: true });
    } catch {
      // Accepted loss: a socket file that nobody listens at; its manager removes the folder, or the next one does.
    }
  }
}
