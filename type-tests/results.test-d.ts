/** type-tests/results: what comes back from many, and what may be done with it. */
import {
  type ClusterIpc,
  type ResultAnswer,
  ResultCollection,
  type ResultEntry,
  type ResultFailure,
  type ResultPromise,
} from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

declare const numbers: ResultCollection<number>;
declare const lists: ResultCollection<readonly string[] | null>;

// An entry says first whether there is a value.
for (const entry of lists) {
  expectType<ResultEntry<readonly string[] | null>>(entry);
  expectType<number>(entry.id);
  if (entry.ok) {
    expectType<readonly string[] | null>(entry.value);
    expectAssignable<ResultAnswer<readonly string[] | null>>(entry);
    expectType<true | undefined>(entry.starting);
    // @ts-expect-error a value is no failure
    entry.error;
  } else {
    expectType<Error>(entry.error);
    // @ts-expect-error a failure has no value
    entry.value;
  }
  // @ts-expect-error whether there is a value has to be asked first
  entry.value;
}
expectAssignable<ResultEntry<string>>({ id: 0, ok: true, value: 'x' });
expectAssignable<ResultEntry<string>>({ id: 0, ok: false, clusterId: 0, error: new Error('x') });
expectNotAssignable<ResultEntry<string>>({ id: 0, ok: true, value: 1 });
expectNotAssignable<ResultAnswer<string>>({ id: 0, ok: true, value: 'x', starting: false });
expectNotAssignable<ResultEntry<string>>({ id: 0, ok: true, error: new Error('x') });
expectNotAssignable<ResultEntry<string>>({ id: 0, ok: false, value: 'x' });

// All ends of a collection.
expectType<(readonly string[] | null)[]>(lists.values());
expectType<(readonly string[] | null)[]>(lists.valuesOrThrow());
expectType<ResultCollection<readonly string[] | null>>(lists.throwIfError());
expectType<ResultFailure[]>(lists.errors());
expectType<boolean>(lists.allOk());
expectType<number[]>(lists.starting());
expectType<[number, number, number]>([lists.size, lists.successCount, lists.errorCount]);
expectType<readonly string[] | null | undefined>(lists.get(0));
expectType<readonly string[] | undefined>(lists.first());
expectType<readonly string[] | null | undefined>(lists.find((list, id) => list !== null && id > 0));
expectType<number[]>(lists.map((list, id) => (list?.length ?? 0) + id));
expectType<(string | null)[]>(lists.flat());
expectType<number>(numbers.sum());
expectType<number>(numbers.sum((value) => value * 2));
expectType<number>(lists.sum((list) => list?.length ?? 0));
expectType<ResultCollection<number>>(new ResultCollection<number>([{ id: 0, ok: true, value: 1 }]));
// @ts-expect-error lists cannot be added up
lists.sum();
// @ts-expect-error an id is a number
lists.get('0');
// @ts-expect-error a collection is no array
lists.length;
// @ts-expect-error the answer may be missing
numbers.get(0).toFixed();
// @ts-expect-error what is summed up is a number
lists.sum((list) => list);
// @ts-expect-error a value of another kind
new ResultCollection<number>([{ id: 0, ok: true, value: 'x' }]);

// The promise carries the common ends; what follows then() is a plain promise.
declare const asked: ResultPromise<number>;
expectType<ResultCollection<number>>(await asked);
expectType<Promise<number[]>>(asked.values());
expectType<Promise<number[]>>(asked.valuesOrThrow());
expectType<Promise<number>>(asked.sum());
expectType<Promise<number>>(asked.then((results) => results.size));
// @ts-expect-error errors are asked of the collection
asked.errors();
// @ts-expect-error values are there once it is awaited
asked.values().map((value) => value);
declare const texts: ResultPromise<string>;
expectType<Promise<number>>(texts.sum((text) => text.length));
// @ts-expect-error texts cannot be added up
texts.sum();

// requestAll and requestAllShards give it.
declare const ipc: ClusterIpc;
expectType<ResultPromise<number>>(ipc.requestAll('guildCount'));
expectType<ResultPromise<number>>(ipc.requestAllShards('guildCount'));
// @ts-expect-error one request has one result
ipc.requestTo(1, 'guildCount').values();
