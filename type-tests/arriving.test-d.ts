/** type-tests/arriving: what a value has become when it arrives. */
import { type Client, Collection, type Guild } from 'discord.js';
import type { Arriving } from 'shardlift';
import { expectType } from 'tsd';

declare function arrive<T>(value: T): Arriving<T>;
declare const guild: Guild;
declare const client: Client<true>;

// As it was.
expectType<Date>(arrive(new Date()));
expectType<RegExp>(arrive(/x/));
expectType<TypeError>(arrive(new TypeError()));
expectType<bigint | null | undefined>(arrive(null as bigint | null | undefined));
expectType<'a' | 1 | true>(arrive('a' as 'a' | 1 | true));
expectType<string & { readonly brand: 'id' }>(arrive('1' as string & { readonly brand: 'id' }));
expectType<Float64Array<ArrayBuffer>>(arrive(new Float64Array(1)));
expectType<ArrayBuffer>(arrive(new ArrayBuffer(1)));
expectType<[number, string]>(arrive<[number, string]>([1, 'a']));
expectType<readonly { at: Date }[]>(arrive([] as readonly { at: Date }[]));
expectType<{ at: Date; list: string[] }>(arrive({ at: new Date(), list: ['a'] }));
expectType<{ readonly a: number; b?: string }>(arrive({ a: 1 } as { readonly a: number; b?: string }));
expectType<Record<string, Date>>(arrive({} as Record<string, Date>));
expectType<unknown>(arrive(undefined as unknown));

// As something else.
expectType<Uint8Array>(arrive(Buffer.from('x')));
expectType<{ when: string }>(arrive({ when: { toJSON: (): string => 'now' } }));
expectType<Map<string, Set<Uint8Array>>>(arrive(new Map([['a', new Set([Buffer.from('x')])]])));
expectType<Map<string, Date>>(arrive(new Map() as ReadonlyMap<string, Date>));
expectType<number[]>(arrive(new Collection<string, number>()));
// discord.js says no more of a guild's JSON than that it is something.
expectType<unknown>(arrive(guild));
expectType<{ guild: unknown; at: Date }>(arrive({ guild, at: new Date() }));
// @ts-expect-error a guild arrives as its JSON: it has no methods
arrive(guild).leave();
// @ts-expect-error and so do those of a cache, as an array
arrive(client.guilds.cache).get('1');
// @ts-expect-error bytes are no Buffer any more
arrive(Buffer.from('x')).readUInt8();

// Not at all.
expectType<never>(arrive(() => 1));
expectType<never>(arrive(Symbol('x')));
expectType<never>(arrive(Promise.resolve(1)));
expectType<{ a: number; run: never }>(arrive({ a: 1, run: () => 1 }));
class Account {
  coins = 5;
  spend(): number {
    return this.coins;
  }
}
expectType<number>(arrive(new Account()).coins);
// @ts-expect-error a function cannot arrive
arrive({ call: () => 1 }).call();
// @ts-expect-error nor can a method
arrive(new Account()).spend();
// @ts-expect-error nor a promise within the answer
await arrive({ later: Promise.resolve(1) }).later.then();
