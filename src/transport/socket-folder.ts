/** transport/socket-folder: a private folder for the sockets of one manager's clusters. */
import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAbandoned, maxSocketPathBytes } from './door.ts';

/** A private folder for the sockets of one manager's clusters. */
export interface SocketFolder {
  readonly path: string;
  /** Removes it with all that is in it; never throws. */
  remove(): void;
}

const prefix = 'shardlift-';
const pipePrefix = '\\\\.\\pipe\\';
/** A folder of ours by its name, and what is in it. */
const folderName = /^shardlift-[A-Za-z0-9]{6}$/;
const socketName = /^(manager|\d+-\d+)$/;
/** The longest {@link doorPath} within a folder: five digits, a dash, a time in ms, and some to spare. */
const maxNameBytes = 24;
/** How old a folder without sockets has to be before it counts as left behind, in ms. */
const emptyForMs = 24 * 60 * 60 * 1_000;

const folders = new Set<SocketFolder>();
let watchesExit = false;

/**
 * Makes a folder that only this user can enter. It goes when the manager's process exits.
 *
 * The manager listens at a socket in it for as long as it lives: that, and no process id, shows others (also in containers
 * that share the temporary folder) that it is in use, even when all of its clusters are restarting.
 *
 * @returns `undefined` where this machine allows none: the path would be too long for a socket, the temporary folder
 * cannot be written, or takes no sockets
 */
export function openSocketFolder(base: string = tmpdir()): SocketFolder | undefined {
  if (process.platform === 'win32') return { path: pipePath(), remove: () => undefined };
  const longest = Buffer.byteLength(join(base, `${prefix}XXXXXX`)) + 1 + maxNameBytes;
  if (longest > maxSocketPathBytes) return undefined;
  let path: string | undefined;
  try {
    path = mkdtempSync(join(base, prefix));
    // mkdtemp makes it so already, less what the umask takes away.
    chmodSync(path, 0o700);
    return keep(path, signOfLife(join(path, 'manager')));
  } catch {
    // Accepted loss: the reason. Clusters talk by way of their manager then.
    if (path !== undefined) removeTree(path);
    return undefined;
  }
}

/** The path of a cluster's door in a folder. On Windows a named pipe. */
export function doorPath(folder: string, cluster: { readonly id: number; readonly incarnation: number }): string {
  const name = `${cluster.id}-${cluster.incarnation}`;
  return folder.startsWith(pipePrefix) ? `${folder}-${name}` : join(folder, name);
}

/**
 * Removes the folders that managers left behind which were killed: those of this user whose sockets all refuse a
 * connection. Never rejects.
 *
 * A folder with anything else in it is left alone, and one without sockets until it is a day old: it may be just made.
 */
export async function removeStaleFolders(base: string = tmpdir()): Promise<void> {
  if (process.platform === 'win32') return;
  for (const name of namesIn(base)) {
    if (folderName.test(name)) await removeIfStale(join(base, name));
  }
}

const pipePath = (): string => `${pipePrefix}${prefix}${randomBytes(16).toString('hex')}`;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Accepted loss: a folder that cannot be read has nothing in it for us.
    return [];
  }
}

/** Listens at a path and hears nobody out. @throws Error when the file system takes no sockets */
function signOfLife(path: string): Server {
  const server = createServer((visitor) => {
    // Accepted loss: a visitor that is reset; it only wanted to know whether somebody lives here.
    visitor.on('error', () => undefined);
    visitor.destroy();
  });
  // Accepted loss: a visitor that cannot be taken in (no file descriptor left).
  server.on('error', () => undefined);
  server.unref();
  server.listen({ path, exclusive: true });
  // A path is bound at once; only the event comes later.
  if (!server.listening) throw new Error(`no socket can be made at ${path}`);
  return server;
}

function keep(path: string, server: Server): SocketFolder {
  const folder: SocketFolder = {
    path,
    remove() {
      if (!folders.delete(folder)) return;
      server.close();
      removeTree(path);
    },
  };
  folders.add(folder);
  if (!watchesExit) process.on('exit', removeAll);
  watchesExit = true;
  return folder;
}

function removeAll(): void {
  for (const folder of folders) folder.remove();
}

function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Accepted loss: what another user put there by force stays; the next manager tries again.
  }
}

async function removeIfStale(folder: string): Promise<void> {
  try {
    // Not through a symbolic link, neither here nor below.
    const facts = lstatSync(folder);
    if (!facts.isDirectory() || facts.uid !== process.getuid?.()) return;
    const names = readdirSync(folder);
    if (names.length === 0 && Date.now() - facts.mtimeMs < emptyForMs) return;
    for (const name of names) {
      if (!socketName.test(name) || !(await isAbandoned(join(folder, name)))) return;
    }
    for (const name of names) unlinkSync(join(folder, name));
    // Fails when something new is in it, as it should.
    rmdirSync(folder);
  } catch {
    // Accepted loss: a folder that somebody else removes at the same time, or that cannot be read, is not ours to clear.
  }
}
