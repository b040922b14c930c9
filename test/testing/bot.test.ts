import { once } from 'node:events';
import { Client, Events, GatewayIntentBits, REST, Routes } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createDiscord } from '../../src/testing/index.ts';
import { run } from './program.ts';
import { readyClient } from './ready-client.ts';

describe('an unmodified client', () => {
  test('sees every guild, channel and role, and the member counts', async () => {
    await using discord = await createDiscord({ guilds: 12, strict: true });
    await using client = await readyClient(discord);
    expect(client.user.id).toBe(discord.bot.id);
    expect([...client.guilds.cache.keys()].sort()).toEqual([...discord.truth.guildIds()].sort());
    for (const guild of client.guilds.cache.values()) {
      const facts = discord.truth.guild(guild.id);
      expect(guild.memberCount).toBe(facts.memberCount);
      expect([...guild.channels.cache.keys()].sort()).toEqual([...facts.channelIds].sort());
      expect(guild.roles.cache.size).toBe(facts.roleIds.length);
      expect(guild.members.cache.size).toBe(1);
    }
  });

  test('runs several shards, each with its own guilds', async () => {
    await using discord = await createDiscord({ guilds: 9, gateway: { maxConcurrency: 4 }, strict: true });
    await using client = await readyClient(discord, { shards: [0, 1, 2], shardCount: 3 });
    for (const guild of client.guilds.cache.values()) expect(guild.shardId).toBe(discord.truth.shardOf(guild.id, 3));
    expect(
      discord
        .sessions()
        .map((session) => session.shard)
        .sort(),
    ).toEqual([0, 1, 2]);
  });

  test('knows the members that GUILD_CREATE was told to carry', async () => {
    await using discord = await createDiscord({ guilds: { count: 2, members: 40, membersInCreate: 5 }, strict: true });
    await using client = await readyClient(discord);
    const facts = discord.truth.guild(1);
    expect(client.guilds.cache.get(facts.id)?.members.cache.size).toBe(5);
    expect(client.users.cache.has(facts.memberId(4))).toBe(true);
    expect(client.users.cache.has(facts.memberId(5))).toBe(false);
  });

  test('fetches all members over the gateway', async () => {
    await using discord = await createDiscord({ guilds: { count: 1, members: 2500 }, strict: true });
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers];
    await using client = await readyClient(discord, { intents });
    const members = await client.guilds.cache.first()?.members.fetch();
    expect(members?.size).toBe(2500);
  });

  test('changes members over REST and hears of it over the gateway', async () => {
    await using discord = await createDiscord({ guilds: { count: 1, membersInCreate: 3, members: 10 }, strict: true });
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers, GatewayIntentBits.GuildModeration];
    await using client = await readyClient(discord, { intents });
    const facts = discord.truth.guild(0);
    const guild = client.guilds.cache.get(facts.id);
    const role = facts.roleIds[9] ?? '';
    const updated = once(client, Events.GuildMemberUpdate);
    await guild?.members.addRole({ user: facts.memberId(2), role });
    const [, after] = await updated;
    expect(after.roles.cache.has(role)).toBe(true);
    const banned = once(client, Events.GuildBanAdd);
    await guild?.bans.create(facts.memberId(2), { reason: 'because' });
    await banned;
    expect((await guild?.bans.fetch(facts.memberId(2)))?.reason).toBe('because');
    expect(guild?.memberCount).toBe(9);
    expect(discord.truth.guild(0).memberCount).toBe(9);
    expect(discord.truth.memberCount).toBe(9);
  });
});

