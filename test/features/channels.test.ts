/** test/features/channels: how a channel is found, and how many are asked for it. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChannelDesk, DeleteRequest, EditRequest, SendRequest } from '../../src/discord/channel-desk.ts';
import type { ChannelSummary, MessageSummary } from '../../src/discord/summaries.ts';
import { Channels, serveChannels } from '../../src/features/channels.ts';
import { lookAround } from '../../src/features/look-around.ts';
import { shardIdOfGuild } from '../../src/routing/shard-id.ts';
import { clusterAt, clusterOfShard, createFleet, guildOf, plan, type TestFleet, totalShards } from './nodes.ts';

const channelIn = (shard: number, name = 'cached'): ChannelSummary => ({
  ...{ id: `${shard}11`, type: 0, name, guildId: guildOf(shard), parentId: null, position: 1, topic: null },
  ...{ nsfw: false, rateLimitPerUser: 0 },
});

/** What was done, by whom, in order. */
let log: string[];
let fleet: TestFleet;
let desks: ChannelDesk[];

/** A desk that has the channels of its shards in its cache; Discord itself knows channel 999 too. */
function deskOf(id: number, shards: readonly number[]): ChannelDesk {
  const note = (what: string) => void log.push(`${id} ${what}`);
  const message = (content: unknown) => ({ id: '1', content }) as MessageSummary;
  return {
    cached: (channelId: string) => {
      note(`cached ${channelId}`);
      return shards.map((shard) => channelIn(shard)).find((channel) => channel.id === channelId);
    },
    fetch: async (channelId: string) => {
      note(`fetch ${channelId}`);
      return channelId === '000' ? null : { ...channelIn(0, 'by REST'), id: channelId };
    },
    send: async ({ channelId, message: { body } }: SendRequest) => {
      note(`send ${channelId}`);
      return message(body.content);
    },
    edit: async ({ messageId }: EditRequest) => {
      note(`edit ${messageId}`);
      return message('edited');
    },
    delete: async ({ messageId, reason }: DeleteRequest) => note(`delete ${messageId} ${reason}`),
  } as unknown as ChannelDesk;
}

beforeEach(() => {
  fleet = createFleet();
  log = [];
  desks = plan.map((shards, id) => deskOf(id, shards));
  for (const { id, node } of fleet.clusters) serveChannels(node.peer, desks[id] as ChannelDesk);
});

const clusterOfGuild = (guildId: string): number => clusterOfShard(shardIdOfGuild(guildId, totalShards));
const channelsOf = (id: number): Channels =>
  new Channels({ peer: clusterAt(fleet, id).node.peer, plan: () => plan, clusterOfGuild, self: id }, desks[id]);
const ofManager = (): Channels =>
  new Channels({ peer: fleet.manager.node.peer, plan: () => plan, clusterOfGuild, self: undefined });

describe('a channel', () => {
  test('of the own cache is found without a question', async () => {
    expect(await channelsOf(0).fetch('111')).toEqual(channelIn(1));
    expect(log).toEqual(['0 cached 111']);
  });

  test('whose guild is told is asked of its owner alone', async () => {
    expect(await channelsOf(0).fetch('411', { guildId: guildOf(4) })).toEqual(channelIn(4));
    expect(log).toEqual(['0 cached 411', '2 cached 411']);
    expect(await ofManager().fetch('411', { guildId: guildOf(4) })).toEqual(channelIn(4));
  });

  test('nobody told the guild of is looked for in all clusters, once, and found again without looking', async () => {
    const channels = channelsOf(0);
    expect(await channels.fetch('411')).toEqual(channelIn(4));
    expect(log.sort()).toEqual(['0 cached 411', '1 cached 411', '2 cached 411']);
    log.length = 0;
    expect(await channels.fetch('411')).toEqual(channelIn(4));
    await channels.send('411', 'hi');
    expect(log).toEqual(['0 cached 411', '2 cached 411', '0 cached 411', '2 send 411']);
  });

  test('nobody has is asked of Discord from here, for the manager by one cluster', async () => {
    expect(await channelsOf(1).fetch('999')).toMatchObject({ name: 'by REST' });
    expect(log.filter((line) => line.includes('fetch'))).toEqual(['1 fetch 999']);
    log.length = 0;
    expect(await ofManager().fetch('999')).toMatchObject({ name: 'by REST' });
    expect(log.filter((line) => line.includes('fetch'))).toEqual(['0 fetch 999']);
    expect(await ofManager().fetch('000')).toBeNull();
  });

  test('is asked of Discord whatever the caches hold when the answer must be fresh', async () => {
    expect(await channelsOf(0).fetch('111', { force: true })).toMatchObject({ name: 'by REST' });
    expect(await channelsOf(0).fetch('411', { guildId: guildOf(4), force: true })).toMatchObject({ name: 'by REST' });
    expect(log).toEqual(['0 fetch 111', '2 fetch 411']);
  });
});

