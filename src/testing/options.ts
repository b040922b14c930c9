/** testing/options: every default of the loopback Discord, and the check of what was asked for. */

import { ShardliftError } from '../errors.ts';
import { type Invariant, isInvariant } from './invariants.ts';
import { isSnowflake, MAX_GUILDS, MAX_MEMBERS, MAX_SEED } from './snowflake.ts';

/** How one guild looks; what is left out has a default. */
export interface GuildSpec {
  /** Default `Guild <index>`. */
  readonly name?: string;
  /** `member_count`, the bot included; at least 2 (bot and owner). Default 20 to 199, by guild index and seed. */
  readonly members?: number;
  /** Default 30, at most 500: categories, text and voice channels in turn. */
  readonly channels?: number;
  /** Default 15, at most 250, `@everyone` included. */
  readonly roles?: number;
  /** Default 10, at most 250. */
  readonly emojis?: number;
  /** Members sent in GUILD_CREATE, the bot first. Default 1, as Discord does it without the GUILD_PRESENCES intent. */
  readonly membersInCreate?: number;
}

/** Many guilds at once: knobs for all of them, and `each` for those that differ. */
export interface GuildsSpec extends GuildSpec {
  readonly count: number;
  readonly each?: (index: number) => GuildSpec;
}

/** What `createDiscord` takes. Everything has a default. */
export interface DiscordOptions {
  /** The bot token that is accepted. Default: one made from the bot's id, in the usual three parts. */
  readonly token?: string;
  readonly bot?: { readonly id?: string; readonly username?: string };
  /** A number, a list of guilds, or `{ count, members, channels, ... , each }`. Default 4. */
  readonly guilds?: number | readonly GuildSpec[] | GuildsSpec;
  /** Privileged intents the bot has switched on: all (default), or their bits. */
  readonly intents?: { readonly privileged?: 'all' | number };
  readonly gateway?: {
    /** The `shards` of GET /gateway/bot. `'auto'` (default): one per 1000 guilds, as Discord recommends. */
    readonly shards?: 'auto' | number;
    /** Default 1. */
    readonly maxConcurrency?: number;
    /** Default 1000 starts, all left; `resetAfter` in ms, default 4 h. */
    readonly sessionStartLimit?: { readonly total?: number; readonly remaining?: number; readonly resetAfter?: number };
    /** Milliseconds, default 41 250. Below 10 000 heartbeats do not count towards 120 sends a minute. */
    readonly heartbeatInterval?: number;
    /** Default 2500; a shard with more is closed with 4011. */
    readonly guildsPerShardMax?: number;
  };
  /** `identifyWindow`: milliseconds between two IDENTIFYs of one key. Default 5000; scale it down for quick tests. */
  readonly time?: { readonly identifyWindow?: number };
  /** REST requests a second over all routes, default 50; `Infinity` for none. */
  readonly rest?: { readonly globalPerSecond?: number };
  /** Broken invariants make `stop()` throw: all of them (`true`), or those named. Default false. */
  readonly strict?: boolean | readonly Invariant[];
  /** Varies ids and member counts. Default 0. */
  readonly seed?: number;
}

/** A guild's knobs, all set. */
export type ResolvedGuildSpec = Required<GuildSpec>;

/** The options with every default filled in. */
export interface ResolvedOptions {
  readonly token: string;
  readonly bot: { readonly id: string; readonly username: string };
  readonly guildCount: number;
  readonly guildSpec: (index: number) => ResolvedGuildSpec;
  readonly privileged: number;
  readonly gateway: {
    readonly shards: 'auto' | number;
    readonly maxConcurrency: number;
    readonly sessionStartLimit: { readonly total: number; readonly remaining: number; readonly resetAfterMs: number };
    readonly heartbeatIntervalMs: number;
    readonly guildsPerShardMax: number;
  };
  readonly identifyWindowMs: number;
  readonly globalPerSecond: number;
  readonly strict: readonly Invariant[] | 'all';
  readonly seed: number;
}