describe('messages', () => {
  test('reach the shard that owns the guild, and the answer is kept', async () => {
    await using discord = await createDiscord({ guilds: 6, gateway: { maxConcurrency: 2 }, strict: true });
    await using client = await readyClient(discord, { shards: [0, 1], shardCount: 2 });
    client.on(Events.MessageCreate, (message) => {
      if (!message.author.bot && message.inGuild())
        void message.reply(`shard ${message.guild.shardId}: ${message.content}`);
    });
    for (const index of [2, 3]) {
      const { id, textChannelId } = discord.truth.guild(index);
      const asked = discord.guild(id).message({ content: 'hello' });
      await discord.until(() => discord.messages.length === index - 1, { what: 'a reply' });
      const reply = discord.messages.at(-1);
      expect(reply?.content).toBe(`shard ${discord.truth.shardOf(id, 2)}: hello`);
      expect(reply?.channel_id).toBe(textChannelId);
      expect(reply?.message_reference?.message_id).toBe(asked.id);
    }
  });

  test('are blank for a bot without the message content intent', async () => {
    await using discord = await createDiscord({ strict: true });
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];
    await using client = await readyClient(discord, { intents });
    const first = once(client, Events.MessageCreate);
    discord.guild(0).message({ content: 'secret' });
    expect((await first)[0].content).toBe('');
    const second = once(client, Events.MessageCreate);
    discord.guild(0).message({ content: 'secret' });
    expect((await second)[0].author.id).toBe(discord.truth.guild(0).ownerId);
  });

  test('are not sent to a bot that did not ask for them', async () => {
    await using discord = await createDiscord({ strict: true });
    await using client = await readyClient(discord, { intents: [GatewayIntentBits.Guilds] });
    expect(client.isReady()).toBe(true);
    const { id } = discord.truth.guild(0);
    expect(discord.dispatch('MESSAGE_CREATE', { id: '1', guild_id: id }, { guild: id })).toBe(0);
    expect(discord.dispatch('GUILD_ROLE_DELETE', { guild_id: id, role_id: '1' }, { guild: id })).toBe(1);
  });
});

