/** testing/ownership: which live session owns which guild, and whether two of them own the same. */

import type { GuildBook } from './guild-book.ts';
import type { ViolationLog } from './invariants.ts';
import type { Session } from './session.ts';
import { shardOf } from './snowflake.ts';

/** Tells whether a session is the owner of a guild. */
export function owns(session: Session, guildId: string): boolean {
  const { shard, totalShards } = session.identity;
  return shardOf(guildId, totalShards) === shard;
}

/** The first guild two sessions both own; undefined when there is none. */
function sharedGuild(a: Session, b: Session, guilds: GuildBook): string | undefined {
  for (const index of guilds.ofShard(a.identity.shard, a.identity.totalShards)) {
    const id = guilds.numbering.guildId(index);
    if (owns(b, id)) return id;
  }
  return undefined;
}

const nameOf = ({ identity }: Session) => `shard ${identity.shard} of ${identity.totalShards}`;

/** Writes down which invariants a session breaks by going live beside the others. */
export function checkOwnership(
  session: Session,
  others: readonly Session[],
  { guilds, violations }: { readonly guilds: GuildBook; readonly violations: ViolationLog },
): void {
  const { shard, totalShards } = session.identity;
  for (const other of others) {
    if (other === session || !other.live) continue;
    if (other.identity.totalShards === totalShards) {
      if (other.identity.shard === shard)
        violations.add(
          'oneSessionPerShard',
          `two live sessions for ${nameOf(session)}: its events arrive twice`,
          shard,
        );
      continue;
    }
    const guild = sharedGuild(session, other, guilds);
    if (guild !== undefined)
      violations.add('guildOwnedOnce', `guild ${guild} is owned by ${nameOf(other)} and by ${nameOf(session)}`, shard);
  }
}
