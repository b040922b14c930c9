/** type-tests/remote: what an object looks like from another node. */
import type { Client, Guild } from 'discord.js';
import { type Arriving, type ClusterManager, type Proxied, proxy, type Remote, releaseProxy } from 'shardlift';
import { expectType } from 'tsd';

declare const client: Client;
declare const manager: ClusterManager;

interface Counter {
  count: number;
  next(): number;
}
interface Api {
  version: string;
  at: Date;
  guild: Guild;
  guilds: { count(): number; name(id: string): Promise<string | undefined> };
  ban(id: string, days?: number): boolean;
  each(callback: (n: number) => void): void;
  counter(): Proxied<Counter>;
  home(): Promise<Guild>;
}

const api = client.cluster.remote<Api>({ guild: '1' });
expectType<Remote<Api>>(api);
expectType<Remote<Api>>(manager.remote<Api>({ cluster: 1 }, { timeoutMs: 5_000, whenUnavailable: 'wait' }));
expectType<Remote<Api>>(client.cluster.remote<Api>('manager'));

// Properties and results are promises of what arrives.
expectType<string>(await api.version);
expectType<Date>(await api.at);
expectType<Promise<boolean>>(api.ban('1'));
expectType<Promise<number>>(api.guilds.count());
expectType<Promise<string | undefined>>(api.guilds.name('1'));
expectType<Arriving<Guild>>(await api.home());
expectType<Arriving<Guild>>(await api.guild);

// What stays where it is comes as a remote object, and can be given back.
const counter = await api.counter();
expectType<Promise<number>>(counter.next());
expectType<Promise<number>>(counter.count);
expectType<void>(counter[releaseProxy]());
await api.each(proxy((n: number) => expectType<number>(n)));

// @ts-expect-error unknown name
api.bann('1');
// @ts-expect-error wrong data
api.ban(1);
// @ts-expect-error a result is a promise
api.ban('1') === true;
// @ts-expect-error of another name
client.cluster.remote<Api>({ guildId: '1' });
// @ts-expect-error durations carry their unit
client.cluster.remote<Api>({ cluster: 1 }, { timeout: 5 });
// @ts-expect-error only objects can be exposed
client.cluster.expose(5);
// @ts-expect-error a function is marked by proxy, a text cannot be
proxy('text');

// @ts-expect-error only methods can be called
api.version();
// @ts-expect-error what arrives of a guild has no methods
(await api.home()).leave();
// @ts-expect-error a callback takes what the object gives it
await api.each(proxy((text: string) => text.length));

const takeBack = client.cluster.expose({ version: '1' });
expectType<void>(takeBack());
expectType<void>(manager.expose({ version: '1' })());
