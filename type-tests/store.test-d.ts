/** type-tests/store: values and their types, in the store and in its namespaces. */
import type { ClusterClient, ClusterManager, Store, StoreOptions, StoreStats } from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

declare const cluster: ClusterClient;
declare const manager: ClusterManager;
const { store } = cluster;

expectType<Store>(store);
expectType<Store>(manager.store);

// What is read is what one says it is, or nothing.
expectType<Promise<unknown>>(store.get('k'));
expectType<Promise<number | undefined>>(store.get<number>('k'));
expectType<Promise<{ at: Date; names: Map<bigint, string> } | undefined>>(
  store.get<{ at: Date; names: Map<bigint, string> }>('k'),
);
// It arrives as a copy: a Buffer as its bytes, things with toJSON as its result.
expectType<Promise<{ bytes: Uint8Array } | undefined>>(store.get<{ bytes: Buffer }>('k'));
expectType<Promise<string | undefined>>(store.get<{ toJSON(): string }>('k'));

expectType<Promise<void>>(store.set('k', { any: 'thing' }, { ttlMs: 5_000, signal: new AbortController().signal }));
expectType<Promise<void>>(store.set('k', 1, 5_000));
expectType<Promise<void>>(store.set('k', 1, { ttl: 30_000, timeout: 5_000 }));
expectType<Promise<boolean>>(store.setIfAbsent('k', 1));
expectType<Promise<boolean>>(store.compareAndSet('k', undefined, 1));
expectType<Promise<boolean>>(store.has('k', 5_000));
expectType<Promise<boolean>>(store.delete('k'));
expectType<Promise<boolean>>(store.touch('k', null));
expectType<Promise<number | null | undefined>>(store.ttl('k'));
expectType<Promise<number>>(store.increment('k'));
expectType<Promise<string[]>>(store.keys());
expectType<Promise<number>>(store.size());
expectType<Promise<number>>(store.clear());
expectType<Promise<StoreStats>>(store.stats());
// @ts-expect-error a key is text
store.get(5);
// @ts-expect-error there is no such option
store.set('k', 1, { tll: 5 });
// @ts-expect-error a time to live is a number
store.set('k', 1, { ttlMs: '5s' });
// @ts-expect-error the new time to live is needed
store.touch('k');
// @ts-expect-error only what computes has a lease
store.set('k', 1, { leaseMs: 5 });

// getOrSet takes its type from the function.
expectType<Promise<number>>(store.getOrSet('k', () => 5 as number));
expectType<Promise<{ at: Date }>>(
  store.getOrSet('k', async () => ({ at: new Date() }), { ttlMs: 5_000, leaseMs: 100 }),
);
expectType<Promise<{ guild: string }>>(store.getOrSet('k', () => ({ guild: { toJSON: (): string => '1' } })));
// @ts-expect-error the value is computed by a function
store.getOrSet('k', 5);

// A namespace has the type of its values.
const coins = store.namespace<number>('coins');
expectType<Store<number>>(coins);
expectType<Promise<number | undefined>>(coins.get('k'));
expectType<Promise<number>>(coins.getOrSet('k', () => 5 as number));
expectType<Promise<void>>(coins.set('k', 5));
expectType<Store>(store.namespace('any'));
expectType<Store<1 | 2>>(coins.namespace<1 | 2>('few'));
// @ts-expect-error only numbers are in there
coins.set('k', 'five');
// @ts-expect-error only numbers are in there
coins.getOrSet('k', () => 'five');
// @ts-expect-error what is below holds no more than that
coins.namespace<string>('names');

// What is read is used as what it is.
const read = await coins.get('k');
// @ts-expect-error there may be none
read.toFixed();
expectType<string | undefined>(read?.toFixed());
// @ts-expect-error what is unknown has to be looked at first
(await store.get('k')).any;
// @ts-expect-error a function is in no store
(await store.get<() => number>('k'))?.();
// @ts-expect-error compared and written is what the namespace holds
coins.compareAndSet('k', 1, '2');
// @ts-expect-error only what computes has a lease
coins.setIfAbsent('k', 1, { leaseMs: 5 });
// @ts-expect-error a key alone counts up by one, another step is a number
store.increment('k', '1');
// @ts-expect-error a namespace goes by its name
store.namespace();
// @ts-expect-error a store of numbers is no store of text
const names: Store<string> = coins;
expectType<Store<string>>(names);

expectAssignable<StoreOptions>({ maxEntries: 5, maxBytes: null, snapshot: { file: 'store.snapshot', everyMs: 1_000 } });
expectNotAssignable<StoreOptions>({ maxEntries: 'many' });
expectNotAssignable<StoreOptions>({ snapshot: { everyMs: 1_000 } });
