/** clients/receiver-proof: what would prove a receiver that nothing proves, in the words of DC-S3. */
import type { Method } from '../rules/methods.ts';
import { dottedShard } from '../syntax/access.ts';
import type { ts } from '../typescript.js';

interface Proof {
  readonly module: string;
  readonly library: string;
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

/** What would prove a receiver: the type of what it is called like. */
export function proofFor(
  receiver: ts.Expression,
  { method, hybrid }: { readonly method: Method; readonly hybrid: boolean },
): Proof {
  const last = dottedShard(receiver)?.at(-1) ?? '';
  const isManager = /manager$/i.test(last);
  if (hybrid) {
    const otherwise = isManager ? '' : `, or write the call as client.cluster.${method}(...)`;
    return { ...ofHybrid, holder: 'it', type: isManager ? 'ClusterManager' : 'ClusterClient', otherwise };
  }
  return { ...ofDiscord, ...proofOfDiscord(last, receiver, method) };
}

function proofOfDiscord(
  last: string,
  receiver: ts.Expression,
  method: Method,
): Pick<Proof, 'holder' | 'type' | 'otherwise'> {
  if (/manager$/i.test(last)) return { holder: 'it', type: 'ShardingManager', otherwise: '' };
  // What is called so already has a type, or comes from a place, that says something else.
  const isPlain = dottedShard(receiver)?.join('.') === 'client.shard';
  const otherwise = isPlain ? '' : `, or write the call as client.shard.${method}(...)`;
  return last === 'shard'
    ? { holder: 'what holds it', type: 'Client', otherwise }
    : { holder: 'it', type: 'ShardClientUtil', otherwise };
}
