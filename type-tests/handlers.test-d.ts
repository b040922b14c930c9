/** type-tests/handlers: what handlers are given, in a file and inline. */
import type { Client } from 'discord.js';
import {
  type ClusterClient,
  defineHandlers,
  type EventListener,
  type FileHandler,
  type HandlerContext,
  type InlineHandler,
  type UntypedIpc,
} from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

// defineHandlers gives the client and the context, and leaves the functions as they are.
const handlers = defineHandlers({
  plain: (client) => {
    expectType<Client<true>>(client);
    return client.user.id;
  },
  full: async (client, data: { id: string }, context) => {
    expectType<HandlerContext>(context);
    expectType<ClusterClient>(context.cluster);
    expectType<AbortSignal>(context.signal);
    expectType<number | undefined>(context.shardId);
    return client.guilds.cache.has(data.id);
  },
});
expectType<(client: Client<true>) => string>(handlers.plain);
expectType<(client: Client<true>, data: { id: string }, context: HandlerContext) => Promise<boolean>>(handlers.full);

defineHandlers({
  // @ts-expect-error a handler is a function
  bad: 5,
});
defineHandlers({
  // @ts-expect-error the client comes first
  bad: (data: { id: string }) => data.id,
});

// Inline handlers take the data first; the context is known without a word.
declare const ipc: UntypedIpc;
ipc.handle('inline', (data: { id: string }, context) => {
  expectType<HandlerContext>(context);
  return data.id;
});
ipc.handle('untold', (data, { client, shardId }) => {
  // biome-ignore lint/suspicious/noExplicitAny: that it is one is the point: nobody said what comes
  expectType<any>(data);
  expectType<boolean>(data.guildId === '1');
  expectType<Client<true>>(client);
  expectType<number | undefined>(shardId);
});
ipc.handle('none', () => 1);
ipc.handle('named', handlers.full);
ipc.handle('named', handlers.plain);
// @ts-expect-error a handler is a function
ipc.handle('bad', 5);
// @ts-expect-error the context comes second
ipc.handle('bad', (data: string, context: number) => [data, context]);

// The types of handlers and listeners, for those who write them down.
expectAssignable<InlineHandler<{ id: string }, boolean>>(({ id }: { id: string }) => id === '1');
expectNotAssignable<InlineHandler<{ id: string }, boolean>>(({ id }: { id: number }) => id === 1);
expectNotAssignable<InlineHandler<{ id: string }, boolean>>(({ id }: { id: string }) => id);
expectAssignable<FileHandler>((client: Client<true>, n: number) => [client.user.id, n]);
expectNotAssignable<FileHandler>((n: number) => n);
expectAssignable<EventListener<{ id: string }>>(({ id }: { id: string }) => id);
expectNotAssignable<EventListener<{ id: string }>>((id: string) => id);

// Without Register names are text and results what the caller says.
expectType<Promise<unknown>>(ipc.request('anything', { any: 'thing' }));
expectType<Promise<number>>(ipc.request<number>('anything'));
expectType<Promise<string>>(ipc.requestTo<string>(1, 'anything', 1, { signal: new AbortController().signal }));
expectType<Promise<number[]>>(ipc.requestAll<number>('anything').values());
// @ts-expect-error the cluster comes first
ipc.requestTo('anything');
// @ts-expect-error there is no such target
ipc.request('anything', null, { to: { user: '1' } });
