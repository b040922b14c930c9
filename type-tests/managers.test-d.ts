/** type-tests/managers: channels, members and users: what they take, what they give, what does not compile. */
import { ActionRowBuilder, AttachmentBuilder, ButtonBuilder, type Client, EmbedBuilder } from 'discord.js';
import {
  type AttachmentSummary,
  type ChannelSummary,
  type ClusterClient,
  type ClusterManager,
  type GuildSummary,
  isShardliftError,
  type MemberSummary,
  type MessageInput,
  type MessageSummary,
  type RolesChanged,
  type UserSummary,
} from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

declare const client: Client;
declare const manager: ClusterManager;
const { cluster } = client;

// The same on both sides.
expectType<ClusterClient['channels']>(manager.channels);
expectType<ClusterClient['members']>(manager.members);
expectType<ClusterClient['users']>(manager.users);

// Channels and messages.
expectType<Promise<ChannelSummary | null>>(cluster.channels.fetch('1'));
expectType<Promise<ChannelSummary | null>>(manager.channels.fetch('1', { guildId: '2', force: true }));
expectType<Promise<MessageSummary>>(cluster.channels.send('1', 'text'));
expectType<Promise<MessageSummary>>(cluster.channels.editMessage('1', '2', { content: null, attachments: [] }));
expectType<Promise<void>>(cluster.channels.deleteMessage('1', '2', { guildId: '3', reason: 'old' }));
const row = new ActionRowBuilder<ButtonBuilder>().addComponents(new ButtonBuilder());
expectAssignable<MessageInput>({ embeds: [new EmbedBuilder(), { title: 'plain' }], components: [row] });
expectAssignable<MessageInput>({
  files: [Buffer.from('a'), new Uint8Array(1), './a.txt', new AttachmentBuilder('./a.txt')],
});
expectAssignable<MessageInput>({ files: [{ attachment: Buffer.from('a'), name: 'a.txt', description: 'an a' }] });
expectNotAssignable<MessageInput>({ files: [process.stdin] });
expectNotAssignable<MessageInput>({ files: [{ attachment: process.stdin, name: 'a.txt' }] });
expectNotAssignable<MessageInput>({ text: 'x' });
const sent = await cluster.channels.send('1', { content: 'x' });
expectType<string>(sent.id);
expectType<number>(sent.createdAt);
expectType<number | null>(sent.editedAt);
expectType<readonly AttachmentSummary[]>(sent.attachments);
// @ts-expect-error a summary is no discord.js message
sent.reply('x');
// @ts-expect-error the hint is an object
cluster.channels.send('1', 'x', '2');
// @ts-expect-error a misspelt hint
cluster.channels.fetch('1', { guildID: '2' });

// Members.
const member = await cluster.members.fetch('1', '2', { force: true });
expectType<MemberSummary | null>(member);
// @ts-expect-error there may be none
member.user;
expectType<UserSummary | undefined>(member?.user);
expectType<readonly string[] | undefined>(member?.roles);
expectType<Promise<void>>(cluster.members.addRole('1', '2', '3', 'a reason'));
expectType<Promise<void>>(cluster.members.removeRole('1', '2', '3'));
expectType<Promise<RolesChanged>>(cluster.members.manageRoles('1', '2', { add: ['3'], remove: ['4'], reason: 'x' }));
expectType<Promise<void>>(cluster.members.ban('1', '2', { reason: 'x', deleteMessageSeconds: 60 }));
expectType<Promise<void>>(cluster.members.kick('1', '2', 'a reason'));
// @ts-expect-error days are what Discord took before
cluster.members.ban('1', '2', { deleteMessageDays: 1 });
// @ts-expect-error a member is found by guild and user
cluster.members.fetch('1');

// Users.
expectType<Promise<UserSummary | null>>(cluster.users.fetch('1'));
expectType<Promise<MessageSummary>>(manager.users.send('1', { embeds: [new EmbedBuilder()] }));
expectType<Promise<number[]>>(cluster.findUser('1'));
expectType<Promise<number[]>>(manager.users.whereCached('1'));

// Guilds.
const guild = await cluster.guilds.fetch('1');
expectType<GuildSummary | null>(guild);
expectType<[string, number, boolean] | undefined>(guild ? [guild.name, guild.memberCount, guild.available] : undefined);
// @ts-expect-error there may be none
guild.name;
// @ts-expect-error a summary is no discord.js guild
guild?.members;
// @ts-expect-error an id is text: as a number it would lose its last digits
cluster.guilds.fetch(613425648685);

// What does not fit does not compile.
// @ts-expect-error an embed is no message
cluster.channels.send('1', new EmbedBuilder());
// @ts-expect-error embeds are a list
cluster.channels.send('1', { embeds: new EmbedBuilder() });
// @ts-expect-error there is no message without a text or more
cluster.channels.send('1');
// @ts-expect-error which message
cluster.channels.editMessage('1', { content: 'x' });
// @ts-expect-error nor is one deleted by a channel alone
cluster.channels.deleteMessage('1');
// @ts-expect-error which role
cluster.members.addRole('1', '2');
// @ts-expect-error which role
cluster.members.removeRole('1', '2');
// @ts-expect-error roles are a list
cluster.members.manageRoles('1', '2', { add: '3' });
// @ts-expect-error a reason is text
cluster.members.kick('1', '2', { reason: 5 });
// @ts-expect-error nothing comes back
(await cluster.members.addRole('1', '2', '3')).roles;
// @ts-expect-error a user gets a message
cluster.users.send('1');
// @ts-expect-error a summary is no discord.js user
(await cluster.users.fetch('1'))?.send('x');

// Failures tell what was done.
const error: unknown = undefined;
if (isShardliftError(error, 'ROLES_PARTLY_CHANGED')) {
  expectType<readonly string[]>(error.details.added);
  expectType<string>(error.details.refused);
}
if (isShardliftError(error, 'OUTCOME_UNKNOWN')) expectType<string>(error.details.by);
