/** testing/application-book: the bot's application: its slash commands, its emojis, itself. */

import { type Json, type JsonObject, objectOr, textOf } from './json.ts';
import { APPLICATION_FLAGS } from './login.ts';
import { freshId } from './snowflake.ts';
import { botUser } from './user.ts';

const CHAT_INPUT = 1;

/** Where commands are registered: a guild's id, or everywhere. */
export type CommandScope = string | 'global';

/** Keeps what the bot registered. Answers have the shape of Discord's API. */
export class ApplicationBook {
  readonly id: string;
  readonly emojis: JsonObject[] = [];
  readonly #bot: { readonly id: string; readonly username: string };
  readonly #commands = new Map<CommandScope, JsonObject[]>();
  #description = '';

  constructor(bot: { readonly id: string; readonly username: string }) {
    this.id = bot.id;
    this.#bot = bot;
  }

  /** The application as it sees itself. @see https://discord.com/developers/docs/resources/application#application-object */
  describe(guildCount: number): JsonObject {
    return {
      id: this.id,
      name: this.#bot.username,
      icon: null,
      description: this.#description,
      summary: '',
      type: null,
      bot: botUser(this.#bot),
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: APPLICATION_FLAGS,
      flags_new: String(APPLICATION_FLAGS),
      redirect_uris: [],
      interactions_endpoint_url: null,
      role_connections_verification_url: null,
      owner: { ...botUser({ id: '300000000000000002', username: 'owner' }), bot: false, discriminator: '0' },
      approximate_guild_count: guildCount,
      approximate_user_install_count: 0,
      approximate_user_authorization_count: 0,
      explicit_content_filter: 0,
      team: null,
      eligible_oauth2_scopes: ['bot', 'applications.commands'],
    };
  }

  /** Changes the description, the one field of its own a bot usually edits. */
  redescribe(description: string): void {
    this.#description = description;
  }

  /** The commands of a scope. */
  commands(scope: CommandScope): readonly JsonObject[] {
    return this.#commands.get(scope) ?? [];
  }

  /** The command with this id in a scope. */
  command(scope: CommandScope, id: string): JsonObject | undefined {
    return this.commands(scope).find((command) => command.id === id);
  }

  /** The command an interaction in a guild means: the guild's own first, then the global one. */
  named(name: string, guildId: string | undefined): JsonObject | undefined {
    const all = [...(guildId === undefined ? [] : this.commands(guildId)), ...this.commands('global')];
    return all.find((command) => command.name === name);
  }

  /** Registers one command; one of the same name and type is replaced and keeps its id. Says whether it is new. */
  register(scope: CommandScope, input: JsonObject): { readonly command: JsonObject; readonly created: boolean } {
    const others = this.commands(scope).filter((other) => !sameCommand(other, input));
    const before = this.commands(scope).find((other) => sameCommand(other, input));
    const command = this.#complete(scope, input, textOf(before?.id) ?? freshId());
    this.#commands.set(scope, [...others, command]);
    return { command, created: before === undefined };
  }

  /** Replaces all commands of a scope. */
  replaceAll(scope: CommandScope, inputs: readonly Json[]): readonly JsonObject[] {
    const before = this.commands(scope);
    const next = inputs.map(objectOr).map((input) => {
      const known = before.find((other) => sameCommand(other, input));
      return this.#complete(scope, input, textOf(known?.id) ?? freshId());
    });
    this.#commands.set(scope, next);
    return next;
  }

  /** Changes fields of a command; undefined when there is none with this id. */
  change(scope: CommandScope, id: string, fields: JsonObject): JsonObject | undefined {
    const before = this.command(scope, id);
    if (before === undefined) return undefined;
    const next = { ...before, ...fields, version: freshId() };
    this.#commands.set(
      scope,
      this.commands(scope).map((command) => (command === before ? next : command)),
    );
    return next;
  }

  /** Removes a command; false when there is none with this id. */
  remove(scope: CommandScope, id: string): boolean {
    const kept = this.commands(scope).filter((command) => command.id !== id);
    const removed = kept.length < this.commands(scope).length;
    this.#commands.set(scope, kept);
    return removed;
  }

  #complete(scope: CommandScope, input: JsonObject, id: string): JsonObject {
    const set = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
    return {
      type: CHAT_INPUT,
      description: '',
      nsfw: false,
      ...set,
      default_member_permissions: input.default_member_permissions ?? null,
      id,
      application_id: this.id,
      version: freshId(),
      ...(scope === 'global' ? {} : { guild_id: scope }),
    };
  }
}

function sameCommand(a: JsonObject, b: JsonObject): boolean {
  return a.name === b.name && (a.type ?? CHAT_INPUT) === (b.type ?? CHAT_INPUT);
}
