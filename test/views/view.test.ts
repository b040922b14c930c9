import { setImmediate as nextTurn } from 'node:timers/promises';
import { Client, Collection, GuildManager, Options, type User } from 'discord.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createViews, shardOfView, type ViewClient } from '../../src/views/view.ts';
import { add, addGuild, fill, guildId, guildsPerShard, options, shards, splitClient } from './split-client.ts';

const sizes = (views: Map<number, ViewClient>, of: (view: ViewClient) => number) => [...views.values()].map(of);
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const the = (views: Map<number, ViewClient>, shard: number): ViewClient => {
  const view = views.get(shard);
  if (view === undefined) throw new Error(`no view of shard ${shard}`);
  return view;
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the views of all shards', () => {
  test('add up to the whole client: guilds, channels, users and emojis', () => {
    const client = splitClient();
    const views = createViews(client, shards);
    expect(sizes(views, (c) => c.guilds.cache.size)).toEqual([guildsPerShard, guildsPerShard, guildsPerShard]);
    expect(sum(sizes(views, (c) => c.channels.cache.size))).toBe(client.channels.cache.size);
    expect(sum(sizes(views, (c) => c.users.cache.size))).toBe(client.users.cache.size);
    expect(sum(sizes(views, (c) => c.emojis.cache.size))).toBe(client.emojis.cache.size);
    expect(sum(sizes(views, (c) => c.guilds.cache.reduce((n, guild) => n + guild.memberCount, 0)))).toBe(
      client.guilds.cache.reduce((n, guild) => n + guild.memberCount, 0),
    );
  });

  test('show every guild, channel and user in exactly one view, whether looked up or listed', () => {
    const client = splitClient();
    for (const kind of ['guilds', 'channels', 'users'] as const) {
      for (const id of client[kind].cache.keys()) {
        const views = [...createViews(client, shards).values()];
        expect(views.filter((view) => view[kind].cache.has(id))).toHaveLength(1);
        expect(views.filter((view) => view[kind].cache.get(id) !== undefined)).toHaveLength(1);
        expect(views.filter((view) => [...view[kind].cache.keys()].includes(id))).toHaveLength(1);
      }
    }
  });

  test('keep the order of the whole', () => {
    const client = splitClient();
    for (const [shard, view] of createViews(client, shards)) {
      const expected = [...client.guilds.cache.values()]
        .filter((guild) => guild.shardId === shard)
        .map((guild) => guild.id);
      expect(view.guilds.cache.map((guild) => guild.id)).toEqual(expected);
    }
  });

  test('keep direct messages with the lowest shard', () => {
    const views = createViews(splitClient(), shards);
    expect(sizes(views, (c) => c.channels.cache.filter((channel) => channel.isDMBased()).size)).toEqual([2, 0, 0]);
  });

  test('are looked up without a pass over the cache', () => {
    const client = splitClient();
    const passes = vi.spyOn(client.channels.cache, 'values');
    const views = createViews(client, shards);
    const id = String(BigInt(guildId(1, 0)) + 1n);
    expect(sizes(views, (c) => (c.channels.cache.get(id) === undefined ? 0 : 1))).toEqual([0, 1, 0]);
    expect(passes).not.toHaveBeenCalled();
  });

  test('share one pass over the cache', () => {
    const client = splitClient();
    const passes = vi.spyOn(client.channels.cache, 'values');
    for (const view of createViews(client, shards).values()) view.channels.cache.map((channel) => channel.id);
    expect(passes).toHaveBeenCalledTimes(1);
  });
});

