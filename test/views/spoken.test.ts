import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { type Client, ClientUser } from 'discord.js';
import { expect, test } from 'vitest';
import { createViews } from '../../src/views/view.ts';
import { shards, splitClient } from './split-client.ts';

interface Packet {
  readonly op: number;
  readonly d: { readonly status: string; readonly activities: readonly { readonly name: string }[] };
}

/** A client that has logged in, and what leaves it for the gateway: `1 dnd playing`. */
function spokenClient(): { readonly client: Client; readonly sent: string[] } {
  const client = splitClient();
  const sent: string[] = [];
  const User = ClientUser as unknown as new (client: Client, data: object) => ClientUser;
  client.user = new User(client, { id: '77', username: 'bot', discriminator: '0', avatar: null, flags: 0 });
  const send = (shard: number, { d: { status, activities } }: Packet) =>
    void sent.push([shard, status, ...activities.map(({ name }) => name)].join(' '));
  Object.assign(client.ws, { _ws: { send } });
  return { client, sent };
}

const viewsOf = (client: Client): readonly Client[] => [...createViews(client, shards).values()];
const userOf = (client: Client | undefined): ClientUser => client?.user as ClientUser;
const names = (client: Client): string[] => userOf(client).presence.activities.map(({ name }) => name);

test('a presence that each view sets goes to the shard of that view alone', () => {
  const { client, sent } = spokenClient();
  for (const view of viewsOf(client)) userOf(view).setActivity(`Shard ${view.options.shards}`);
  expect(sent).toEqual(['0 online Shard 0', '1 online Shard 1', '2 online Shard 2']);
});

test('every way to say something to the gateway reaches one shard', () => {
  const { client, sent } = spokenClient();
  const view = viewsOf(client)[1];
  userOf(view).setPresence({ status: 'dnd' });
  userOf(view).setAFK(true);
  userOf(view).presence.set({ status: 'idle' });
  Reflect.get(view as object, 'presence').set({ status: 'online' });
  Reflect.get(view as object, 'ws').broadcast({ op: 3, d: { status: 'invisible', activities: [] } });
  expect(sent).toEqual(['1 dnd', '1 dnd', '1 idle', '1 online', '1 invisible']);
});

test('a status goes on with the activities of its shard, also from one evaluation to the next', () => {
  const { client, sent } = spokenClient();
  for (const view of viewsOf(client).slice(0, 2)) userOf(view).setActivity(`Shard ${view.options.shards}`);
  sent.length = 0;
  for (const view of viewsOf(client)) userOf(view).setStatus('idle');
  expect(sent).toEqual(['0 idle Shard 0', '1 idle Shard 1', '2 idle']);
  expect(viewsOf(client).map(names)).toEqual([['Shard 0'], ['Shard 1'], []]);
});

test('what the bot itself sets is for all shards, and every view goes on with it', () => {
  const { client, sent } = spokenClient();
  const views = viewsOf(client);
  for (const view of views) userOf(view).setActivity(`Shard ${view.options.shards}`);
  expect(names(client)).toEqual(['Shard 2']);
  sent.length = 0;
  userOf(client).setActivity('all');
  expect(sent).toEqual(['0 online all', '1 online all', '2 online all']);
  expect(views.map(names)).toEqual([['all'], ['all'], ['all']]);
  userOf(views[0]).setActivity('own');
  expect(viewsOf(client).map(names)).toEqual([['own'], ['all'], ['all']]);
});

test('a presence that is held on to while the bot sets another still sets that of its shard', () => {
  const { client } = spokenClient();
  const held = userOf(viewsOf(client)[1]).presence;
  userOf(client).setActivity('all');
  held.set({ activities: [{ name: 'held' }] });
  expect(viewsOf(client).map(names)).toEqual([['all'], ['held'], ['all']]);
});

test('the user of a view passes for that of the client: its class, its facts, its JSON and its clone', () => {
  const { client } = spokenClient();
  const [view] = viewsOf(client);
  const user = userOf(view);
  expect([user instanceof ClientUser, user.id, user.tag, user.client === view, user === view?.user]).toEqual([
    true,
    '77',
    'bot',
    true,
    true,
  ]);
  expect(JSON.stringify(user)).toBe(JSON.stringify(client.user));
  expect(deserialize(serialize(user))).toEqual(deserialize(serialize(client.user)));
  expect(inspect(user)).toBe(inspect(client.user));
  expect(user.equals(userOf(client))).toBe(true);
});

test('what is set on the user of a view is set on that of the client, and seen where it changes', () => {
  const { client } = spokenClient();
  const user = userOf(viewsOf(client)[0]);
  Object.assign(user, { username: 'other', note: 1 });
  expect(client.user).toMatchObject({ username: 'other', note: 1 });
  Object.assign(userOf(client), { username: 'third', later: 2 });
  expect([user.username, Reflect.get(user, 'later')]).toEqual(['third', 2]);
});

test('a view made before the login has no user until there is one', () => {
  const client = splitClient();
  const [view] = viewsOf(client);
  expect(view?.user).toBeNull();
  client.user = spokenClient().client.user;
  expect(view?.user?.id).toBe('77');
});

test('in discord.js 15 a broadcast of a view is sent to its shard', async () => {
  const { client } = spokenClient();
  const sent: unknown[] = [];
  const send = async (shard: number, packet: unknown) => void sent.push([shard, packet]);
  Object.assign(client, { ws: { send, getShardIds: async () => [...shards] }, _broadcast: () => undefined });
  expect(await Reflect.get(viewsOf(client)[2] as object, '_broadcast')('packet')).toEqual([undefined]);
  expect(sent).toEqual([[2, 'packet']]);
});
