/** transport/inherited: the far end of a launched link, as the bot's own process or thread finds it. */
import { fstatSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isMainThread, type MessagePort, workerData } from 'node:worker_threads';
import type { Address } from '../wire/address.ts';
import { noFrame } from '../wire/codec.ts';
import { type ByteSource, bufferSource } from './byte-source.ts';
import { announceChannel, type Channel, quietChannelLink } from './channel.ts';
import { factsKey, factsVariable, lineVariable, linkFd } from './handover.ts';
import type { Link } from './link.ts';
import { portLink } from './port.ts';
import { socketLink } from './socket.ts';

/** What a launched bot finds: the facts given to it and the way to open its line to the manager. */
export interface Inheritance {
  readonly facts: unknown;
  /**
   * Opens the line; to be called once.
   *
   * @param onOffer - told of each port to another cluster that the manager hands over; never in a process
   */
  open(onOffer?: (address: Address, port: MessagePort) => void): Link;
}

/** The line of a process. */
interface Line {
  readonly link: Link;
  /** Lets the line keep the process alive, which it does not at first. */
  readonly hold: () => void;
}

// The preload and the bot's own import are two bundles of the same code: they meet on the global symbol registry.
const claimed = Symbol.for('shardlift.inheritance-claimed');
const watched = Symbol.for('shardlift.inheritance-line');
const holder = globalThis as { [claimed]?: true; [watched]?: Line };

/**
 * Takes what the manager left for this process or thread.
 *
 * @returns `undefined` when no manager of ours started it, and for everyone but the first who asks: one client, one line
 */
export function claimInheritance(): Inheritance | undefined {
  if (holder[claimed]) return undefined;
  const inheritance = isMainThread ? ofProcess() : ofThread();
  if (inheritance !== undefined) holder[claimed] = true;
  return inheritance;
}

/** Tells whether a manager of ours started this process or thread. */
export const isInherited = (): boolean =>
  (isMainThread ? ofProcess() : ofThread()) !== undefined || holder[claimed] === true;

/** Tells whether a client of this process or thread has taken what the manager left. */
export const isClaimed = (): boolean => holder[claimed] === true;

/**
 * Opens the line of a process before it is claimed, so that the end of the manager is noticed at any time. Until then the
 * line does not keep the process alive, and frames that come wait.
 *
 * @returns the facts and the end of the line; `undefined` where no manager of ours started the process, and in a thread,
 * which ends with its manager's process anyway
 */
export function watchManager(): { readonly facts: unknown; readonly closed: Promise<string> } | undefined {
  const inheritance = isMainThread ? ofProcess() : undefined;
  if (inheritance === undefined) return undefined;
  const line = openLine();
  holder[watched] = line;
  return { facts: inheritance.facts, closed: line.link.closed };
}

const openLine = (): Line =>
  (process.env[lineVariable] === 'channel' ? undefined : openSocket()) ?? openChannel(process);

/** The socket the manager left; `undefined` where a program in between has not handed it on, or the system cannot open it. */
function openSocket(): Line | undefined {
  let source: ByteSource;
  try {
    // In its place may be a pipe that Node itself works with. In bigint: after a look at a socket in plain numbers Node
    // resolves no symbolic link, and a bot installed by pnpm finds no package. https://github.com/nodejs/node/issues/51142
    if (process.platform !== 'win32' && !fstatSync(linkFd, { bigint: true }).isSocket()) return undefined;
    source = bufferSource({ fd: linkFd });
  } catch {
    // Accepted loss: why it cannot be opened. Node's own channel is there for this.
    return undefined;
  }
  const { socket } = source;
  const { link, flush } = socketLink(source, 'manager');
  socket.unref();
  // The manager has to know which of the two lines is used.
  socket.write(noFrame);
  // The last words of a bot that ends itself: why its login failed, say.
  process.on('exit', flush);
  return { link, hold: () => void socket.ref() };
}

function openChannel(channel: Channel): Line {
  const end = quietChannelLink(channel, 'manager');
  announceChannel(channel, () => end.down("neither the manager's socket nor Node's channel is there"));
  return { link: end.link, hold: end.listen };
}

function ofProcess(): Inheritance | undefined {
  const text = process.env[factsVariable];
  if (text === undefined) return undefined;
  return {
    facts: JSON.parse(text),
    open() {
      const { hold, link } = holder[watched] ?? openLine();
      // Programs the bot starts are no clusters of ours.
      delete process.env[factsVariable];
      delete process.env[lineVariable];
      hold();
      return fromNextTurn(link);
    },
  };
}

/**
 * The line, with what came before it was claimed given a turn later: who claims it adds the handlers for that in the same
 * breath. It is closed once all of that was given. A port gives nothing earlier anyway.
 */
function fromNextTurn(link: Link): Link {
  let given: Promise<unknown> | undefined;
  return {
    peer: link.peer,
    closed: link.closed.then(async (reason) => {
      await given;
      return reason;
    }),
    send: (frame) => link.send(frame),
    receive(reader) {
      given = nextTurn().then(() => link.receive(reader));
    },
    close: (reason) => link.close(reason),
  };
}

function ofThread(): Inheritance | undefined {
  const data = workerData as Record<string, { facts: unknown; port: MessagePort } | undefined> | null;
  const left = typeof data === 'object' && data !== null ? data[factsKey] : undefined;
  if (left === undefined) return undefined;
  return { facts: left.facts, open: (onOffer) => portLink(left.port, { peer: 'manager', onOffer }).link };
}
