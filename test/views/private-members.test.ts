import { Client, ShardClientUtil } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createViews, shardOfView } from '../../src/views/view.ts';
import { fill, guildsPerShard, options, shards } from './split-client.ts';

/** discord.js's class as it is at run time: open to subclasses. */
const Util = ShardClientUtil as unknown as new (client: Client, mode: undefined) => { readonly client: Client };
/** What `client.shard` of an eval for shard 1 is, when a bot has put one of its own there. */
function utilIn<T extends object>(Own: new (client: Client, mode: undefined) => T): T {
  const client = fill(new Client(options));
  Object.assign(client, { shard: new Own(client, undefined) });
  return createViews(client, shards).get(1)?.shard as unknown as T;
}
const all = guildsPerShard * shards.length;

/** As a module keeps private members in a WeakMap. */
const secrets = new WeakMap<object, string>();

describe('a member stays on the real object', () => {
  test('that asks a WeakMap of its module for it', () => {
    class Keeping extends Util {
      constructor(client: Client, mode: undefined) {
        super(client, mode);
        secrets.set(this, 'kept');
      }
      secret(): string | undefined {
        return secrets.get(this);
      }
      guildCount(): number {
        return this.client.guilds.cache.size;
      }
    }
    const util = utilIn(Keeping);
    expect([util.secret(), util.guildCount()]).toEqual(['kept', guildsPerShard]);
  });

  test('of a Client class, too', () => {
    const known = new WeakSet<object>();
    class Bot extends Client {
      note(): void {
        known.add(this);
      }
      get isKnown(): boolean {
        return known.has(this);
      }
    }
    const client = fill(new Bot(options));
    client.note();
    expect((createViews(client, shards).get(1) as unknown as Bot).isKnown).toBe(true);
  });

  test('that hands it to a static of its class', () => {
    class Mine extends Util {
      readonly #factor = 3;
      static read(util: Mine): number {
        return util.#factor;
      }
      static twice(times: number, util: Mine): number {
        return times * Mine.read(util);
      }
      viaStatic(): number {
        return Mine.read(this);
      }
      viaBoth(): number {
        return Mine.twice(2, this);
      }
      viaClass(): number {
        return (this.constructor as typeof Mine).read(this);
      }
      read(): number {
        return this.client.guilds.cache.size;
      }
      reads(): number {
        return this.read();
      }
    }
    const util = utilIn(Mine);
    expect([util.viaStatic(), util.viaBoth(), util.viaClass()]).toEqual([3, 6, 3]);
    expect([util.read(), util.reads()]).toEqual([guildsPerShard, guildsPerShard]);
  });

  test('that gets to private members by super, over several classes', () => {
    class First extends Util {
      readonly #factor = 3;
      factor(): number {
        return this.#factor;
      }
    }
    class Second extends First {
      override factor(): number {
        return super.factor() + 1;
      }
    }
    class Third extends Second {
      override factor(): number {
        return super.factor() + 1;
      }
      byName(name: 'factor'): number {
        return super[name]();
      }
    }
    const util = utilIn(Third);
    expect([util.factor(), util.byName('factor')]).toEqual([5, 4]);
  });
});

test('a member that gets to discord.js by super is of its shard, whatever else is private', () => {
  class Mine extends Util {
    readonly #factor = 3;
    product(): number {
      return this.#factor * this.client.guilds.cache.size;
    }
    shard(): number | undefined {
      return Reflect.get(this, shardOfView) as number | undefined;
    }
    send(): number | undefined {
      return typeof super.toString === 'function' ? this.shard() : undefined;
    }
  }
  const util = utilIn(Mine);
  expect([util.send(), util.product()]).toEqual([1, 3 * all]);
});

test('a member that an own one takes the place of stays on the real object no longer', () => {
  class First extends Util {
    readonly #factor = 3;
    guildCount(): number {
      return this.#factor * this.client.guilds.cache.size;
    }
  }
  class Second extends First {
    override guildCount(): number {
      return this.client.guilds.cache.size;
    }
    product(): number {
      return super.guildCount();
    }
  }
  const util = utilIn(Second);
  expect([util.guildCount(), util.product()]).toEqual([guildsPerShard, 3 * all]);
});