const defaults = {
  botId: '300000000000000001',
  username: 'Loopback',
  guilds: 4,
  guild: { channels: 30, roles: 15, emojis: 10, membersInCreate: 1 },
  gateway: {
    maxConcurrency: 1,
    total: 1000,
    resetAfter: 14_400_000,
    heartbeatInterval: 41_250,
    guildsPerShardMax: 2500,
  },
  identifyWindow: 5000,
  globalPerSecond: 50,
} as const;

type Check = readonly [expected: string, holds: (value: unknown) => boolean];

const integer = (min: number, max = Number.MAX_SAFE_INTEGER): Check => [
  max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`,
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
];
const text: Check = ['text that is not empty', (value) => typeof value === 'string' && value.length > 0];
const orWord = (word: string, [expected, holds]: Check): Check => [
  `'${word}' or ${expected}`,
  (value) => value === word || holds(value),
];

const guildChecks: Readonly<Record<keyof GuildSpec, Check>> = {
  name: text,
  members: integer(2, MAX_MEMBERS),
  channels: integer(1, 500),
  roles: integer(1, 250),
  emojis: integer(0, 250),
  membersInCreate: integer(1, MAX_MEMBERS),
};

const checks: Readonly<Record<string, Check>> = {
  token: text,
  'bot.id': ['a snowflake', (value) => typeof value === 'string' && isSnowflake(value)],
  'bot.username': text,
  'intents.privileged': orWord('all', integer(0)),
  'gateway.shards': orWord('auto', integer(1)),
  'gateway.maxConcurrency': integer(1),
  'gateway.sessionStartLimit.total': integer(0),
  'gateway.sessionStartLimit.remaining': integer(0),
  'gateway.sessionStartLimit.resetAfter': integer(1),
  'gateway.heartbeatInterval': integer(50),
  'gateway.guildsPerShardMax': integer(1),
  'time.identifyWindow': integer(0),
  'rest.globalPerSecond': ['a number above 0', (value) => typeof value === 'number' && value > 0],
  strict: [
    'true, false or a list of invariants',
    (value) => typeof value === 'boolean' || (Array.isArray(value) && value.every(isInvariant)),
  ],
  seed: integer(0, MAX_SEED),
};

function fail(option: string, expected: string, value: unknown): never {
  throw new ShardliftError('INVALID_OPTION', { option, expected, received: describe(value) });
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' ? (JSON.stringify(value) ?? 'an object') : String(value);
}

/** Reads `a.b.c` out of nested options; undefined anywhere on the way is undefined at the end. */
function at(options: unknown, path: string): unknown {
  let value = options;
  for (const name of path.split('.')) {
    if (value === undefined || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

const groups = ['bot', 'intents', 'gateway', 'gateway.sessionStartLimit', 'time', 'rest'];

/** Refuses names that mean nothing: a misspelt option would otherwise change nothing, silently. */
function refuseUnknown(options: DiscordOptions): void {
  const known = new Set([...Object.keys(checks), ...groups, 'guilds']);
  for (const group of ['', ...groups]) {
    const value = group === '' ? options : at(options, group);
    if (value === undefined) continue;
    if (typeof value !== 'object' || value === null) fail(group, 'an object', value);
    for (const name of Object.keys(value)) {
      const path = group === '' ? name : `${group}.${name}`;
      if (!known.has(path)) fail(path, `one of ${[...known].sort().join(', ')}`, at(options, path));
    }
  }
}

function checkGuild(spec: GuildSpec, path: string, also: readonly string[] = []): void {
  if (typeof spec !== 'object' || spec === null) fail(path, 'an object', spec);
  for (const [name, value] of Object.entries(spec)) {
    if (value === undefined || also.includes(name)) continue;
    const check = Object.hasOwn(guildChecks, name) ? guildChecks[name as keyof GuildSpec] : undefined;
    if (check === undefined) fail(`${path}.${name}`, `one of ${Object.keys(guildChecks).join(', ')}`, value);
    if (!check[1](value)) fail(`${path}.${name}`, check[0], value);
  }
}

/** A whole number from two others, spread well; decides what varies from guild to guild. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(b + 0x7f4a_7c15, 0xc2b2_ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b_3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

function complete(spec: GuildSpec, index: number, seed: number): ResolvedGuildSpec {
  const members = spec.members ?? 20 + (mix(index, seed) % 180);
  return {
    name: spec.name ?? `Guild ${index}`,
    members,
    channels: spec.channels ?? defaults.guild.channels,
    roles: spec.roles ?? defaults.guild.roles,
    emojis: spec.emojis ?? defaults.guild.emojis,
    membersInCreate: Math.min(members, spec.membersInCreate ?? defaults.guild.membersInCreate),
  };
}

function resolveGuilds(guilds: NonNullable<DiscordOptions['guilds']>, seed: number) {
  const [, isCount] = integer(0, MAX_GUILDS);
  const expected = `an integer from 0 to ${MAX_GUILDS}`;
  if (typeof guilds === 'number') {
    if (!isCount(guilds)) fail('guilds', expected, guilds);
    return { guildCount: guilds, guildSpec: (index: number) => complete({}, index, seed) };
  }
  if (Array.isArray(guilds)) {
    const list: readonly GuildSpec[] = guilds;
    for (const [index, spec] of list.entries()) checkGuild(spec, `guilds[${index}]`);
    return { guildCount: list.length, guildSpec: (index: number) => complete(list[index] ?? {}, index, seed) };
  }
  const all = guilds as GuildsSpec;
  checkGuild(all, 'guilds', ['count', 'each']);
  if (!isCount(all.count)) fail('guilds.count', expected, all.count);
  if (all.each !== undefined && typeof all.each !== 'function') fail('guilds.each', 'a function', all.each);
  const guildSpec = (index: number) => {
    const own = all.each?.(index) ?? {};
    checkGuild(own, `guilds.each(${index})`);
    return complete({ ...all, ...own }, index, seed);
  };
  return { guildCount: all.count, guildSpec };
}

/**
 * Checks the options and fills in the defaults. Pure.
 *
 * @throws ShardliftError `INVALID_OPTION` naming the option, what it must be and what it is
 */
export function resolveOptions(options: DiscordOptions): ResolvedOptions {
  refuseUnknown(options);
  for (const [path, [expected, holds]] of Object.entries(checks)) {
    const value = at(options, path);
    if (value !== undefined && !holds(value)) fail(path, expected, value);
  }
  const { strict = false, seed = 0 } = options;
  const botId = options.bot?.id ?? defaults.botId;
  const privileged = options.intents?.privileged ?? 'all';
  return {
    token: options.token ?? `${Buffer.from(botId).toString('base64url')}.loopbk.not-a-real-token`,
    bot: { id: botId, username: options.bot?.username ?? defaults.username },
    ...resolveGuilds(options.guilds ?? defaults.guilds, seed),
    privileged: privileged === 'all' ? -1 : privileged,
    gateway: resolveGateway(options.gateway ?? {}),
    identifyWindowMs: options.time?.identifyWindow ?? defaults.identifyWindow,
    globalPerSecond: options.rest?.globalPerSecond ?? defaults.globalPerSecond,
    strict: strict === true ? 'all' : strict === false ? [] : strict,
    seed,
  };
}

function resolveGateway(gateway: NonNullable<DiscordOptions['gateway']>): ResolvedOptions['gateway'] {
  const { total = defaults.gateway.total, resetAfter = defaults.gateway.resetAfter } = gateway.sessionStartLimit ?? {};
  return {
    shards: gateway.shards ?? 'auto',
    maxConcurrency: gateway.maxConcurrency ?? defaults.gateway.maxConcurrency,
    sessionStartLimit: { total, remaining: gateway.sessionStartLimit?.remaining ?? total, resetAfterMs: resetAfter },
    heartbeatIntervalMs: gateway.heartbeatInterval ?? defaults.gateway.heartbeatInterval,
    guildsPerShardMax: gateway.guildsPerShardMax ?? defaults.gateway.guildsPerShardMax,
  };
}