describe('slash commands', () => {
  test('are answered by a bot in another process, at once and after a deferral', async () => {
    await using discord = await createDiscord({ guilds: 3, strict: true });
    await using bot = run('bot.cjs', discord.env);
    await discord.waitFor('ready', { shards: 1 });
    const quick = await discord.interact({ guild: 1, command: 'ping' });
    expect(quick).toMatchObject({ type: 4, content: 'pong from Guild 1', deferred: false, ephemeral: false });
    const slow = await discord.interact({ guild: 2, command: 'slow', options: { what: 'life' } });
    expect(slow).toMatchObject({ content: 'thought about life', deferred: true });
    await discord.until(() => discord.messages.at(-1)?.content === 'and that is all');
    expect(slow.message?.id).toBe(discord.messages[1]?.id);
    bot.child.kill('SIGKILL');
    await bot.ended;
  });

  test('fail at once when nobody is there, and in time when the bot says nothing', async () => {
    await using discord = await createDiscord({ strict: true });
    await expect(discord.interact({ guild: 0, command: 'ping' })).rejects.toMatchObject({
      code: 'LOOPBACK_UNREACHABLE',
    });
    await using client = await readyClient(discord);
    expect(client.isReady()).toBe(true);
    const silent = discord.interact({ guild: 0, command: 'ping', timeoutMs: 100 });
    await expect(silent).rejects.toMatchObject({ code: 'LOOPBACK_TIMEOUT' });
  });

  test('are given by members only, in a direct message by anybody there is', async () => {
    await using discord = await createDiscord({ strict: true });
    const stranger = discord.truth.guild(1).ownerId;
    const wrong = { code: 'INVALID_OPTION', details: { option: 'user', received: stranger } };
    await expect(discord.interact({ guild: 0, command: 'ping', user: stranger })).rejects.toMatchObject(wrong);
    await expect(discord.interact({ command: 'ping', user: '5' })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
    await using client = await readyClient(discord);
    client.on(Events.InteractionCreate, (given) => given.isRepliable() && given.reply(given.user.id));
    expect(await discord.interact({ command: 'ping', user: stranger })).toMatchObject({ content: stranger });
    discord.guild(0).addMember(stranger);
    expect(await discord.interact({ guild: 0, command: 'ping', user: stranger })).toMatchObject({ content: stranger });
  });
});

describe('a user who joins another guild', () => {
  test('is a member of both, told to the bot, counted and listed, until they leave', async () => {
    await using discord = await createDiscord({ guilds: { count: 2, members: 5 }, strict: true });
    const { Guilds, GuildMembers } = GatewayIntentBits;
    await using client = await readyClient(discord, { intents: [Guilds, GuildMembers] });
    const [own, joined] = [discord.truth.guild(0), discord.truth.guild(1)];
    const added = once(client, Events.GuildMemberAdd);
    discord.guild(1).addMember(own.ownerId);
    const [member] = await added;
    expect([member.guild.id, member.id, member.user.username]).toEqual([joined.id, own.ownerId, 'user_0_1']);
    expect(discord.truth.guild(1).memberCount).toBe(6);
    expect(discord.truth.memberCount).toBe(11);
    const guild = client.guilds.cache.get(joined.id);
    expect((await guild?.members.fetch())?.size).toBe(6);
    expect((await guild?.members.fetch({ user: own.ownerId, force: true }))?.roles.cache.size).toBe(1);
    expect(discord.truth.guild(0).rolesOf(own.ownerId)).toBeDefined();
    expect(() => discord.guild(1).addMember(own.ownerId)).toThrow('who is no member');
    expect(() => discord.guild(1).addMember('5')).toThrow('the id of a user');
    const left = once(client, Events.GuildMemberRemove);
    discord.guild(1).removeMember(own.ownerId);
    expect((await left)[0].id).toBe(own.ownerId);
    expect(discord.truth.guild(1).memberCount).toBe(5);
    expect(discord.truth.guild(1).rolesOf(own.ownerId)).toBeUndefined();
  });
});

describe('REST', () => {
  test('registers commands, and an interaction carries the id of its command', async () => {
    await using discord = await createDiscord({ strict: true });
    await using client = await readyClient(discord);
    const commands = await client.application.commands.set([{ name: 'ping', description: 'Answers' }]);
    const seen = once(client, Events.InteractionCreate);
    const reply = discord.interact({ guild: 0, command: 'ping' });
    const [interaction] = await seen;
    expect(interaction.commandId).toBe(commands.first()?.id);
    await interaction.reply('yes');
    expect((await reply).content).toBe('yes');
  });

  test('answers 401 to a wrong token and 404 to a route it does not have, which the timeline shows', async () => {
    await using discord = await createDiscord({ strict: true });
    const wrong = new REST({ api: discord.rest.url }).setToken('wrong');
    await expect(wrong.get(Routes.user())).rejects.toMatchObject({ status: 401 });
    const right = new REST({ api: discord.rest.url }).setToken(discord.token);
    await expect(right.get('/stage-instances/1')).rejects.toMatchObject({ status: 404 });
    expect(discord.timeline('unimplemented').map((event) => event.detail.route)).toEqual(['GET /stage-instances/1']);
  });

  test("refuses in Discord's own words", async () => {
    await using discord = await createDiscord({ strict: true });
    const rest = new REST({ api: discord.rest.url }).setToken(discord.token);
    const { id, textChannelId, channelIds } = discord.truth.guild(0);
    await expect(rest.get(Routes.guild('1'))).rejects.toMatchObject({ code: 10_004 });
    await expect(rest.get(Routes.guildMember(id, '1'))).rejects.toMatchObject({ code: 10_007 });
    await expect(rest.post(Routes.channelMessages(textChannelId), { body: {} })).rejects.toMatchObject({
      code: 50_006,
    });
    const category = rest.post(Routes.channelMessages(channelIds[0] ?? ''), { body: { content: 'x' } });
    await expect(category).rejects.toMatchObject({ code: 50_008 });
  });

  test('holds back the sixth message in one channel until its five seconds are over', async () => {
    await using discord = await createDiscord({ strict: true });
    const send = () =>
      fetch(`${discord.rest.url}/v10${Routes.channelMessages(discord.truth.guild(0).textChannelId)}`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'again' }),
      });
    for (let left = 4; left >= 0; left -= 1) {
      const { status, headers } = await send();
      expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, String(left)]);
    }
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    const { retry_after: retryAfter } = (await refused.json()) as { retry_after: number };
    expect(retryAfter).toBeLessThanOrEqual(5);
    expect(discord.messages).toHaveLength(5);
  });

  test('takes a message with a file', async () => {
    await using discord = await createDiscord({ strict: true });
    await using client = await readyClient(discord);
    const channel = client.channels.cache.get(discord.truth.guild(0).textChannelId);
    if (!channel?.isSendable()) throw new Error('The first text channel cannot be written in.');
    await channel.send({ content: 'see file', files: [{ attachment: Buffer.from('text'), name: 'a.txt' }] });
    expect(discord.messages[0]?.content).toBe('see file');
  });

  test('opens direct messages, whose answers come back to shard 0', async () => {
    await using discord = await createDiscord({ strict: true });
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages];
    await using client = await readyClient(discord, { intents });
    const user = await client.users.fetch(discord.truth.guild(0).ownerId);
    const heard = once(client, Events.MessageCreate);
    await user.send('hello there');
    expect((await heard)[0].content).toBe('hello there');
    expect(discord.messages[0]?.content).toBe('hello there');
  });
});

test('the client of a bot with a wrong token is told so', async () => {
  await using discord = await createDiscord({ strict: true });
  const client = new Client({ intents: [], rest: { api: discord.rest.url } });
  await expect(client.login('wrong')).rejects.toMatchObject({ code: 'TokenInvalid' });
  await client.destroy();
});
