/** discord/user-desk: what a client does with users. */
import type { APIChannel, APIUser, Client } from 'discord.js';
import { userOfAnswer } from './answers.ts';
import { cachedUser } from './cached.ts';
import { ChannelDesk } from './channel-desk.ts';
import type { PlainMessage } from './message-input.ts';
import { limitedBy, nullWhenUnknown } from './requests.ts';
import type { MessageSummary, UserSummary } from './summaries.ts';

/** A direct message. */
export interface DirectRequest {
  readonly userId: string;
  readonly message: PlainMessage;
}

/** Works on users with the REST client and the caches of one client. */
export class UserDesk {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** A user of the cache. */
  cached(userId: string): UserSummary | undefined {
    return cachedUser(this.#client, userId);
  }

  /** Asks Discord for a user; `null` when there is none. */
  fetch(userId: string, signal?: AbortSignal): Promise<UserSummary | null> {
    const answer = this.#client.rest.get(`/users/${userId}`, limitedBy(signal));
    return nullWhenUnknown(answer.then((user) => userOfAnswer(user as APIUser)));
  }

  /**
   * Sends a direct message.
   *
   * Discord gives the same channel every time one is opened for a user, so only the message itself matters twice.
   *
   * @see https://discord.com/developers/docs/resources/user#create-dm
   */
  async send({ userId, message }: DirectRequest, signal?: AbortSignal): Promise<MessageSummary> {
    const request = { body: { recipient_id: userId }, ...limitedBy(signal) };
    const channel = (await this.#client.rest.post('/users/@me/channels', request)) as APIChannel;
    return new ChannelDesk(this.#client).send({ channelId: channel.id, message }, signal);
  }
}
