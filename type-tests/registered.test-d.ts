/** type-tests/registered: with handlers registered, names, data and results are known everywhere. */
import type { Client } from 'discord.js';
import {
  type ClusterIpc,
  type ClusterManager,
  defineHandlers,
  defineManagerHandlers,
  type ManagerHandlerContext,
  type ManagerInlineHandler,
  type ResultCollection,
  type ResultPromise,
  type TypedIpc,
  type TypedManagerRequests,
  type UntypedManagerRequests,
} from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

interface Invite {
  readonly code: string;
  toJSON(): { code: string; at: Date };
}
declare const invite: Invite;

export const handlers = defineHandlers({
  guildCount: (client) => client.guilds.cache.size,
  userTag: (client, { id }: { id: string }) => client.users.cache.get(id)?.tag,
  since: async (_client, _data: undefined, context) => ({ at: new Date(), shard: context.shardId }),
  invite: async () => invite,
  guild: (client, id: string) => client.guilds.cache.get(id) ?? null,
  names: () => new Map([['a', new Set([1n])]]),
  bytes: () => Buffer.from('x'),
  callback: () => () => 1,
  maybe: (_client, limit?: number) => limit ?? 0,
  nothing: () => undefined,
  // biome-ignore lint/suspicious/noExplicitAny: what code that was moved here said of its data
  anything: (_client, data: any) => String(data.id),
  // It calls the cluster itself: the written return type keeps TypeScript out of a circle.
  total: async (client): Promise<number> => client.cluster.ipc.requestAll('guildCount').sum(),
});

export const managerHandlers = defineManagerHandlers({
  clusters: (own) => {
    expectType<ClusterManager>(own);
    return own.clusters.size;
  },
  settings: async (_manager, { guildId }: { guildId: string }, context) => {
    expectType<ManagerHandlerContext>(context);
    return guildId === '' ? null : guildId;
  },
});
defineManagerHandlers({
  // @ts-expect-error the manager comes first
  bad: (data: { id: string }) => data.id,
});

declare module 'shardlift' {
  interface Register {
    handlers: typeof handlers;
    managerHandlers: typeof managerHandlers;
  }
}

declare const client: Client;
declare const manager: ClusterManager;
const { ipc } = client.cluster;

// Every kind of request knows the result.
expectType<Promise<number>>(ipc.request('guildCount'));
expectType<Promise<number>>(ipc.requestTo(0, 'guildCount'));
expectType<Promise<string | undefined>>(ipc.requestToShard(3, 'userTag', { id: '1' }));
expectType<Promise<string | undefined>>(ipc.requestToGuild('1', 'userTag', { id: '1' }));
expectType<ResultPromise<number>>(ipc.requestAll('guildCount'));
expectType<ResultPromise<number>>(ipc.requestAllShards('guildCount'));
expectType<Promise<number>>(manager.ipc.request('guildCount'));
expectType<Promise<number>>(ipc.request('total'));
expectType<ResultCollection<number>>(await ipc.requestAll('guildCount'));

// What arrives is what the wire makes of it.
expectType<Promise<{ at: Date; shard: number | undefined }>>(ipc.request('since'));
expectType<Promise<{ code: string; at: Date }>>(ipc.request('invite'));
expectType<Promise<Map<string, Set<bigint>>>>(ipc.request('names'));
expectType<Promise<Uint8Array>>(ipc.request('bytes'));
expectType<Promise<undefined>>(ipc.request('nothing'));
expectType<Promise<never>>(ipc.request('callback'));
// @ts-expect-error a function is refused: there is nothing to call
(await ipc.request('callback'))();
const guild = await ipc.request('guild', '1');
// @ts-expect-error a guild arrives as its JSON: it has no methods
guild?.leave();

