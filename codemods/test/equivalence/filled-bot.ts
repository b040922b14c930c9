/** test/equivalence/filled-bot: a real discord.js client of three shards with guilds, users and a REST that only takes notes. */
import { ChannelType, Client, ClientUser, type Collection, GatewayIntentBits, Status } from 'discord.js';
import { createViews } from '../../../src/views/view.ts';
import { botOf, putMembers } from './own-members.cjs';

const Bot = botOf(Client);

/** The shards of the client. */
export const shards: readonly number[] = [0, 1, 2];

/** A snowflake whose guild belongs to a shard: `(id >> 22) % count`. */
export const guildId = (shard: number, index: number): string =>
  String(BigInt(1000 * shards.length + shard + index * shards.length) << 22n);

/** The id of something in a guild: 1 and 2 are channels, 3 and 4 members, 5 an emoji, 6 a role. */
export const idIn = (guild: string, offset: number): string => String(BigInt(guild) + BigInt(offset));

/** What a bot keeps in its process, which ends with it. */
export interface Kept {
  /** What the bot's own members heard, one text for each time. */
  readonly heard: readonly string[];
  readonly settings: readonly (readonly [string, string])[];
  /** How many commands were counted since the bot was made. */
  readonly counted: number;
}

/** A bot as its own code sees it, and what was done to the world outside. */
export interface FilledBot {
  readonly client: Client;
  /** Requests to Discord, and what the bot's own members heard. */
  readonly effects: () => readonly string[];
  /** Requests and gateway packets to Discord, one text for each. */
  readonly sent: readonly string[];
  readonly kept: () => Kept;
}

const add = (manager: object, data: object): unknown => (manager as { _add(data: object): unknown })._add(data);

function addGuild(client: Client, shard: number, index: number): void {
  const id = guildId(shard, index);
  const user = (offset: number) => ({ id: idIn(id, offset), username: `user-${offset}`, discriminator: '0' });
  add(client.guilds, {
    id,
    shardId: shard,
    name: `guild ${shard}/${index}`,
    owner_id: idIn(id, 3),
    member_count: 10 + shard + index,
    features: [],
    roles: [
      { id, name: '@everyone', permissions: '0', position: 0 },
      { id: idIn(id, 6), name: 'mods', permissions: '8', position: 1 },
    ],
    channels: [1, 2].map((n) => ({
      id: idIn(id, n),
      type: ChannelType.GuildText,
      name: `text-${n}`,
      permission_overwrites: [],
    })),
    members: [
      { user: user(3), roles: [idIn(id, 6)], joined_at: '2024-01-01T00:00:00.000Z' },
      { user: user(4), roles: [], joined_at: '2024-02-01T00:00:00.000Z' },
    ],
    emojis: [{ id: idIn(id, 5), name: `smile${shard}`, roles: [] }],
  });
}

/** What Discord would answer, as far as discord.js looks at it. */
function answerTo(method: string, route: string, body: unknown): unknown {
  if (route === '/users/@me/channels') {
    const { recipient_id } = body as { readonly recipient_id: string };
    return {
      id: '77',
      type: ChannelType.DM,
      recipients: [{ id: recipient_id, username: 'friend', discriminator: '0' }],
    };
  }
  const user = /^\/users\/(\d+)$/.exec(route)?.[1];
  if (user !== undefined) return { id: user, username: 'friend', discriminator: '0' };
  const channel = /^\/channels\/(\d+)\/messages$/.exec(route)?.[1];
  if (method !== 'POST' || channel === undefined) return undefined;
  const author = { id: '42', username: 'bot', discriminator: '0' };
  const when = '2024-03-01T00:00:00.000Z';
  const empty = {
    attachments: [],
    embeds: [],
    components: [],
    mentions: [],
    mention_roles: [],
    type: 0,
    pinned: false,
  };
  return { ...(throughJson(body) as object), ...empty, id: '4242', channel_id: channel, author, timestamp: when };
}

function withoutNetwork(client: Client, note: (text: string) => void): void {
  const { rest } = client;
  for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
    rest[method] = async (route: string, request?: { readonly body?: unknown }) => {
      const { body } = request ?? {};
      note(`${method.toUpperCase()} ${route} ${JSON.stringify(body ?? null)}`);
      return answerTo(method.toUpperCase(), route, body);
    };
  }
}

/** Members of the bot's own, as bots put them on their client. */
function ownMembers(note: (text: string) => void, own: readonly number[]) {
  const balances = new Map([['7', 70]]);
  return {
    // With one process per shard, each of them has counted its own.
    commandsRun: (commandsRun * own.length) / shards.length,
    settings: new Map<string, string>(),
    // Of its own guilds alone a process has something that plays.
    players: new Map(own.map((shard) => [guildId(shard, 2), { stop: () => note(`stop ${shard}`) }])),
    bank: {
      balanceOf: (id: string) => balances.get(id) ?? null,
      pay: (id: string, sum: number) => note(`pay ${id} ${sum}`),
    },
    reloadLocales: (language: string) => note(`reload ${language}`),
    startedOn: new Date(0),
  };
}

