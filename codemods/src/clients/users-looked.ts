/** clients/users-looked: where a function looks for users, of whom each is cached for one shard of its process alone. */
import { shortText } from '../syntax/short-text.ts';
import type { MovableFunction } from '../syntax/syntax.ts';
import { type ClientRead, clientReads, dividedMembers } from './client-paths.ts';

/** How a function looks for users. */
export interface UsersLooked {
  /** Each place, as it is written. */
  readonly places: readonly string[];
  /** Whether it looks at a guild, a channel or the like as well, so that both have to be of one shard. */
  readonly beside: boolean;
}

const looks = ({ kind, member }: ClientRead): boolean => member === 'users' && (kind === 'one' || kind === 'some');

/** Where a function looks for users, and whether it does so beside what else the shards divide. */
export function usersLooked(fn: MovableFunction): UsersLooked {
  const reads = clientReads(fn);
  return {
    places: [...new Set(reads.filter(looks).map(({ node }) => shortText(node.parent)))],
    beside: reads.some(({ member = '' }) => member === 'shard' || (member !== 'users' && dividedMembers.has(member))),
  };
}
