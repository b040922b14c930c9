/** testing/world: what the gateway and REST share: guilds, messages, budget, token, records. */

import type { ApplicationBook } from './application-book.ts';
import type { Faults } from './faults.ts';
import type { GuildBook } from './guild-book.ts';
import type { IdentifyLedger } from './identify-ledger.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import type { ViolationLog } from './invariants.ts';
import type { JsonObject } from './json.ts';
import type { MessageBook } from './message-book.ts';
import type { ResolvedOptions } from './options.ts';
import type { Timeline } from './timeline.ts';

/** Where an event goes: the owner of a guild, a shard by number, or every session. */
export type EventTarget = { readonly guild: string } | { readonly shard: number } | 'all';

/** Sends an event to the live sessions that own the target and want it; the number reached. */
export type Publish = (event: string, data: JsonObject, target: EventTarget) => number;

/** Everything one loopback Discord knows. */
export interface World {
  readonly options: ResolvedOptions;
  readonly timeline: Timeline;
  readonly violations: ViolationLog;
  readonly faults: Faults;
  readonly ledger: IdentifyLedger;
  readonly guilds: GuildBook;
  readonly messages: MessageBook;
  readonly applications: ApplicationBook;
  readonly interactions: InteractionDesk;
  readonly publish: Publish;
  /** The token that is accepted; changes when the budget is overdrawn. */
  token: string;
  /** `shards` of GET /gateway/bot. */
  recommendedShards: number;
  gatewayUrl: string;
}
