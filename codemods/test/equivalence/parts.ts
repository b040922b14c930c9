/** test/equivalence/parts: what functions of bots read, and what they do, one expression each. */
import { guildId, idIn } from './filled-bot.ts';

/** What a function gives for one shard, as far as the code behind the call has to know. */
export type Kind = 'number' | 'counter' | 'flag' | 'text' | 'list' | 'row' | 'nothing';

const home = guildId(1, 2);

/** What commands get, and hand to their functions. */
export const input = {
  id: home,
  // Of another shard, so that none has both.
  channel: idIn(guildId(0, 1), 1),
  user: idIn(home, 3),
  least: 12,
  name: 'guild 1/2',
  word: 'night',
} as const;

/** The name of something that is handed to a function. */
export type Datum = keyof typeof input;

/** An expression over `c`, the client, and the data it names. */
export interface Part {
  readonly kind: Kind;
  readonly text: string;
  readonly data: readonly Datum[];
}

/** The name of an input stands for itself in a text: a word of its own, and no member. */
const dataIn = (text: string): readonly Datum[] =>
  (Object.keys(input) as Datum[]).filter((name) => new RegExp(`(?<![.\\w'#])${name}(?![\\w':])`).test(text));

const partsOf = (kind: Kind, ...texts: readonly string[]): readonly Part[] =>
  texts.map((text) => ({ kind, text, data: dataIn(text) }));

/** A place of a text that something is put into. */
export const hole = (text: string): string => `$${`{${text}}`}`;

/** Numbers: of what shards divide, of the shard itself, of the process. */
export const numbers = partsOf(
  'number',
  'c.guilds.cache.size',
  'c.emojis.cache.size',
  'c.guilds.cache.reduce((sum, guild) => sum + guild.memberCount, 0)',
  'c.guilds.cache.map((g) => g.memberCount).reduce((a, b) => a + b, 0)',
  'c.guilds.cache.filter((g) => g.memberCount >= least).size',
  'c.ws.ping',
  'c.shard.ids[0]',
  'c.shard.count',
  'c.settings.size',
  'c.howMany()',
  'c.music.playing()',
  'c.servers()',
  'c.premiumOf(user)',
  "c[word === 'night' ? 'players' : 'settings'].size",
  'c.guilds.cache.get(id)?.memberCount ?? 0',
  'c.guilds.cache.get(id)?.memberCount',
  'Math.max(...c.guilds.cache.map((g) => g.memberCount))',
  'c.guilds.cache.map((g) => g.memberCount).sort((a, b) => b - a)[0]',
);

/** What each process counts: only the sum of it means something. */
export const counters = partsOf('counter', 'c.commandsRun');

/** Yes or no. */
export const flags = partsOf(
  'flag',
  'c.guilds.cache.has(id)',
  '!c.guilds.cache.has(id)',
  'c.guilds.cache.some((g) => g.name === name)',
  'c.guilds.cache.every((g) => g.memberCount >= least)',
  'c.guilds.cache.size > 2',
  'c.users.cache.has(user)',
  'c.settings.has(word)',
  'c.settings.size > 0',
  'c.shard.ids.includes(1)',
  'c.settings.delete(word)',
  '!!c.guilds.cache.get(id)',
  'c.guilds.cache.get(id) !== undefined',
  'c.isReady()',
  'c.isBig()',
  'c.isLarge()',
  'c.isLong(word)',
  'c.music.busy',
);

/** Texts, or nothing. */
export const texts = partsOf(
  'text',
  'c.guilds.cache.get(id)?.name',
  'c.guilds.cache.get(id)?.name ?? null',
  'c.guilds.cache.get(id).name',
  "c.guilds.cache.has(id) ? 'here' : 'nowhere'",
  '[...c.settings.values()][0]',
  "c.guilds.cache.get(id)?.name || ''",
  'c.users.cache.get(user)?.username',
  'c.channels.cache.get(channel)?.guild.name',
  'c.guilds.cache.find((g) => g.name === name)?.id',
  'c.guilds.cache.first()?.name',
  'c.user.username',
  'c.settings.get(word)',
  'c.music.title',
  'c.music.titled(user)',
  'c.bank.balanceOf(user)',
  "c.guilds.cache.map((g) => g.name).join(', ')",
  `\`${hole('c.guilds.cache.size')} guilds\``,
  `\`Shard ${hole('c.shard.ids[0]')}: ${hole('c.ws.ping')} ms\``,
);

