/** testing/interaction-desk: slash commands on their way to the bot, and the replies that came back. */

import { randomBytes } from 'node:crypto';
import type { APIMessage } from 'discord-api-types/v10';
import { ShardliftError } from '../errors.ts';
import type { JsonObject } from './json.ts';
import { freshId } from './snowflake.ts';

/** What a bot answered to an interaction. */
export interface InteractionReply {
  /** The callback type that answered: 4 message, 7 update, 8 autocomplete, 9 modal. */
  readonly type: number;
  /** The text of the reply, empty when it is none. */
  readonly content: string;
  /** True when the bot deferred first and wrote later. */
  readonly deferred: boolean;
  readonly ephemeral: boolean;
  /** What the bot sent, as it sent it. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The message it became; absent for autocomplete and modals. */
  readonly message?: APIMessage;
}

/** One interaction the bot may still answer. */
export interface OpenInteraction {
  readonly id: string;
  readonly token: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  /** `open` until the callback, `deferred` between a deferral and the text, then `answered`. */
  state: 'open' | 'deferred' | 'answered';
  ephemeral: boolean;
  /** The first reply's message id. */
  original: string | undefined;
}

interface Waiting {
  readonly interaction: OpenInteraction;
  settle(reply: InteractionReply): void;
  fail(error: ShardliftError): void;
}

/** Keeps interactions from the moment they are sent; bots may follow up as long as the loopback Discord runs. */
export class InteractionDesk {
  readonly #byToken = new Map<string, Waiting>();

  /** Opens an interaction; `reply` settles with the bot's first visible answer. */
  open(
    at: { readonly channelId: string; readonly guildId: string | undefined },
    timeoutMs: number,
  ): { readonly interaction: OpenInteraction; readonly reply: Promise<InteractionReply> } {
    const interaction: OpenInteraction = {
      id: freshId(),
      token: randomBytes(24).toString('base64url'),
      ...at,
      state: 'open',
      ephemeral: false,
      original: undefined,
    };
    const reply = new Promise<InteractionReply>((resolve, reject) => {
      const fail = (error: ShardliftError) => {
        clearTimeout(timer);
        reject(error);
      };
      const settle = (value: InteractionReply) => {
        clearTimeout(timer);
        resolve(value);
      };
      const timer = setTimeout(() => {
        const what = interaction.state === 'open' ? 'the answer to an interaction' : 'the text of a deferred reply';
        fail(new ShardliftError('LOOPBACK_TIMEOUT', { what, timeoutMs }));
      }, timeoutMs);
      this.#byToken.set(interaction.token, { interaction, settle, fail });
    });
    return { interaction, reply };
  }

  /** The interaction with this token; undefined when there is none. */
  find(token: string): OpenInteraction | undefined {
    return this.#byToken.get(token)?.interaction;
  }

  /** Ends an interaction that could not be delivered. */
  giveUp(token: string, what: string): void {
    const reason = 'no live session owns the guild';
    this.#byToken.get(token)?.fail(new ShardliftError('LOOPBACK_UNREACHABLE', { what, reason }));
    this.#byToken.delete(token);
  }

  /** Notes the bot's visible answer. */
  answer(
    token: string,
    answer: { readonly type: number; readonly data: JsonObject; readonly message?: JsonObject },
  ): void {
    const waiting = this.#byToken.get(token);
    if (waiting === undefined) return;
    const { interaction } = waiting;
    const deferred = interaction.state === 'deferred';
    interaction.state = 'answered';
    waiting.settle({
      type: answer.type,
      content: String(answer.message?.content ?? answer.data.content ?? ''),
      deferred,
      ephemeral: interaction.ephemeral,
      data: answer.data,
      ...(answer.message === undefined ? {} : { message: answer.message as unknown as APIMessage }),
    });
  }
}
