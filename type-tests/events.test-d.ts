/** type-tests/events: with events registered, names and data are known everywhere; without, names are text. */
import type { Client } from 'discord.js';
import type {
  Acknowledgements,
  ClusterManager,
  EventNode,
  ListenerFailure,
  Register,
  SharedEvents,
  TypedEvents,
  UntypedEvents,
} from 'shardlift';
import { expectType } from 'tsd';

declare module 'shardlift' {
  interface Register {
    events: {
      settings: { guildId: string; at: Date };
      invite: { toJSON(): { code: string } };
      reload: undefined;
      limit: number | undefined;
    };
  }
}

declare const client: Client;
declare const manager: ClusterManager;
const { events } = client.cluster;

// Data is asked for exactly when the event has some.
events.broadcast('settings', { guildId: '1', at: new Date() });
events.broadcast('settings', { guildId: '1', at: new Date() }, { sendSelf: true });
events.broadcast('reload');
events.broadcast('reload', undefined, { sendSelf: true });
events.broadcast('limit');
events.broadcast('limit', 5);
events.emitTo(1, 'reload');
events.emitTo('manager', 'limit', 5);
manager.events.broadcast('reload');
expectType<Promise<Acknowledgements>>(events.broadcastAndWait('limit', 5, { timeoutMs: 500 }));
expectType<Promise<Acknowledgements>>(events.broadcastAndWait('reload', undefined, 500));
// @ts-expect-error settings has data
events.broadcast('settings');
// @ts-expect-error of this shape
events.emitTo(1, 'settings', { guildId: 1, at: new Date() });
// @ts-expect-error reload has none
events.broadcast('reload', 1);
// @ts-expect-error durations carry their unit
events.broadcastAndWait('reload', undefined, { timeout: 5 });
// @ts-expect-error a cluster is a number
events.emitTo('1', 'reload');

// A name nobody registered does not compile.
// @ts-expect-error unknown name
events.broadcast('setings', { guildId: '1', at: new Date() });
// @ts-expect-error unknown name
events.on('setings', () => undefined);
// @ts-expect-error unknown name
manager.events.broadcastAndWait('relaod');

// @ts-expect-error unknown name
events.once('setings', () => undefined);
// @ts-expect-error unknown name
events.emitTo(1, 'setings');
// @ts-expect-error limit is a number
events.broadcastAndWait('limit', '5');
// @ts-expect-error settings has data
manager.events.emitTo(1, 'settings');

// Listeners get what the wire makes of it, and who told it.
events.on('settings', (data, source) => {
  expectType<{ guildId: string; at: Date }>(data);
  expectType<EventNode>(source);
});
events.once('invite', async ({ code }) => expectType<string>(code));
manager.events.on('limit', (limit) => expectType<number | undefined>(limit)).on('reload', () => undefined);
expectType<() => void>(events.onError((failure) => expectType<ListenerFailure>(failure)));
events.onError(async () => undefined);
// @ts-expect-error data of this shape
events.on('settings', (data: { guildId: number }) => data);
const dropSettings = ({ guildId }: { guildId: string }): string => guildId;
events.on('settings', dropSettings).off('settings', dropSettings);

const { acknowledged, failed, missing, allOk } = await events.broadcastAndWait('reload');
expectType<readonly EventNode[]>(acknowledged);
expectType<boolean>(allOk);
for (const { node, error } of [...failed, ...missing]) expectType<[EventNode, Error]>([node, error]);

// @ts-expect-error a broadcast waits for nobody
events.broadcast('reload').then(() => undefined);
// @ts-expect-error one who failed is not just a number
failed[0]?.toFixed();

// The whole of it is a type of the events.
expectType<TypedEvents<Register['events']>>({} as SharedEvents);
declare const other: TypedEvents<{ tick: number }>;
other.on('tick', (n) => expectType<number>(n)).broadcast('tick', 1);
// @ts-expect-error a tick is a number
other.broadcast('tick', '1');
// @ts-expect-error it is not among these events
other.broadcast('reload');

// Without Register names are text and data what the listener says.
declare const untyped: UntypedEvents;
untyped.broadcast('anything', { any: 'thing' });
untyped.on('anything', (data) => {
  // Nobody said what comes: a one-line listener may read it all the same.
  expectType<boolean>(data.guildId === '1');
  // biome-ignore lint/suspicious/noExplicitAny: that it is one is the point
  expectType<any>(data);
});
untyped.on<unknown>('anything', (data) => expectType<unknown>(data));
untyped.on('anything', (data: { any: string }) => expectType<string>(data.any));
untyped.once<number>('anything', (data, source) => expectType<[number, EventNode]>([data, source]));
// @ts-expect-error a listener is a function
untyped.on('anything', 5);
