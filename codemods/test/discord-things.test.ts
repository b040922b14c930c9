/** A thing of discord.js in a result arrives as its JSON, which is what made it go to another process until now. */
import { expect, test } from 'vitest';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';
import { filledBot, guildId, idIn } from './equivalence/filled-bot.ts';

const { client } = filledBot();
const id = guildId(1, 2);
const guild = client.guilds.cache.get(id);

test.each([
  ['a guild', guild],
  ['a user', client.user],
  ['a member', guild?.members.cache.get(idIn(id, 3))],
  ['a channel', guild?.channels.cache.get(idIn(id, 1))],
  ['a channel of direct messages', client.channels.cache.get('900')],
  ['a role', guild?.roles.cache.get(idIn(id, 6))],
  ['an emoji', guild?.emojis.cache.get(idIn(id, 5))],
  ['a cache', client.guilds.cache],
  ['a list', [...client.users.cache.values()]],
  ['an object of the bot with one', { guild, n: 1 }],
])('%s', (_title, thing) => {
  expect(thing).toBeDefined();
  expect(decodeValue(encodeValue(thing))).toStrictEqual(JSON.parse(JSON.stringify(thing)));
});
