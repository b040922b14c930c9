/** mesh/mesh: a cluster's own lines to other clusters, opened at their first use. */
import type { Router } from '../routing/router.ts';
import type { Peer } from '../rpc/peer.ts';
import type { Link } from '../transport/link.ts';
import { type Address, clusterAddress, clusterIdOf, localHost } from '../wire/address.ts';
import { brokerContract, meshContract } from './contract.ts';

/** A line to the door of another cluster. */
export interface Visit {
  readonly link: Link;
  /** Whether the host has said anything so far: it greets whom it lets in. */
  readonly greeted: () => boolean;
}

/** How a cluster opens a line, where lines are opened by knocking at a door. */
export interface MeshDoors {
  /** Connects to another cluster's door. @param ended - settles with the reason when that cluster is known to be gone */
  readonly visit: (cluster: number, door: string, ended: Promise<string>) => Promise<Visit>;
  /**
   * Lets in who was announced, when it comes.
   *
   * @param ended - settles with the reason when that cluster is known to be gone
   * @returns `undefined` when it does not come: it ended, was dismissed, or was announced anew
   */
  readonly expect: (cluster: number, ended: Promise<string>) => Promise<Link | undefined>;
  /** Lets in no more who was announced. */
  readonly dismiss: (cluster: number) => void;
}

/** What a mesh is made of. */
export interface MeshSetup {
  readonly node: { readonly peer: Peer; readonly router: Router };
  /** `undefined` where the manager hands out ports instead. */
  readonly doors: MeshDoors | undefined;
}

/** A line that is to be opened at another cluster's door. */
interface Invitation {
  readonly cluster: number;
  readonly door: string;
  readonly line: number;
}

/** What is known of the way to another cluster, for as long as it lives. */
interface Neighbour {
  /** `asked`: frames wait for a line; `uplink`: there is none to be had; `own`: there is one. */
  state: 'new' | 'asked' | 'uplink' | 'own';
  /** Lines to it so far. */
  taken: number;
  readonly ended: Promise<string>;
  readonly end: (reason: string) => void;
}

/** Opens the lines of a cluster to others. */
export class Mesh {
  readonly #router: Router;
  readonly #peer: Peer;
  readonly #doors: MeshDoors | undefined;
  readonly #neighbours = new Map<number, Neighbour>();

  constructor({ node, doors }: MeshSetup) {
    this.#router = node.router;
    this.#peer = node.peer;
    this.#doors = doors;
    node.router.openLine = (to) => this.#openLine(to);
    node.peer.serve(meshContract, {
      visit: (line) => this.#visit(line),
      expect: ({ cluster }) => this.#expect(cluster),
      // It may be expected all the same: it can want a line before it answers requests.
      absent: ({ cluster }) => this.#takeUplink(cluster),
      refused: ({ cluster }) => this.#refused(cluster),
      available: ({ cluster }) => this.#forgetState(cluster),
      ended: ({ cluster, reason }) => this.#ended(cluster, reason),
    });
  }

  /** Takes the link that came about with another cluster; what waited for it goes out on it. */
  take(cluster: number, link: Link): void {
    const neighbour = this.#neighbour(cluster);
    neighbour.taken += 1;
    neighbour.state = 'own';
    const { taken } = neighbour;
    void link.closed.then(() => {
      // The two sides may learn at different times that a line is cut: the next one may be here before its end is told.
      if (neighbour.state === 'own' && neighbour.taken === taken) neighbour.state = 'new';
    });
    this.#router.attach(clusterAddress(cluster), link);
  }

  /** Settles with the reason when another cluster is known to be gone. */
  endOf(cluster: number): Promise<string> {
    return this.#neighbour(cluster).ended;
  }

  /** Asks for a line at the first frame for a cluster. @returns whether frames are to wait for it */
  #openLine(to: Address): boolean {
    const cluster = clusterIdOf(to);
    if (cluster === undefined) return false;
    const neighbour = this.#neighbour(cluster);
    if (neighbour.state === 'asked') return true;
    if (neighbour.state !== 'new') return false;
    neighbour.state = 'asked';
    this.#manager.want({ cluster, taken: neighbour.taken });
    return true;
  }

  async #visit({ cluster, door, line }: Invitation): Promise<void> {
    try {
      const visit = await this.#doors?.visit(cluster, door, this.endOf(cluster));
      if (visit === undefined) return;
      this.take(cluster, visit.link);
      await visit.link.closed;
      // Nobody took it in (no file descriptor left, say): the other side still keeps back what it says to this one.
      if (!visit.greeted()) this.#manager.failed({ cluster, line });
    } catch {
      // No loss: the manager passes everything on instead, and knows why no line came about.
      this.#manager.failed({ cluster, line });
    }
  }

  async #expect(cluster: number): Promise<void> {
    const neighbour = this.#neighbour(cluster);
    // What is said from now on goes by the new line, so all that goes by the manager has to be ahead of this word.
    if (neighbour.state !== 'own') neighbour.state = 'asked';
    this.#manager.expecting({ cluster });
    const link = await this.#doors?.expect(cluster, this.endOf(cluster));
    if (link !== undefined) this.take(cluster, link);
  }

  #takeUplink(cluster: number): void {
    this.#neighbour(cluster).state = 'uplink';
    this.#router.takeUplink(clusterAddress(cluster));
  }

  #refused(cluster: number): void {
    this.#doors?.dismiss(cluster);
    this.#takeUplink(cluster);
  }

  #forgetState(cluster: number): void {
    const neighbour = this.#neighbours.get(cluster);
    if (neighbour?.state === 'uplink') neighbour.state = 'new';
  }

  #ended(cluster: number, reason: string): void {
    this.#neighbours.get(cluster)?.end(reason);
    this.#neighbours.delete(cluster);
    this.#router.takeUplink(clusterAddress(cluster));
  }

  get #manager() {
    return this.#peer.at(brokerContract, localHost);
  }

  #neighbour(cluster: number): Neighbour {
    const known = this.#neighbours.get(cluster);
    if (known !== undefined) return known;
    let end: (reason: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    const neighbour: Neighbour = { state: 'new', taken: 0, ended, end };
    this.#neighbours.set(cluster, neighbour);
    return neighbour;
  }
}