// Data is asked for exactly when the handler takes some.
ipc.request('guildCount', undefined, 500);
ipc.request('userTag', { id: '1' }, { timeoutMs: 500, to: { guild: '1' } });
expectType<Promise<number>>(ipc.requestTo(1, 'guildCount', undefined, { whenUnavailable: 'wait' }));
// @ts-expect-error it fails or it waits
ipc.requestTo(1, 'guildCount', undefined, { whenUnavailable: 'queue' });
ipc.request('maybe');
ipc.request('maybe', 5);
// Data of any type may be anything, or nothing.
expectType<Promise<string>>(ipc.request('anything', { id: '1' }));
ipc.request('anything');
// @ts-expect-error userTag takes data
ipc.request('userTag');
// @ts-expect-error of this shape
ipc.request('userTag', { name: 'x' });
// @ts-expect-error a number is no id
ipc.requestAll('userTag', { id: 1 });
// @ts-expect-error guildCount takes none
ipc.request('guildCount', { id: '1' });
// @ts-expect-error a limit is a number
ipc.request('maybe', '5');

// So it is in every kind of request.
// @ts-expect-error userTag takes data
ipc.requestTo(1, 'userTag');
// @ts-expect-error a number is no id
ipc.requestTo(1, 'userTag', { id: 1 });
// @ts-expect-error userTag takes data
ipc.requestToShard(1, 'userTag');
// @ts-expect-error a number is no id
ipc.requestToShard(1, 'userTag', { id: 1 });
// @ts-expect-error userTag takes data
ipc.requestToGuild('1', 'userTag');
// @ts-expect-error a number is no id
ipc.requestToGuild('1', 'userTag', { id: 1 });
// @ts-expect-error userTag takes data
ipc.requestAll('userTag');
// @ts-expect-error userTag takes data
ipc.requestAllShards('userTag');
// @ts-expect-error a number is no id
ipc.requestAllShards('userTag', { id: 1 });
// @ts-expect-error a number is no id
manager.ipc.requestTo(1, 'userTag', { id: 1 });

// A name nobody answers does not compile, in any kind of request.
// @ts-expect-error unknown name
ipc.request('guildCuont');
// @ts-expect-error unknown name
ipc.requestTo(1, 'guildCuont');
// @ts-expect-error unknown name
ipc.requestToShard(1, 'guildCuont');
// @ts-expect-error unknown name
ipc.requestToGuild('1', 'guildCuont');
// @ts-expect-error unknown name
ipc.requestAll('guildCuont');
// @ts-expect-error unknown name
ipc.requestAllShards('guildCuont');
// @ts-expect-error unknown name
manager.ipc.requestAll('guildCuont');

// A target is what it is.
// @ts-expect-error a cluster is a number
ipc.requestTo('1', 'guildCount');
// @ts-expect-error a shard is a number
ipc.requestToShard('1', 'guildCount');
// @ts-expect-error a guild's id is text: as a number it would lose its last digits
ipc.requestToGuild(613425648685, 'guildCount');
// @ts-expect-error one target, of a kind that there is
ipc.request('guildCount', undefined, { to: { user: '1' } });
// @ts-expect-error durations carry their unit
ipc.requestAll('guildCount', undefined, { timeout: 5 });

// A result is used as what it is.
// @ts-expect-error a count is no text
(await ipc.request('guildCount')).toUpperCase();
// @ts-expect-error the tag may be missing
(await ipc.request('userTag', { id: '1' })).toUpperCase();

// sum() works by itself on numbers only.
expectType<Promise<number>>(ipc.requestAll('guildCount').sum());
// @ts-expect-error a tag cannot be summed up
ipc.requestAll('userTag', { id: '1' }).sum();
expectType<Promise<number>>(ipc.requestAll('userTag', { id: '1' }).sum((tag) => tag?.length ?? 0));

