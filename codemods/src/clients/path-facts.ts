/** clients/path-facts: what a path of `fetchClientValues` reads of the client and of its process. */
import { clientMembers } from '../syntax/globals.ts';
import { dividedMembers } from './client-paths.ts';
import { noEffects } from './effects.ts';
import { type Facts, noUsers, perShardNames } from './facts.ts';
import { noShardIds } from './own-shard-ids.ts';
import { toldOfPath } from './own-told.ts';
import { madeOfPath } from './returned.ts';

const sizes = /^(size|length)$/;

/**
 * The facts of a `fetchClientValues` path.
 *
 * @param from - the file of the call
 */
export function factsOfPath(names: readonly string[], from: string): Facts {
  const [first = ''] = names;
  const isOwn = !clientMembers.has(first);
  const told = isOwn ? toldOfPath(names, from) : 'nothing';
  const isSize = sizes.test(names.at(-1) ?? '');
  return {
    process: first === 'uptime' ? ['uptime'] : [],
    custom: isOwn && told !== 'view' ? [first] : [],
    adds: names.length > 1 || !isOwn ? [] : [first],
    gives: true,
    perShard: names.some((name) => perShardNames.has(name)),
    made: told === 'view' ? 'shard' : madeOfPath(names, dividedMembers.has(first), isOwn),
    givesOwn: isOwn,
    readsShard: false,
    shardList: false,
    choosesShard: false,
    own: { whole: isSize || told === 'own', each: false, keyed: false, someKeyed: false },
    shardIds: noShardIds,
    toAll: { whereThing: [], anywhere: [] },
    absentNull: false,
    lists: dividedMembers.has(first) && !isSize,
    looksUp: false,
    looksUpSeveral: false,
    acts: false,
    mayAct: false,
    onlyReads: true,
    looksAtWhole: false,
    doesEach: true,
    outside: [],
    throwsWithout: false,
    throws: false,
    users: first === 'users' && names[names.length - 1] === 'size',
    looksForUsers: noUsers,
    userIds: false,
    effects: noEffects,
  };
}
