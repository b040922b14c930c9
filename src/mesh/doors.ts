/** mesh/doors: how clusters in processes of their own come together: one knocks at the socket of the other. */
import type { Socket } from 'node:net';
import { ShardliftError } from '../errors.ts';
import { type Door, openDoor, visitDoor } from '../transport/door.ts';
import type { Link } from '../transport/link.ts';
import { socketLink } from '../transport/socket.ts';
import { clusterIdOf } from '../wire/address.ts';
import { FrameReader } from '../wire/codec.ts';
import type { MeshDoors, Visit } from './mesh.ts';

/** Longest time to get in, in ms: the other cluster's event loop may be busy. */
const knockMs = 5_000;
/** How long a visitor may stand at the door before it has said its name and the manager's announcement has come, in ms. */
const defaultPatienceMs = 10_000;

interface Expected {
  readonly ended: Promise<string>;
  readonly enter: (link: Link | undefined) => void;
}

interface Visitor {
  readonly socket: Socket;
  /** Shows it out. */
  readonly patience: NodeJS.Timeout;
}

/** The door of a cluster, and its visits to others. */
export class ClusterDoors implements MeshDoors {
  readonly #patienceMs: number;
  readonly #visitors = new Map<number, Visitor>();
  readonly #expected = new Map<number, Expected>();
  #door: Door | undefined;

  constructor({ patienceMs = defaultPatienceMs }: { readonly patienceMs?: number } = {}) {
    this.#patienceMs = patienceMs;
  }

  /** Opens the cluster's own door. Without one others cannot come, and the manager passes on what they say. */
  async open(path: string): Promise<void> {
    try {
      this.#door = await openDoor(path, (socket) => void this.#admit(socket));
    } catch {
      // No loss: visitors are told that there is no door, and take the manager's line.
    }
  }

  /** Takes no more visitors. */
  close(): void {
    this.#door?.close();
  }

  /** Connects to another cluster's door within 5 s. @throws ShardliftError `NO_DOOR` */
  async visit(cluster: number, door: string, ended: Promise<string>): Promise<Visit> {
    const source = await visitDoor(door, knockMs);
    const { link } = socketLink(source, `cluster ${cluster}`, ended);
    return { link, greeted: () => source.socket.bytesRead > 0 };
  }

  /** Lets in who was announced, when it comes; see {@link MeshDoors}. */
  expect(cluster: number, ended: Promise<string>): Promise<Link | undefined> {
    this.dismiss(cluster);
    return new Promise((enter) => {
      const expected = { ended, enter };
      this.#expected.set(cluster, expected);
      // Its successor of the same name is not the one that was announced.
      void ended.then(() => {
        if (this.#expected.get(cluster) === expected) this.dismiss(cluster);
      });
      this.#letIn(cluster);
    });
  }

  /** Lets in no more who was announced. */
  dismiss(cluster: number): void {
    this.#expected.get(cluster)?.enter(undefined);
    this.#expected.delete(cluster);
  }

  /** Learns who knocks. Only those whom the manager announced come in: the folder is private, and so is the line. */
  async #admit(socket: Socket): Promise<void> {
    // Accepted loss: why it broke off. `close` follows, and shows it out.
    socket.on('error', () => undefined);
    const patience = setTimeout(() => socket.destroy(), this.#patienceMs).unref();
    socket.once('close', () => clearTimeout(patience));
    try {
      const cluster = await nameOf(socket);
      this.#visitors.set(cluster, { socket, patience });
      socket.once('close', () => {
        if (this.#visitors.get(cluster)?.socket === socket) this.#visitors.delete(cluster);
      });
      this.#letIn(cluster);
    } catch {
      // Accepted loss: somebody who does not speak our language was at the door.
      socket.destroy();
    }
  }

  #letIn(cluster: number): void {
    const expected = this.#expected.get(cluster);
    const visitor = this.#visitors.get(cluster);
    if (expected === undefined || visitor === undefined) return;
    const { socket, patience } = visitor;
    clearTimeout(patience);
    this.#expected.delete(cluster);
    this.#visitors.delete(cluster);
    const { link } = socketLink(socket, `cluster ${cluster}`, expected.ended);
    // It stood still since its hello was read.
    socket.resume();
    expected.enter(link);
  }
}

/** The cluster that says hello at the start of a line. What was read is put back for the link that will be made. */
function nameOf(socket: Socket): Promise<number> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    socket.once('close', () => reject(new ShardliftError('LINK_CLOSED', { peer: 'a visitor', reason: 'it left' })));
    const read = (chunk: Buffer): void => {
      chunks.push(chunk);
      try {
        const [hello] = new FrameReader().push(Buffer.concat(chunks));
        if (hello === undefined) return;
        socket.off('data', read);
        socket.pause();
        socket.unshift(Buffer.concat(chunks));
        const cluster = hello.frame?.kind === 'hello' ? clusterIdOf(hello.frame.from) : undefined;
        if (cluster === undefined) reject(new TypeError('a visitor has to say hello first'));
        else resolve(cluster);
      } catch (error) {
        reject(error as Error);
      }
    };
    socket.on('data', read);
  });
}