describe('one view', () => {
  test('passes for the client, its managers and their collections', () => {
    const view = the(createViews(splitClient(), shards), 1);
    expect(view).toBeInstanceOf(Client);
    expect(view.guilds).toBeInstanceOf(GuildManager);
    expect(view.guilds.cache).toBeInstanceOf(Collection);
    expect(view.guilds.cache.constructor.name).toBe('Collection');
    expect(view.guilds.cache.filter(() => true).constructor).toBe(Collection);
  });

  test('does not see a guild, channel or emoji of a sibling shard', () => {
    const view = the(createViews(splitClient(), shards), 1);
    const foreign = guildId(2, 0);
    expect(view.guilds.cache.get(foreign)).toBeUndefined();
    expect(view.guilds.resolve(foreign)).toBeNull();
    expect(view.channels.cache.get(String(BigInt(foreign) + 1n))).toBeUndefined();
    expect(view.emojis.cache.get(String(BigInt(foreign) + 5n))).toBeUndefined();
  });

  test('names its shard and no other', () => {
    const client = splitClient();
    Object.assign(client, { shard: { ids: [...shards], count: 3, client } });
    const view = the(createViews(client, shards), 2);
    expect(view.shard?.ids).toEqual([2]);
    expect(view.shard?.count).toBe(3);
    expect(view.shard?.client).toBe(view);
    expect(view.options.shards).toEqual([2]);
    expect(view.options.shardCount).toBe(3);
    expect(JSON.parse(JSON.stringify(view.options)).shards).toEqual([2]);
  });

  test('has its shard where discord.js 15 keeps it, and no ids where that has none', () => {
    const client = splitClient();
    const { shards: _, ...own } = client.options;
    Object.assign(client, { options: { ...own, ws: { shardIds: [...shards] } }, shard: { client } });
    const view = the(createViews(client, shards), 2);
    expect((view.options.ws as { shardIds?: unknown }).shardIds).toEqual([2]);
    expect('shards' in view.options).toBe(false);
    expect(view.shard?.ids).toBeUndefined();
    expect(Reflect.get(view.shard as object, shardOfView)).toBe(2);
  });

  test('says null for client.shard where the client does', () => {
    expect(the(createViews(splitClient(), shards), 0).shard).toBeNull();
  });

  test('has the ping, the status and the sockets of its shard', () => {
    const client = splitClient();
    const views = createViews(client, shards);
    expect(sizes(views, (c) => c.ws.ping)).toEqual([100, 101, 102]);
    expect(sizes(views, (c) => c.ws.shards.size)).toEqual([1, 1, 1]);
    expect([...the(views, 2).ws.shards.keys()]).toEqual([2]);
  });

  test('is ready as soon as its shard is, and stays so once the client was', () => {
    const client = splitClient();
    const first = the(createViews(client, shards), 0);
    Object.assign(client.ws.shards.get(0) as object, { status: 1 });
    expect([client.isReady(), first.isReady()]).toEqual([false, false]);
    Object.assign(client.ws.shards.get(0) as object, { status: 0 });
    expect([client.isReady(), first.isReady()]).toEqual([false, true]);
    Object.assign(client.ws, { status: 0 });
    Object.assign(client.ws.shards.get(0) as object, { status: 1 });
    expect([client.isReady(), first.isReady()]).toEqual([true, true]);
  });

  test('shows the voice adapters of its own guilds', () => {
    const client = splitClient();
    const adapter = { destroy: () => undefined } as never;
    client.voice.adapters.set(guildId(1, 0), adapter).set(guildId(1, 1), adapter).set(guildId(2, 0), adapter);
    expect(sizes(createViews(client, shards), (c) => c.voice.adapters.size)).toEqual([0, 2, 1]);
  });

  test('writes to the real client, its options and its managers', () => {
    const client = splitClient();
    const view = the(createViews(client, shards), 1);
    Object.assign(view, { flag: 1 });
    Object.assign(view.options, { flag: 2 });
    Object.assign(view.guilds, { flag: 3 });
    expect([client, client.options, client.guilds].map((part) => (part as { flag?: number }).flag)).toEqual([1, 2, 3]);
  });

  test('removes from the real cache only what is its own', () => {
    const client = splitClient();
    const view = the(createViews(client, shards), 1);
    expect(view.guilds.cache.delete(guildId(2, 0))).toBe(false);
    expect(view.guilds.cache.delete(guildId(1, 0))).toBe(true);
    expect(view.guilds.cache.size).toBe(guildsPerShard - 1);
    view.channels.cache.clear();
    expect(client.guilds.cache.has(guildId(2, 0))).toBe(true);
    expect(client.guilds.cache.has(guildId(1, 0))).toBe(false);
    expect(view.channels.cache.size).toBe(0);
    expect(client.channels.cache.size).toBe(2 * guildsPerShard * 2 + 2);
  });

  test('hears what the client emits, and is heard by it', () => {
    const client = splitClient();
    const view = the(createViews(client, shards), 1);
    const heard: string[] = [];
    view.on('debug', (message) => heard.push(message));
    client.emit('debug', 'a');
    view.emit('debug', 'b');
    view.removeAllListeners('debug');
    client.emit('debug', 'c');
    expect(heard).toEqual(['a', 'b']);
  });

  test('evaluates text in the scope of discord.js with the view as this', () => {
    const view = the(createViews(splitClient(), shards), 1) as unknown as { _eval(text: string): unknown };
    expect(view._eval('[this.guilds.cache.size, typeof require, typeof ShardClientUtil]')).toEqual([
      guildsPerShard,
      'function',
      'function',
    ]);
  });

  test('has the cluster of the real client', () => {
    const client = splitClient();
    const seen: unknown[] = [];
    const cluster = {
      get(this: unknown) {
        seen.push(this);
        return cluster;
      },
      configurable: true,
    };
    Object.defineProperty(client, 'cluster', cluster);
    expect((the(createViews(client, shards), 1) as { cluster?: unknown }).cluster).toBe(cluster);
    expect(seen).toEqual([client]);
  });

  test('sees every user when it is aimed at', () => {
    const client = splitClient();
    const view = the(createViews(client, [1], { users: 'whole' }), 1);
    expect(view.users.cache.size).toBe(client.users.cache.size);
    expect(view.guilds.cache.size).toBe(guildsPerShard);
    expect(view.channels.cache.some((channel) => channel.isDMBased())).toBe(false);
  });
});

