/** features/channels: channels and messages of the whole bot, from any cluster. */
import type { ChannelDesk, DeleteRequest, EditRequest, SendRequest } from '../discord/channel-desk.ts';
import type { MessageEdit, MessageInput } from '../discord/message-input.ts';
import { withNonce } from '../discord/message-nonce.ts';
import { assertId } from '../discord/requests.ts';
import type { ChannelSummary, MessageSummary } from '../discord/summaries.ts';
import { call, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import { Deadline, type ErrandLimits, spelledOut } from './deadline.ts';
import { isFound, lookAround } from './look-around.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Standpoint, Way } from './owner.ts';
import { RecentMap } from './recent-map.ts';

/** Served by every cluster. */
export const channelsContract = contract('channels', {
  /** The channel from the cache only. */
  cached: call<string, ChannelSummary | null>(),
  /** The channel from the cache, unless it is to be `fresh`; else by REST. */
  fetch: call<{ readonly channelId: string; readonly fresh: boolean }, Outcome<ChannelSummary | null>>(),
  send: call<SendRequest, Outcome<MessageSummary>>(),
  edit: call<EditRequest, Outcome<MessageSummary>>(),
  delete: call<DeleteRequest, Outcome<void>>(),
});

/** Where a channel is, for those who know, and how long it may take. */
export interface ChannelHint extends ErrandLimits {
  /** The guild of the channel: it says which cluster to ask, so that nobody has to look for the channel. */
  readonly guildId?: string | undefined;
}

/** How a channel is fetched. */
export interface ChannelFetchOptions extends ChannelHint {
  /** Asks Discord, whatever the caches hold. */
  readonly force?: boolean | undefined;
}

/** How a message is deleted. */
export interface MessageDeleteOptions extends ChannelHint {
  /** For the audit log of the guild. */
  readonly reason?: string | undefined;
}

/** Channels whose guild is remembered. */
const mostPlaces = 1_024;

/**
 * `cluster.channels` and `manager.channels`.
 *
 * Without a `guildId` a channel that is not in the own cache is looked for in all clusters, by one question, once.
 */
export class Channels {
  readonly #at: Standpoint;
  readonly #desk: ChannelDesk | undefined;
  readonly #way: Way;
  /** The guilds of channels that were looked for: a channel never moves to another one. */
  readonly #guilds = new RecentMap<string, string>(mostPlaces);

  constructor(at: Standpoint, desk?: ChannelDesk) {
    this.#at = at;
    this.#desk = desk;
    this.#way = new Way(at);
  }

  /**
   * Finds a channel: own cache, then the cluster that has it, then Discord.
   *
   * @returns the channel, or `null` when there is none
   * @throws Discord's own error when the bot may not see it, ShardliftError `UNKNOWN_TARGET` for an id that is none
   */
  async fetch(channelId: string, options: number | ChannelFetchOptions = {}): Promise<ChannelSummary | null> {
    const { guildId, force = false, ...limits } = spelledOut(options);
    assertId('channel', channelId);
    const action = `channels.fetch of ${channelId}`;
    const deadline = new Deadline(action, limits);
    const near = force ? undefined : this.#desk?.cached(channelId);
    if (near !== undefined) return near;
    const far = force || guildId !== undefined ? undefined : await this.#lookFor(channelId, deadline);
    if (far !== undefined) return far;
    return this.#way.read({
      action,
      deadline,
      owner: this.#ownerOf(channelId, guildId),
      ask: (to, within) => this.#at.peer.at(channelsContract, to, within).fetch({ channelId, fresh: force }),
      here: this.#desk && ((signal) => fetchAt(this.#desk as ChannelDesk, channelId, { fresh: force, signal })),
    });
  }

  /**
   * Sends a message. It is sent once: by the owner of the channel, or from here when the owner was surely not asked.
   *
   * @throws Discord's own error when it refuses, ShardliftError `OUTCOME_UNKNOWN` when whoever sends it, this cluster
   * included, has no answer at the deadline or when the signal fires, or the owner died with it. To try such a message again without the risk of a second one, give it a `nonce` and `enforceNonce: true`.
   */
  async send(channelId: string, message: MessageInput, options: number | ChannelHint = {}): Promise<MessageSummary> {
    const { guildId, ...limits } = spelledOut(options);
    assertId('channel', channelId);
    const action = `channels.send to ${channelId}`;
    const deadline = new Deadline(action, limits);
    const request = { channelId, message: withNonce(await this.#way.readMessage(message, deadline)) };
    return this.#way.act({
      action,
      deadline,
      owner: await this.#findOwner(channelId, guildId, deadline),
      ask: (to, within) => this.#at.peer.at(channelsContract, to, within).send(request),
      here: this.#desk && ((signal) => (this.#desk as ChannelDesk).send(request, signal)),
    });
  }

  /**
   * Changes a message of the bot.
   *
   * @throws Discord's own error when there is no such message or it is somebody else's, ShardliftError `OUTCOME_UNKNOWN`
   */
  async editMessage(
    channelId: string,
    messageId: string,
    message: MessageEdit,
    options: number | ChannelHint = {},
  ): Promise<MessageSummary> {
    const { guildId, ...limits } = spelledOut(options);
    assertId('channel', channelId);
    assertId('message', messageId);
    const action = `channels.editMessage of ${messageId}`;
    const deadline = new Deadline(action, limits);
    const request = { channelId, messageId, message: await this.#way.readMessage(message, deadline) };
    return this.#way.act({
      action,
      deadline,
      owner: await this.#findOwner(channelId, guildId, deadline),
      ask: (to, within) => this.#at.peer.at(channelsContract, to, within).edit(request),
      here: this.#desk && ((signal) => (this.#desk as ChannelDesk).edit(request, signal)),
    });
  }

  /**
   * Deletes a message.
   *
   * @throws Discord's own error when there is no such message, ShardliftError `OUTCOME_UNKNOWN`
   */
  async deleteMessage(
    channelId: string,
    messageId: string,
    options: number | MessageDeleteOptions = {},
  ): Promise<void> {
    const { guildId, reason, ...limits } = spelledOut(options);
    assertId('channel', channelId);
    assertId('message', messageId);
    const action = `channels.deleteMessage of ${messageId}`;
    const deadline = new Deadline(action, limits);
    const request = { channelId, messageId, ...(reason === undefined ? {} : { reason }) };
    return this.#way.act({
      action,
      deadline,
      owner: await this.#findOwner(channelId, guildId, deadline),
      ask: (to, within) => this.#at.peer.at(channelsContract, to, within).delete(request),
      here: this.#desk && ((signal) => (this.#desk as ChannelDesk).delete(request, signal)),
    });
  }

  /** The owner as far as it is known; `undefined` for direct messages and for what nobody has seen. */
  #ownerOf(channelId: string, guildId: string | null | undefined): number | undefined {
    const guild = guildId ?? this.#guilds.get(channelId);
    if (guild === undefined) return undefined;
    assertId('guild', guild);
    return this.#at.clusterOfGuild(guild);
  }

  async #findOwner(channelId: string, guildId: string | undefined, deadline: Deadline): Promise<number | undefined> {
    if (guildId === undefined && this.#desk?.cached(channelId) !== undefined) return this.#at.self;
    if (guildId === undefined) await this.#lookFor(channelId, deadline);
    return this.#ownerOf(channelId, guildId);
  }

  /** Asks everybody for a channel, unless its guild is known from an earlier time. */
  async #lookFor(channelId: string, deadline: Deadline): Promise<ChannelSummary | undefined> {
    if (this.#guilds.get(channelId) !== undefined) return undefined;
    const limits = { ...deadline.callOptions(lookAround.timeoutMs), enough: isFound };
    const answers = this.#at.peer.atAll(channelsContract, this.#way.others(), limits).cached(channelId);
    for (const answer of await answers) {
      if (!answer.ok || answer.value === null) continue;
      if (answer.value.guildId !== null) this.#guilds.set(channelId, answer.value.guildId);
      return answer.value;
    }
    return undefined;
  }
}

const fetchAt = async (
  desk: ChannelDesk,
  channelId: string,
  { fresh, signal }: { readonly fresh: boolean; readonly signal: AbortSignal },
): Promise<ChannelSummary | null> =>
  (fresh ? undefined : desk.cached(channelId)) ?? (await desk.fetch(channelId, signal));

/** Lets others use the desk of this cluster. */
export function serveChannels(peer: Peer, desk: ChannelDesk): void {
  peer.serve(channelsContract, {
    cached: (channelId) => desk.cached(channelId) ?? null,
    fetch: ({ channelId, fresh }, { signal }) => outcomeOf(() => fetchAt(desk, channelId, { fresh, signal })),
    send: (request, { signal }) => outcomeOf(() => desk.send(request, signal)),
    edit: (request, { signal }) => outcomeOf(() => desk.edit(request, signal)),
    delete: (request, { signal }) => outcomeOf(() => desk.delete(request, signal)),
  });
}
