/** test/testing/messages: files byte for byte, nonces, answers that are lost, and why something was done. */
import { AttachmentBuilder, GatewayIntentBits, REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDiscord, type LoopbackDiscord } from '../../src/testing/index.ts';
import { readyClient } from './ready-client.ts';

let discord: LoopbackDiscord;
let rest: REST;
beforeAll(async () => {
  discord = await createDiscord({ guilds: { count: 6, members: 5 }, strict: true });
  rest = new REST({ api: discord.rest.url }).setToken(discord.token);
});
afterAll(() => discord.stop());

/** A channel of its own for each test: five messages in five seconds is all that one takes. */
const routeIn = (guild: number) => `/channels/${discord.truth.guild(guild).textChannelId}/messages` as const;
const sentIn = (guild: number) =>
  discord.messages.filter(({ channel_id }) => channel_id === discord.truth.guild(guild).textChannelId);

describe('a file', () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_none, n) => (n * 7) % 256));

  test('sent by an unmodified client comes back byte for byte', async () => {
    await using client = await readyClient(discord, { intents: [GatewayIntentBits.Guilds] });
    const channel = client.channels.cache.get(discord.truth.guild(0).textChannelId);
    if (!channel?.isSendable()) throw new Error('not a channel to send to');
    const file = new AttachmentBuilder(bytes, { name: 'all bytes.bin', description: 'Every byte there is' });
    const message = await channel.send({ files: [file] });
    const attachment = message.attachments.first();
    expect(attachment).toMatchObject({ size: bytes.length, description: 'Every byte there is' });
    const loaded = await fetch(attachment?.url ?? '');
    expect(Buffer.from(await loaded.arrayBuffer()).equals(bytes)).toBe(true);
    expect(sentIn(0)[0]?.attachments).toHaveLength(1);
  });

  test('stays in an edit that does not speak of files, and goes when it names others', async () => {
    const body = { content: 'one', attachments: [{ id: '0' }] };
    const files = [{ name: 'a.txt', data: Buffer.from('a') }];
    const { id } = (await rest.post(routeIn(1), { body, files })) as { id: string };
    const names = async (edit: object): Promise<string[]> => {
      const edited = await rest.patch(`${routeIn(1)}/${id}`, edit);
      return (edited as { attachments: { filename: string }[] }).attachments.map(({ filename }) => filename);
    };
    expect(await names({ body: { content: 'two' } })).toEqual(['a.txt']);
    const second = [{ name: 'b.txt', data: Buffer.from('b') }];
    expect(await names({ body: { attachments: [{ id: '0' }] }, files: second })).toEqual(['b.txt']);
    expect(await names({ body: { attachments: [] } })).toEqual([]);
  });

  test('nobody sent is 404', async () => {
    expect((await fetch(`${discord.url}/attachments/1/2/none.txt`)).status).toBe(404);
  });
});

describe('a nonce', () => {
  test('that is enforced makes one message of two requests', async () => {
    const send = (content: string, more: object) =>
      rest.post(routeIn(2), { body: { content, nonce: 'same', ...more } }) as Promise<{ id: string; content: string }>;
    const first = await send('first', { enforce_nonce: true });
    expect(await send('second', { enforce_nonce: true })).toMatchObject({ id: first.id, content: 'first' });
    expect((await send('third', {})).id).not.toBe(first.id);
    expect(sentIn(2).map(({ content }) => content)).toEqual(['first', 'third']);
  });
});

describe('an answer that is lost', () => {
  test.each([
    ['makes discord.js send a message twice', 3, {}, 2],
    ['makes no second message when the nonce is enforced', 4, { nonce: 'lost', enforce_nonce: true }, 1],
  ])('%s', async (_title, guild, more, expected) => {
    const fault = discord.faults.add({ on: 'restAnswer', route: routeIn(guild), do: { status: 502 } });
    await rest.post(routeIn(guild), { body: { content: 'x', ...more } });
    expect(fault.hits).toBe(1);
    expect(sentIn(guild)).toHaveLength(expected);
  });
});

test('the truth knows roles and bans, the timeline why they changed', async () => {
  const facts = () => discord.truth.guild(5);
  const [user, role] = [facts().memberId(2), facts().roleIds[9] ?? ''];
  expect(facts().rolesOf(user)).not.toContain(role);
  await rest.put(`/guilds/${facts().id}/members/${user}/roles/${role}`, { reason: 'verdient: ja' });
  expect(facts().rolesOf(user)).toContain(role);
  expect(discord.timeline('rest').at(-1)?.detail).toMatchObject({ status: 204, reason: 'verdient: ja' });
  expect(facts().banReason(user)).toBeUndefined();
  await rest.put(`/guilds/${facts().id}/bans/${user}`, { body: {} });
  expect([facts().banReason(user), facts().rolesOf(user)]).toEqual([null, undefined]);
  // A ban ends a membership, not a user.
  expect(await rest.get(`/users/${user}`)).toMatchObject({ id: user });
});
