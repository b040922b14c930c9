/** clients/receiver-proof: what would prove a receiver that nothing proves, in the words of DC-S3. */
import type { Method } from '../rules/methods.ts';
import { dottedShard } from '../syntax/access.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { classOf, extendedBy } from '../values/class-owner.ts';
import { saysClient } from '../values/client-words.ts';

interface Proof {
  readonly library: string;
  /** What to do where it is one, as a sentence. */
  readonly proof: string;
}

interface Typed {
  readonly module: string;
  readonly holder: string;
  readonly type: string;
  readonly otherwise: string;
}

const ofDiscord = {
  module: 'discord.js',
  library: 'a ShardingManager of discord.js, or what its clients have as shard',
};
const ofHybrid = {
  module: 'discord-hybrid-sharding',
  library: 'a ClusterManager of discord-hybrid-sharding, or what its clients have as cluster',
};

/** What gives a receiver its type. */
const byType = ({ module, holder, type, otherwise }: Typed): string =>
  `If it is, say so and run dc-migrate again: give ${holder} the type ${type} (in JavaScript by JSDoc, @type {import('${module}').${type}})${otherwise}`;

/** `client.broadcastEval(...)`: no client has such a method, but one that keeps the method of its shard. */
function isClient(receiver: ts.Expression): boolean {
  const at = unwrap(receiver);
  if (at.kind !== ts.SyntaxKind.ThisKeyword) return saysClient(dottedShard(at)?.at(-1));
  const made = classOf(at);
  const above = made === null ? undefined : extendedBy(made);
  return saysClient(/[\w$]+(?=\W*$)/.exec(above?.getText() ?? '')?.[0]);
}

/** What would prove a receiver: the type of what it is called like. */
export function proofFor(
  receiver: ts.Expression,
  { method, hybrid }: { readonly method: Method; readonly hybrid: boolean },
): Proof {
  const last = dottedShard(receiver)?.at(-1) ?? '';
  const { library, module } = hybrid ? ofHybrid : ofDiscord;
  if (isClient(receiver)) {
    const part = hybrid ? 'cluster' : 'shard';
    const kept = `${receiver.getText()}.${part}.${method}(...)`;
    const proof = `If it is a client that keeps the method of its ${part}, write the call as ${kept} and run dc-migrate again`;
    return { library, proof };
  }
  const isManager = /manager$/i.test(last);
  if (hybrid) {
    const otherwise = isManager ? '' : `, or write the call as client.cluster.${method}(...)`;
    const type = isManager ? 'ClusterManager' : 'ClusterClient';
    return { library, proof: byType({ module, holder: 'it', type, otherwise }) };
  }
  return { library, proof: byType({ module, ...proofOfDiscord(last, receiver, method) }) };
}

function proofOfDiscord(last: string, receiver: ts.Expression, method: Method): Omit<Typed, 'module'> {
  if (/manager$/i.test(last)) return { holder: 'it', type: 'ShardingManager', otherwise: '' };
  // What is called so already has a type, or comes from a place, that says something else.
  const isPlain = dottedShard(receiver)?.join('.') === 'client.shard';
  const otherwise = isPlain ? '' : `, or write the call as client.shard.${method}(...)`;
  return last === 'shard'
    ? { holder: 'what holds it', type: 'Client', otherwise }
    : { holder: 'it', type: 'ShardClientUtil', otherwise };
}
