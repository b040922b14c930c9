/** test/conformance/story-steps: the near side of the story: who asks the doomed far end for what, and what comes of it. */
import { isShardliftError } from '../../src/errors.ts';
import { createNode, type Node } from '../../src/node.ts';
import type { Settled } from '../../src/rpc/settled.ts';
import type { Link } from '../../src/transport/link.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { type Address, localHost } from '../../src/wire/address.ts';
import { type Part, play, story } from './story.ts';

/** What the far end is: a cluster of the near manager, or the manager of the near cluster, with two more behind it. */
export type Role = 'cluster' | 'manager';

/** The steps of the story, in order. */
export const steps = ['one', 'via', 'many', 'given up', 'large', 'tell', 'ask', 'leave'] as const;

/** One step of it. */
export type Step = (typeof steps)[number];

/** How a step ended: `done` as it does when nobody dies, or the error it ended with. */
export type End = 'done' | unknown;

/** The nodes of the near side. */
export interface Near {
  readonly nodes: readonly Node[];
  readonly parts: readonly Part[];
  /** Takes one step. */
  take(step: Step): Promise<End>;
}

/** Two of these do not fit into one frame. */
const large = 5 * 1024 * 1024;

/** Who speaks, and to whom. */
interface Cast {
  /** Asks the far end itself, and one of two who ask by way of somebody. */
  readonly direct: Node;
  readonly indirect: Node;
  /** The far end itself, and who is asked through it or is it. */
  readonly itself: Address;
  readonly member: Address;
  /** All of these are asked at once; one of them is on the near side. */
  readonly many: readonly Address[];
  readonly largeTo: readonly Address[];
  readonly leave: () => void;
}

const endOf = async (call: Promise<unknown>, expected: unknown): Promise<End> => {
  try {
    const value = await call;
    return value === expected ? 'done' : value;
  } catch (error) {
    return error;
  }
};

/** Of a call to many: the first that failed; the near side's own never does. */
async function endOfMany(call: Promise<readonly Settled<string>[]>, letters: number): Promise<End> {
  const failed = (await call).find((one) => !one.ok || one.value.length !== letters);
  return failed === undefined ? 'done' : failed.ok ? 'a text of another length' : failed.error;
}

/** What ends with the one error that is right when nobody dies. */
const endOfRefused = async (call: Promise<unknown>, code: 'CALL_ABORTED' | 'LINK_CLOSED', reason?: string) => {
  const error = await endOf(call, 'no error');
  if (!isShardliftError(error, code)) return error;
  return reason === undefined || (error.details as { reason?: string }).reason === reason ? 'done' : error;
};

async function giveUp({ peer }: Node, part: Part, to: Address): Promise<End> {
  const control = new AbortController();
  part.onHere = () => control.abort();
  return endOfRefused(peer.at(story, to, { signal: control.signal }).stay(), 'CALL_ABORTED');
}

const takers = (cast: Cast, partOf: (node: Node) => Part): Readonly<Record<Step, () => Promise<End>>> => {
  const { direct, indirect, itself, member, leave } = cast;
  const near = direct.peer.at(story, member);
  return {
    one: () => endOf(direct.peer.at(story, itself).give(3), 'xxx'),
    via: () => endOf(indirect.peer.at(story, member).give(3), 'xxx'),
    many: () => endOfMany(indirect.peer.atAll(story, cast.many).give(3), 3),
    'given up': () => giveUp(indirect, partOf(indirect), member),
    large: () => endOfMany(indirect.peer.atAll(story, cast.largeTo).give(large), large),
    tell() {
      near.note(7);
      return endOf(near.noted(), 7);
    },
    ask: () => endOf(near.ask(), 'held'),
    leave() {
      const call = direct.peer.at(story, itself).leave();
      leave();
      return endOfRefused(call, 'LINK_CLOSED', 'it is leaving');
    },
  };
};

const nodeAt = (self: Address): Node => createNode({ self, incarnation: 1 });

/** A manager over the doomed cluster, with two more clusters: one asks by way of it, the other lives on. */
function overCluster(link: Link): { readonly nodes: readonly Node[]; readonly cast: Cast } {
  const manager = nodeAt(localHost);
  const others = (['cluster:0', 'cluster:2'] as const).map((self) => {
    const [toCluster, toManager] = memoryPair(self, 'the manager');
    const node = nodeAt(self);
    manager.router.attach(self, toCluster);
    node.router.attachUplink(localHost, toManager);
    return node;
  });
  manager.router.attach('cluster:1', link);
  const to = { itself: 'cluster:1', member: 'cluster:1' } as const;
  const many = ['cluster:1', 'cluster:2'] as const;
  const cast = { direct: manager, indirect: others[0] as Node, ...to, many, largeTo: many, leave: () => undefined };
  return { nodes: [manager, ...others], cast };
}

/** A cluster under the doomed manager, which has two more. */
function underManager(link: Link): { readonly nodes: readonly Node[]; readonly cast: Cast } {
  const node = nodeAt('cluster:0');
  node.router.attachUplink(localHost, link);
  const to = { itself: localHost, member: 'cluster:5' } as const;
  const many = ['cluster:0', 'cluster:5', 'cluster:6'] as const;
  const largeTo = ['cluster:5', 'cluster:6'] as const;
  const leave = () => node.router.close('it is leaving');
  return { nodes: [node], cast: { direct: node, indirect: node, ...to, many, largeTo, leave } };
}

/** Builds the near side around its line to the far end. */
export function nearSide(role: Role, link: Link): Near {
  const { nodes, cast } = role === 'cluster' ? overCluster(link) : underManager(link);
  const parts = new Map(nodes.map((node) => [node, play(node)]));
  const take = takers(cast, (node) => parts.get(node) as Part);
  return { nodes, parts: [...parts.values()], take: (step) => take[step]() };
}