describe('a manager of a view', () => {
  test('patches the guild of a sibling shard instead of replacing it', () => {
    const client = splitClient();
    const view = the(createViews(client, shards), 1);
    const known = client.guilds.cache.get(guildId(2, 0));
    const added = add(view.guilds, { id: guildId(2, 0), name: 'renamed' });
    expect(added).toBe(known);
    expect(known?.name).toBe('renamed');
    expect(client.guilds.cache.size).toBe(guildsPerShard * shards.length);
  });

  test('answers null for a fetched channel of a sibling shard, as a process of its own would', async () => {
    const client = splitClient();
    const id = String(BigInt(guildId(2, 0)) + 1n);
    vi.spyOn(client.rest, 'get').mockResolvedValue({ id, type: 0, guild_id: guildId(2, 0), name: 'text-1' });
    const views = createViews(client, shards);
    expect(await the(views, 1).channels.fetch(id)).toBeNull();
    expect(await the(views, 2).channels.fetch(id)).toBe(client.channels.cache.get(id));
  });

  test('fetches a cached user without a request', async () => {
    const client = splitClient();
    const request = vi.spyOn(client.rest, 'get').mockRejectedValue(new Error('no request was expected'));
    const user = client.users.cache.first() as User;
    for (const view of createViews(client, shards).values()) expect(await view.users.fetch(user.id)).toBe(user);
    expect(request).not.toHaveBeenCalled();
  });
});

describe('a cache of a view that is held on to', () => {
  test('shows what discord.js has heard since, once the event loop has gone on', async () => {
    const client = splitClient();
    const { cache } = the(createViews(client, shards), 1).guilds;
    expect(cache.size).toBe(guildsPerShard);
    expect(cache.some((guild) => guild.id === guildId(1, 50))).toBe(false);
    await nextTurn();
    addGuild(client, 1, 50);
    client.guilds.cache.delete(guildId(1, 0));
    expect([cache.has(guildId(1, 50)), cache.has(guildId(1, 0))]).toEqual([true, false]);
    expect(cache.map((guild) => guild.id)).toEqual([1, 2, 3, 50].map((index) => guildId(1, index)));
    expect(cache.first(9).map((guild) => guild.id)).toEqual([1, 2, 3, 50].map((index) => guildId(1, index)));
    expect(cache.size).toBe(guildsPerShard);
  });

  test('shows within the same turn what a sweep has left', () => {
    const client = splitClient();
    const view = the(createViews(client, shards, { users: 'partitioned' }), 1);
    const before = view.users.cache.size;
    expect(before).toBeGreaterThan(0);
    expect([...view.users.cache.values()]).toHaveLength(before);
    client.sweepers.sweepUsers(() => true);
    expect([view.users.cache.size, [...view.users.cache.values()]]).toEqual([0, []]);
  });

  test('may be brought up to date in the middle of a loop over it', async () => {
    const client = splitClient();
    const { cache } = the(createViews(client, shards), 1).guilds;
    const visited: string[] = [];
    for (const id of cache.keys()) {
      visited.push(id);
      await nextTurn();
      expect(cache.size).toBe(guildsPerShard);
    }
    expect(visited).toEqual([0, 1, 2, 3].map((index) => guildId(1, index)));
  });
});