/** The bot's own user, and the gateway, as far as it is written to. */
function addOwnUser(client: Client, own: readonly number[], note: (text: string) => void): void {
  for (const shard of own) {
    const socket = { id: shard, status: 0, ping: 100 + shard, send: () => undefined };
    (client.ws.shards as Collection<number, unknown>).set(shard, socket);
  }
  const send = (shard: number, packet: unknown): void => note(`shard ${shard} ${JSON.stringify(packet)}`);
  Object.assign(client.ws, { _ws: { send }, status: Status.Ready });
  client.user = Reflect.construct(ClientUser, [
    client,
    { id: '42', username: 'bot', discriminator: '0' },
  ]) as ClientUser;
  client.users.cache.set(client.user.id, client.user);
}

/**
 * Makes a bot; two of them with the same shards are equal.
 *
 * @param own - the shards of its process; all of them by default
 */
export function filledBot(own: readonly number[] = shards): FilledBot {
  const client: Client = new Bot({ intents: [GatewayIntentBits.Guilds], shards: [...own], shardCount: shards.length });
  const noted: string[] = [];
  const sent: string[] = [];
  const heard: string[] = [];
  const noteIn = (list: string[]) => (text: string) => {
    noted.push(text);
    list.push(text);
  };
  withoutNetwork(client, noteIn(sent));
  for (const shard of own) for (const index of [0, 1, 2]) addGuild(client, shard, index);
  // A direct message is a matter of the first shard, and its channel is cached there alone.
  if (own.includes(0)) addDirectMessages(client);
  addOwnUser(client, own, (text) => sent.push(text));
  const mine = ownMembers(noteIn(heard), own);
  Object.assign(client, mine);
  putMembers(client, mine.players);
  client.on('warn', (text) => noteIn(heard)(`heard ${text}`));
  const { settings, commandsRun } = mine;
  // What is done to the process is done once for several shards now, so it is compared as a set.
  const effects = () => [...new Set([...noted, JSON.stringify([...settings])])].sort();
  const counted = (): number => (client as unknown as typeof mine).commandsRun - commandsRun;
  return { client, effects, sent, kept: () => ({ heard, settings: [...settings], counted: counted() }) };
}

function addDirectMessages(client: Client): void {
  const recipients = [{ id: '9007', username: 'friend', discriminator: '0' }];
  add(client.channels, { id: '900', type: ChannelType.DM, recipients });
}

interface Evaluating {
  _eval(script: string): unknown;
}

/** What the bot counted in all; with one process per shard, each of them has counted its own. */
const commandsRun = 12;

/** One shard's process: what the bot keeps on its client is this process's own. */
const inOwnProcess = (view: Client): Client =>
  new Proxy(view, {
    get: (target, key) => (key === 'commandsRun' ? commandsRun / shards.length : Reflect.get(target, key)),
  });

/** As it comes out of a child process. */
const throughJson = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** What discord.js makes of an error on its way: name, message and stack are kept. */
function plainError(error: unknown): Error {
  const { name, message, stack } = error as Error;
  return Object.assign(new Error(message), { name, stack });
}

/**
 * `client.shard` as discord.js has it: texts evaluated inside `Client#_eval`, shard by shard, context and results as JSON.
 *
 * @see https://github.com/discordjs/discord.js/blob/14.28.1/packages/discord.js/src/sharding/ShardClientUtil.js
 */
export function stockShards(client: Client): object {
  const views = createViews(client, shards);
  const onEach = async (shard: number | undefined, script: (view: Client) => unknown): Promise<unknown> => {
    // One process sees each of its users; only all of them together see each user once.
    const chosen =
      shard === undefined ? [...views.values()] : [...createViews(client, [shard], { users: 'whole' }).values()];
    try {
      const results = await Promise.all(chosen.map(async (view) => throughJson(await script(inOwnProcess(view)))));
      return shard === undefined ? throughJson(results) : results[0];
    } catch (error) {
      throw plainError(error);
    }
  };
  return {
    client,
    ids: shards,
    count: shards.length,
    broadcastEval: (fn: unknown, options: { readonly context?: unknown; readonly shard?: number } = {}) => {
      const script = typeof fn === 'function' ? `(${fn})(this, ${JSON.stringify(options.context)})` : String(fn);
      return onEach(options.shard, (view) => (view as unknown as Evaluating)._eval(script));
    },
    fetchClientValues: (path: string, shard?: number) =>
      onEach(shard, (view) =>
        path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], view),
      ),
  };
}