// An inline handler of a registered name takes and gives what is registered, as data has become on its way.
ipc.handle('userTag', (data, context) => {
  expectType<{ id: string }>(data);
  return context.client.users.cache.get(data.id)?.tag;
});
ipc.handle('guildCount', async () => 5);
ipc.handle('guildCount', handlers.guildCount);
ipc.handle('userTag', handlers.userTag);
// @ts-expect-error of another shape
ipc.handle('userTag', (data: { name: string }) => data.name);
// @ts-expect-error a count is a number
ipc.handle('guildCount', () => 'five');
// @ts-expect-error the handler of another name
ipc.handle('guildCount', handlers.userTag);
// Other names are not registered: data is unknown unless the handler says it.
ipc.handle('other', (data) => expectType<unknown>(data));
ipc.handle('other', (data: { id: string }) => data.id);
// @ts-expect-error nobody said that there is an id
ipc.handle('other', (data) => data.id);
declare const name: string;
ipc.handle(name, (data: { id: string }) => data.id);

// @ts-expect-error a collection is no list of counts
(await ipc.requestAll('guildCount')).reduce((sum, count) => sum + count, 0);
// @ts-expect-error a tag is no number
expectType<(number | undefined)[]>(await ipc.requestAllShards('userTag', { id: '1' }).values());

// The whole of it is a type of the handlers.
expectAssignable<TypedManagerRequests<typeof managerHandlers> & TypedIpc<typeof handlers>>({} as ClusterIpc);
expectAssignable<Omit<ClusterIpc, 'handle'>>(manager.ipc);
expectAssignable<ManagerInlineHandler<{ id: string }, boolean>>(({ id }: { id: string }) => id === '1');
expectNotAssignable<ManagerInlineHandler<{ id: string }, boolean>>(({ id }: { id: number }) => id === 1);
declare const other: TypedIpc<{ double: (client: Client<true>, n: number) => Promise<number> }>;
expectType<Promise<number>>(other.request('double', 2));
// @ts-expect-error it takes a number
other.request('double', '2');
// @ts-expect-error it is not among these handlers
other.request('guildCount');
expectAssignable<Parameters<typeof other.requestTo>>([1, 'double', 2, { timeoutMs: 5 }]);
expectNotAssignable<Parameters<typeof other.requestTo>>([1, 'double']);

// A name may be answered inline too; removing one is asked by any name.
ipc.handle('inline', (data: { id: string }, context) => [data.id, context.from]);
expectType<boolean>(ipc.removeHandler('inline'));
// @ts-expect-error a handler is a function
ipc.handle('inline', 'text');
// @ts-expect-error the client is no part of an inline handler's context
ipc.handle('inline', (data: { id: string }, context: Client) => [data.id, context]);

// The manager's handlers are registered by themselves.
expectType<Promise<string | null>>(ipc.requestManager('settings', { guildId: '1' }));
expectType<Promise<number>>(ipc.requestManager('clusters'));
expectType<Promise<number>>(manager.ipc.requestManager('clusters', undefined, 500));
// @ts-expect-error unknown name
ipc.requestManager('setings', { guildId: '1' });
// @ts-expect-error a handler of the clusters, not of the manager
ipc.requestManager('guildCount');
// @ts-expect-error settings takes data of another shape
ipc.requestManager('settings', { guild: '1' });
declare const untyped: UntypedManagerRequests;
expectType<Promise<unknown>>(untyped.requestManager('settings'));
expectType<Promise<{ a: 1 }>>(untyped.requestManager<{ a: 1 }>('settings'));

// Handlers of the manager know the manager, those of a cluster the client.
manager.ipc.handle('inline', (data: { id: string }, context) => {
  expectType<ClusterManager>(context.manager);
  expectType<AbortSignal>(context.signal);
  // @ts-expect-error there is no client in the manager
  context.client;
  return data.id;
});
manager.ipc.handle('clusters', managerHandlers.clusters);
manager.ipc.handle('settings', managerHandlers.settings);
manager.ipc.handle('settings', ({ guildId }, { manager: own }) => (own.clusters.size === 0 ? null : guildId));
manager.ipc.handle('clusters', async () => 2);
// @ts-expect-error the registered handler gives a number
manager.ipc.handle('clusters', () => 'two');
// @ts-expect-error the registered handler takes { guildId }
manager.ipc.handle('settings', (data: { guild: string }) => data.guild);
// @ts-expect-error what gives the settings does not give the number of clusters
manager.ipc.handle('clusters', managerHandlers.settings);