/** Lists. */
export const lists = partsOf(
  'list',
  'c.guilds.cache.map((g) => g.name)',
  '[...c.guilds.cache.keys()]',
  'c.guilds.cache.map((g) => ({ id: g.id, name: g.name, members: g.memberCount }))',
  'c.guilds.cache.filter((g) => g.memberCount >= least).map((g) => g.id)',
  'Array.from(c.guilds.cache.values(), (g) => g.memberCount)',
  'c.guilds.cache.map((g) => g.name).slice(0, 2)',
  'c.guilds.cache.sort((a, b) => b.memberCount - a.memberCount).first(2).map((g) => g.name)',
  'c.guilds.cache.first(2).map((g) => g.id)',
  'c.shard.ids',
  '[c.guilds.cache.size, c.emojis.cache.size]',
  '[...c.settings.keys()]',
  '[...c.reminders.keys()]',
  'Array.from(c.reminders, ([key]) => key)',
  'c.guilds.cache.get(id)?.roles.cache.map((r) => r.name) ?? []',
  'c.guilds.cache.get(id)?.members.cache.map((m) => m.user.username)',
);

/** Objects, written or of discord.js. */
export const rows = partsOf(
  'row',
  '({ id: c.shard.ids[0], n: c.guilds.cache.size, ping: c.ws.ping })',
  '({ n: c.guilds.cache.size, members: c.guilds.cache.reduce((a, g) => a + g.memberCount, 0) })',
  '({ n: c.guilds.cache.get(id)?.memberCount, name: c.guilds.cache.get(id)?.name })',
  '({ shard: c.shard.ids.join(), n: c.emojis.cache.size, word: c.settings.get(word) })',
  'c.guilds.cache.get(id)',
  'c.users.cache.get(user)',
  'c.channels.cache.get(channel)',
  'c.guilds.cache.find((g) => g.name === name)',
  'c.guilds.cache.first()',
);

/** What is done: to Discord, to the client, to what the bot has. */
export const acts = partsOf(
  'nothing',
  "c.channels.cache.get(channel)?.send('hello')",
  "c.channels.cache.get(channel).send('hello')",
  'c.guilds.cache.get(id).leave()',
  `c.channels.cache.get(channel)?.send(\`${hole("c.guilds.cache.get(id) ? 'here' : 'nowhere'")}\`)`,
  `c.channels.cache.get(channel)?.send(\`${hole('c.settings.size')} words\`)`,
  `c.user.setActivity(\`${hole('c.settings.size')} words\`)`,
  "c.user.setActivity(c.guilds.cache.has(id) ? 'here' : 'nowhere')",
  '[...c.players.values()][0]?.stop()',
  'c.players.forEach((player) => player.stop())',
  'c.players.get(id)?.stop()',
  'c.users.cache.get(user)?.send(word)',
  'c.guilds.cache.get(id)?.leave()',
  "c.guilds.cache.get(id)?.members.cache.first()?.send('hi')",
  "c.channels.cache.find((it) => it.name === 'text-1')?.send(word)",
  'c.guilds.cache.find((g) => g.memberCount >= least)?.leave()',
  'c.guilds.cache.first()?.leave()',
  `c.channels.cache.get(channel)?.send(\`${hole('c.guilds.cache.size')} servers\`)`,
  'Promise.all(c.guilds.cache.filter((g) => g.memberCount < least).map((g) => g.leave()))',
  'Promise.all([...c.guilds.cache.values()].slice(0, 2).map((g) => g.leave()))',
  "c.users.fetch('9007').then((u) => c.settings.set(word, u.username))",
  "c.channels.cache.filter((it) => it.name === 'text-1').forEach((it) => it.send(word))",
  'c.settings.set(word, 1)',
  'c.settings.set(word, c.guilds.cache.size)',
  "console.log('guilds', c.guilds.cache.size)",
  'c.settings.clear()',
  'c.commandsRun += 1',
  "c.emit('warn', word)",
  'c.user.setActivity(word)',
  `c.user.setActivity(\`${hole('c.guilds.cache.size')} servers\`)`,
  `c.user.setPresence({ activities: [{ name: \`Shard ${hole('c.shard.ids[0]')}\` }] })`,
  "c.user.setPresence({ status: 'idle' })",
  'c.reloadLocales(word)',
  `c.user.setActivity(\`${hole('c.howMany()')} servers\`)`,
  `c.channels.cache.get(channel)?.send(\`${hole('c.music.playing()')} playing\`)`,
  `c.channels.cache.get(channel)?.send(\`${hole('c.servers()')} servers\`)`,
  "c.channels.cache.get(channel)?.send(c.music.busy ? 'busy' : 'idle')",
  'c.channels.cache.get(channel)?.send(c.music.titled(user))',
  "c.isBig() && c.users.cache.get(user)?.send('big')",
  "c.emit('warn', String(c.howMany()))",
  'c.settings.set(word, c.howMany())',
  'c.util.busiest()?.leave()',
  'c.tell(channel)',
  `c.channels.cache.get(channel)?.send(\`${hole('c.load')} servers\`)`,
  "c.util.count().then((n) => c.emit('warn', String(n)))",
  "c[word === 'night' ? 'bank' : 'music'].pay(user, 5)",
  'c.bank.pay(user, 5)',
  'c.guilds.cache.forEach((g) => g.channels.cache.first().send(word))',
);