describe('a message', () => {
  test('is sent, edited and deleted by the cluster that has the channel', async () => {
    for (const channels of [channelsOf(1), ofManager()]) {
      expect(await channels.send('411', { content: 'hi' })).toMatchObject({ content: 'hi' });
      await channels.editMessage('411', '5', 'x');
      await channels.deleteMessage('411', '6', { reason: 'old' });
      expect(log.filter((line) => !line.includes('cached'))).toEqual(['2 send 411', '2 edit 5', '2 delete 6 old']);
      log.length = 0;
    }
  });

  test('for a channel nobody has goes out from here, from the manager by one cluster', async () => {
    await channelsOf(1).send('999', 'hi');
    await ofManager().send('999', 'hi');
    expect(log.filter((line) => line.includes('send'))).toEqual(['1 send 999', '0 send 999']);
  });

  test('whose owner is down goes out from here, once', async () => {
    clusterAt(fleet, 2).die();
    await new Promise((resolve) => setImmediate(resolve));
    await channelsOf(1).send('411', 'hi', { guildId: guildOf(4) });
    await channelsOf(1).send('411', 'hi');
    await ofManager().send('411', 'hi', { guildId: guildOf(4) });
    expect(log.filter((line) => line.includes('send'))).toEqual(['1 send 411', '1 send 411', '0 send 411']);
  });

  test('whose owner dies with it is not sent again', async () => {
    const owner = desks[2] as { send: unknown };
    const never = new Promise(() => undefined);
    owner.send = () => {
      log.push('2 send');
      return never;
    };
    const sending = channelsOf(1).send('411', 'hi', { guildId: guildOf(4) });
    await expect.poll(() => log).toContain('2 send');
    clusterAt(fleet, 2).die();
    await expect(sending).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { action: 'channels.send to 411', by: 'cluster:2' },
    });
    expect(log.filter((line) => line.includes('send'))).toEqual(['2 send']);
  });

  test('waits no longer at the owner when its caller is gone: what is not sent yet is withdrawn', async () => {
    let signal: AbortSignal | undefined;
    const never = new Promise(() => undefined);
    (desks[2] as { send: unknown }).send = (_request: SendRequest, given: AbortSignal) => {
      signal = given;
      return never;
    };
    const sending = channelsOf(1).send('411', 'hi', { guildId: guildOf(4) });
    await expect.poll(() => signal?.aborted).toBe(false);
    clusterAt(fleet, 1).die();
    await expect(sending).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    await expect.poll(() => signal?.aborted).toBe(true);
  });
});

test('one deadline holds for what is sent from here and from elsewhere', async () => {
  const never = () => new Promise(() => undefined);
  for (const desk of desks) (desk as { send: unknown }).send = never;
  for (const [channel, by] of [
    ['111', 'cluster:0'],
    ['411', 'cluster:2'],
  ] as const) {
    await expect(channelsOf(0).send(channel, 'hi', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { by },
      cause: { code: 'CALL_TIMEOUT' },
    });
  }
  const aborted = AbortSignal.abort();
  await expect(channelsOf(0).send('111', 'hi', { signal: aborted })).rejects.toMatchObject({ code: 'CALL_ABORTED' });
  await expect(channelsOf(0).fetch('111', Number.NaN)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});

test('a channel that one cluster has is there at once, however busy another one is', async () => {
  (desks[2] as { cached: unknown }).cached = () => new Promise(() => undefined);
  const askedAt = performance.now();
  expect(await channelsOf(1).fetch('011')).toMatchObject({ id: '011', name: 'cached' });
  expect(performance.now() - askedAt).toBeLessThan(lookAround.timeoutMs / 2);
});

test('a cluster that is too busy to look into its cache is left out, and Discord is asked', async () => {
  (desks[2] as { cached: unknown }).cached = () => new Promise(() => undefined);
  expect(await channelsOf(1).fetch('411')).toMatchObject({ id: '411', name: 'by REST' });
  expect(log).toContain('1 fetch 411');
});