describe('a bot with a Client class of its own', () => {
  class PrivateBot extends Client {
    readonly #db = new Map([['prefix', '!']]);
    prefix(): string | undefined {
      return this.#db.get('prefix');
    }
    get settings(): number {
      return this.#db.size;
    }
    greeting(): string {
      return `${this.prefix()}hello to ${this.guilds.cache.size}`;
    }
  }
  class LoudBot extends PrivateBot {
    override prefix(): string {
      return `${super.prefix()}!`;
    }
  }
  class OpenBot extends Client {
    guildCount(): number {
      return this.guilds.cache.size;
    }
    get shardLabel(): string {
      return `shards ${String(this.options.shards)}`;
    }
  }

  test('keeps its private members working', () => {
    const client = fill(new PrivateBot(options));
    for (const view of createViews(client, shards).values()) {
      const bot = view as unknown as PrivateBot;
      expect(bot.prefix()).toBe('!');
      expect(bot.settings).toBe(1);
      expect(bot.guilds.cache.size).toBe(guildsPerShard);
    }
  });

  test('sees one shard in its own members that use no private ones', () => {
    const views = createViews(fill(new PrivateBot(options)), shards);
    for (const view of views.values()) {
      expect((view as unknown as PrivateBot).greeting()).toBe(`!hello to ${guildsPerShard}`);
      expect(view.constructor).toBe(PrivateBot);
    }
  });

  test('keeps private members working that a subclass reaches by super', () => {
    const view = the(createViews(fill(new LoudBot(options)), shards), 1) as unknown as LoudBot;
    expect(view.greeting()).toBe(`!!hello to ${guildsPerShard}`);
  });

  test('keeps private members working behind a wrapper that a decorator has put there', () => {
    class Wrapped extends PrivateBot {}
    const { prefix } = PrivateBot.prototype;
    Object.defineProperty(Wrapped.prototype, 'prefix', {
      value(this: PrivateBot) {
        return prefix.call(this);
      },
    });
    const view = the(createViews(fill(new Wrapped(options)), shards), 1) as unknown as PrivateBot;
    expect(view.prefix()).toBe('!');
  });

  test('keeps private members working that a transpiler has turned into weak maps', () => {
    const __privateGet = (holder: object, from: WeakMap<object, number>) => {
      const value = from.get(holder);
      if (value === undefined) throw new TypeError('Cannot read from private field');
      return value;
    };
    const secret = new WeakMap<object, number>();
    class Lowered extends Client {
      read(): number {
        return __privateGet(this, secret);
      }
    }
    const client = fill(new Lowered(options));
    secret.set(client, 42);
    expect((the(createViews(client, shards), 1) as unknown as Lowered).read()).toBe(42);
  });

  test('sees one shard in its own methods and getters when it has no private members', () => {
    const views = createViews(fill(new OpenBot(options)), shards);
    expect(sizes(views, (c) => (c as unknown as OpenBot).guildCount())).toEqual([4, 4, 4]);
    expect((the(views, 1) as unknown as OpenBot).shardLabel).toBe('shards 1');
  });
});

describe('a client that cannot or need not be split', () => {
  test('is its own view when it runs one shard', () => {
    const client = new Client({ ...options, shards: [2] });
    expect(createViews(client, [2]).get(2)).toBe(client);
  });

  test('splits limited caches too', () => {
    const client = fill(new Client({ ...options, makeCache: Options.cacheWithLimits({ UserManager: 5 }) }));
    const views = createViews(client, shards);
    expect(client.users.cache.size).toBe(5);
    expect(sum(sizes(views, (c) => c.users.cache.size))).toBe(5);
    expect(the(views, 0).users.cache.filter(() => true).constructor).toBe(Collection);
  });
});
