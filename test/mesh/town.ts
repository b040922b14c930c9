/** test/mesh/town: a manager with a broker and clusters with meshes, joined by lines that the test moves. */
import { Broker, type Joined } from '../../src/mesh/broker.ts';
import { Mesh, type MeshDoors } from '../../src/mesh/mesh.ts';
import { createNode, type Node } from '../../src/node.ts';
import { call, cast, contract } from '../../src/rpc/contract.ts';
import type { Link } from '../../src/transport/link.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';
import { Traffic, type TrafficPair } from './traffic.ts';

/** What the clusters say to each other. */
export const talk = contract('talk', { tell: cast<number>(), ask: call<number, number>({ timeoutMs: null }) });

/** How clusters are joined: the manager hands out both ends, or one knocks at the other's door. */
export type Way = 'ports' | 'door';

/** A cluster of the town. */
export class Townsman {
  readonly id: number;
  readonly node: Node;
  readonly mesh: Mesh;
  /** What it was told, by whom. */
  readonly told: Record<string, number[]> = {};
  /** Its direct lines to others so far. */
  readonly lines: { readonly to: number; readonly pair: TrafficPair }[] = [];
  readonly uplink: TrafficPair;

  constructor(town: Town, id: number, incarnation: number) {
    this.id = id;
    this.node = createNode({
      self: clusterAddress(id),
      incarnation,
      spread: town.way === 'ports' ? 'lines' : 'uplink',
    });
    this.mesh = new Mesh({ node: this.node, doors: town.way === 'door' ? town.doorsOf(this) : undefined });
    this.uplink = town.traffic.pair({ left: 'the manager', right: `cluster ${id}` });
    this.node.router.attachUplink(localHost, this.uplink.right);
    this.node.peer.serve(talk, {
      tell: (number, { from }) => {
        this.told[from] = [...(this.told[from] ?? []), number];
      },
      ask: (number) => (number < 0 ? new Promise<number>(() => undefined) : number * 2),
    });
  }

  /** Tells another cluster something. */
  tell(to: number, number: number): void {
    this.node.peer.at(talk, clusterAddress(to)).tell(number);
  }

  ask(to: number, number: number): Promise<number> {
    return this.node.peer.at(talk, clusterAddress(to)).ask(number);
  }
}

/** A manager and its clusters. */
export class Town {
  readonly way: Way;
  readonly traffic = new Traffic();
  readonly manager = createNode({ self: localHost, incarnation: 1 });
  /** Whether a line can be had at all. */
  canJoin = true;
  /** Whether doors open to those who knock. */
  doorsOpen = true;
  /** Whether a host greets whom it lets in. */
  greets = true;
  /** Frames of clusters that the manager passed on. */
  passed = 0;
  readonly #broker: Broker;
  readonly #clusters = new Map<number, Townsman>();
  /** By host and visitor. */
  readonly #hosts = new Map<string, (link: Link | undefined) => void>();
  readonly #visitors = new Map<string, Link>();

  constructor(way: Way) {
    this.way = way;
    this.#broker = new Broker({ peer: this.manager.peer, join: (wanting, wanted) => this.#join(wanting, wanted) });
    this.manager.router.onLost((address, reason) => this.#broker.ended(Number(address.split(':')[1]), reason));
  }

  /** Starts a cluster; it listens at once unless told otherwise. */
  start(id: number, { incarnation = 1, listens = true } = {}): Townsman {
    const cluster = new Townsman(this, id, incarnation);
    this.#clusters.set(id, cluster);
    const { left } = cluster.uplink;
    const send = left.send.bind(left);
    left.send = (frame) => {
      if ('from' in frame && frame.from !== localHost && frame.kind !== 'reply') this.passed += 1;
      send(frame);
    };
    this.manager.router.attach(clusterAddress(id), left);
    if (listens) this.listen(id);
    return cluster;
  }

  /** A cluster answers requests from now on. */
  listen(id: number): void {
    this.#broker.available(id);
  }

  /** Ends a cluster and all its lines, the manager’s first. */
  async end(cluster: Townsman, reason: string): Promise<void> {
    this.#clusters.delete(cluster.id);
    cluster.uplink.cut(reason);
    for (const { pair } of cluster.lines) pair.cut('the line was cut');
    await this.traffic.rest();
  }

  /** What a cluster knocks at and opens, without any socket. */
  doorsOf(cluster: Townsman): MeshDoors {
    return {
      visit: async (host) => {
        const other = this.#clusters.get(host);
        if (!this.doorsOpen || other === undefined) throw new Error('nobody opens');
        const { left, right } = this.#lineBetween(cluster, other);
        this.#visitors.set(`${host}<${cluster.id}`, right);
        this.#letIn(`${host}<${cluster.id}`);
        return { link: left, greeted: () => this.greets };
      },
      expect: (visitor) =>
        new Promise((enter) => {
          this.#hosts.set(`${cluster.id}<${visitor}`, enter);
          this.#letIn(`${cluster.id}<${visitor}`);
        }),
      dismiss: (visitor) => {
        this.#hosts.get(`${cluster.id}<${visitor}`)?.(undefined);
        this.#hosts.delete(`${cluster.id}<${visitor}`);
      },
    };
  }

  #letIn(key: string): void {
    const [enter, link] = [this.#hosts.get(key), this.#visitors.get(key)];
    if (enter === undefined || link === undefined) return;
    this.#hosts.delete(key);
    this.#visitors.delete(key);
    enter(link);
  }

  #lineBetween(one: Townsman, other: Townsman): TrafficPair {
    const pair = this.traffic.pair({ left: `cluster ${one.id}`, right: `cluster ${other.id}` });
    one.lines.push({ to: other.id, pair });
    other.lines.push({ to: one.id, pair });
    return pair;
  }

  #join(wanting: number, wanted: number): Joined {
    const [one, other] = [this.#clusters.get(wanting), this.#clusters.get(wanted)];
    if (!this.canJoin || one === undefined || other === undefined) return undefined;
    if (this.way === 'door') return { by: 'door', door: `the door of ${wanted}` };
    const { left, right } = this.#lineBetween(one, other);
    // An end travels like a frame, behind what was sent before.
    one.uplink.toRight.push(() => one.mesh.take(wanted, left));
    other.uplink.toRight.push(() => other.mesh.take(wanting, right));
    return { by: 'ports' };
  }
}
