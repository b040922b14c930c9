/** test/equivalence/sites: calls as public bots write them, each as a whole command that ends in an answer. */
import { guildId, idIn } from './filled-bot.ts';

/** One command of a bot: a CommonJS module that exports `async (client, input) => answer`. */
export interface Site {
  readonly title: string;
  /** The statements of the command. */
  readonly body: string;
  /** What stands above the command in its file. */
  readonly head?: string;
  readonly input?: unknown;
  /** The command ends in an error. */
  readonly fails?: true;
  /** A text that is evaluated: needs --legacy. */
  readonly text?: true;
}

const home = guildId(1, 2);
const far = guildId(2, 0);
const channel = idIn(home, 1);
const user = idIn(home, 3);
const hole = (name: string): string => `$${`{input.${name}}`}`;

/** Reading: numbers, rows, lists, lookups. */
const reading: readonly Site[] = [
  {
    title: 'the sum of a cache size, by path',
    body: "return (await client.shard.fetchClientValues('guilds.cache.size')).reduce((a, b) => a + b, 0);",
  },
  { title: 'a cache size per shard', body: 'return client.shard.broadcastEval((c) => c.channels.cache.size);' },
  {
    title: 'guilds and members in Promise.all',
    body: `const results = await Promise.all([
    client.shard.fetchClientValues('guilds.cache.size'),
    client.shard.broadcastEval((c) => c.guilds.cache.reduce((sum, guild) => sum + guild.memberCount, 0)),
  ]);
  return results.map((all) => all.reduce((a, b) => a + b, 0));`,
  },
  {
    title: 'a whole collection',
    body: "return (await client.shard.fetchClientValues('guilds.cache')).flat().map((guild) => guild.name);",
  },
  { title: 'the ping of each shard', body: "return client.shard.fetchClientValues('ws.ping');" },
  {
    title: 'a count by a condition, with data',
    body: `const counts = await client.shard.broadcastEval((c, { least }) => c.guilds.cache.filter((g) => g.memberCount >= least).size, {
    context: { least: input },
  });
  return counts.reduce((sum, n) => sum + n, 0);`,
    input: 12,
  },
  {
    title: 'what each process of the bot counted, in all',
    body: `const [guilds, runs] = await Promise.all([
    client.shard.fetchClientValues('guilds.cache.size'),
    client.shard.broadcastEval((c) => c.commandsRun),
  ]);
  return [guilds.reduce((a, b) => a + b, 0), runs.reduce((a, b) => a + b, 0)];`,
  },
  {
    title: 'what each process of the bot counted, in a loop',
    body: `let total = 0;
  for (const runs of await client.shard.broadcastEval((c) => c.commandsRun)) total += runs;
  return total;`,
  },
  {
    title: 'whether a shard is over a threshold',
    body: 'return (await client.shard.broadcastEval((c) => c.guilds.cache.size)).some((guilds) => guilds > 3);',
  },
  {
    title: 'shards that have guilds, counted',
    body: 'return (await client.shard.broadcastEval((c) => (c.guilds.cache.size > 0 ? 1 : 0))).reduce((a, b) => a + b, 0);',
  },
  {
    title: 'a row per shard, in lists of one',
    body: `const seen = await client.shard.broadcastEval((c) => [c.guilds.cache.size]);
  return seen.flat().map((guilds, shard) => 'Shard ' + shard + ': ' + guilds);`,
  },
  {
    title: 'a row per shard, laid out flat',
    body: `const lists = [
    (await client.shard.broadcastEval((c) => ({ guilds: c.guilds.cache.size }))).flat(),
    (await client.shard.broadcastEval((c) => c.guilds.cache.size)).flatMap((guilds) => [guilds]),
  ];
  return lists.map((list) => list.length);`,
  },
  {
    title: 'whether a shard lacks a guild',
    body: 'return (await client.shard.broadcastEval((c, id) => c.guilds.cache.has(id), { context: input })).includes(false);',
    input: home,
  },
  {
    title: 'the memory of the process, as numbers',
    body: 'return (await client.shard.broadcastEval(() => process.memoryUsage().heapUsed)).map((n) => n > 1e6);',
  },
  {
    title: 'a row per shard',
    body: `const rows = await client.shard.broadcastEval((c) => ({
    id: c.shard.ids[0],
    ping: c.ws.ping,
    guilds: c.guilds.cache.size,
    users: c.users.cache.size,
  }));
  return rows.map((row, shard) => [shard, row]);`,
  },
  {
    title: 'the index as the id of a shard',
    body: 'const sizes = await client.shard.broadcastEval((c) => c.guilds.cache.map((g) => g.id));\n  return sizes[input];',
    input: 2,
  },
  {
    title: 'the results taken apart',
    body: 'const [first, , third] = await client.shard.broadcastEval((c) => c.shard.ids);\n  return { first, third };',
  },
  {
    title: 'one shard by its number',
    body: 'return client.shard.broadcastEval((c) => [c.shard.ids, c.guilds.cache.size, c.users.cache.size], { shard: 1 });',
  },
  { title: 'a path of one shard', body: "return client.shard.fetchClientValues('ws.ping', 2);" },
  {
    title: 'a guild as plain fields',
    body: `const found = await client.shard.broadcastEval((c, id) => {
    const guild = c.guilds.cache.get(id);
    return guild ? { name: guild.name, owner: guild.ownerId, icon: guild.icon } : null;
  }, { context: input });
  return found.find((guild) => guild !== null);`,
    input: home,
  },
  {
    title: 'a guild itself, as its JSON',
    body: 'return (await client.shard.broadcastEval((c, { id }) => c.guilds.cache.get(id), { context: { id: input } })).find(Boolean);',
    input: far,
  },
  {
    title: 'a channel itself, as its JSON',
    body: 'return (await client.shard.broadcastEval((c, { id }) => c.channels.cache.get(id), { context: { id: input } })).find(Boolean);',
    input: channel,
  },
  {
    title: 'the name of a user',
    body: `const tags = await client.shard.broadcastEval((c, { uid }) => c.users.cache.get(uid)?.tag, { context: { uid: input } });
  return tags.find(Boolean) ?? 'nobody';`,
    input: user,
  },
  {
    title: 'nothing anywhere',
    body: 'return client.shard.broadcastEval((c, { uid }) => c.users.cache.get(uid)?.tag, { context: { uid: input } });',
    input: '1',
  },
  {
    title: 'the roles of a member',
    body: `const found = await client.shard.broadcastEval((c, { guild, user }) => {
    const member = c.guilds.cache.get(guild)?.members.cache.get(user);
    return member ? member.roles.cache.map((role) => role.name) : null;
  }, { context: input });
  return found.flat().filter(Boolean);`,
    input: { guild: home, user },
  },
  {
    title: 'a flat list of names',
    body: 'return (await client.shard.broadcastEval((c) => [...c.guilds.cache.values()].map((g) => g.name))).flat();',
  },
  {
    title: 'keys of all guilds, merged with concat',
    body: 'return [].concat(...(await client.shard.broadcastEval((c) => [...c.guilds.cache.keys()])));',
  },
  {
    title: 'guilds shared with a member',
    body: `const lists = await client.shard.broadcastEval((c, user) => c.guilds.cache.filter((g) => g.members.cache.has(user)).map((g) => g.id), {
    context: input,
  });
  return lists.reduce((all, some) => all.concat(some), []);`,
    input: user,
  },
  {
    title: 'an emoji by its name',
    body: `const found = await client.shard.broadcastEval((c, { name }) => {
    const emoji = c.emojis.cache.find((e) => e.name === name);
    return emoji ? { id: emoji.id, identifier: emoji.identifier } : null;
  }, { context: { name: input } });
  return found.filter((emoji) => emoji);`,
    input: 'smile2',
  },
  {
    title: 'a member of the bot, with data',
    body: 'return (await client.shard.broadcastEval((c, { id }) => c.bank.balanceOf(id), { context: { id: input } })).some((n) => n === 70);',
    input: '7',
  },
  {
    title: 'rows looked at one by one',
    body: `const seen = [];
  for (const row of await client.shard.broadcastEval(async (c) => [c.ws.status, await Promise.resolve(c.ws.ping)])) seen.push(row.join());
  return seen;`,
  },
  {
    title: 'a sum in then',
    body: "return client.shard.fetchClientValues('channels.cache.size').then((all) => all.reduce((a, b) => a + b, 0));",
  },
  {
    title: '`this` of an arrow function',
    body: 'return client.shard.broadcastEval(() => this.guilds.cache.map((g) => g.name).sort());',
  },
  {
    title: 'a function by its name',
    head: 'function largest(c, { least }) {\n  return c.guilds.cache.filter((g) => g.memberCount > least).map((g) => g.id);\n}\n',
    body: 'return client.shard.broadcastEval(largest, { context: { least: input } });',
    input: 11,
  },
  {
    title: 'a default for data that was not given',
    body: 'return client.shard.broadcastEval((c, { least } = { least: 13 }) => c.guilds.cache.filter((g) => g.memberCount >= least).size);',
  },
  {
    title: 'data of several kinds',
    body: 'return client.shard.broadcastEval((c, data) => [c.isReady(), data], { context: { list: [1, null, { a: true }], text: input } });',
    input: 'ü "quoted" ``',
  },
  {
    title: 'nothing, compared with null',
    body: `const names = await client.shard.broadcastEval((c, id) => c.guilds.cache.get(id)?.name, { context: input });
  return [names.find((name) => name !== null), names.filter((name) => name === null).length, names.map((name) => typeof name)];`,
    input: far,
  },
  {
    title: 'nothing, compared with undefined',
    body: `const names = await client.shard.broadcastEval((c, id) => {
    const guild = c.guilds.cache.get(id);
    if (!guild) return;
    return guild.name;
  }, { context: input });
  return names.filter((name) => name !== undefined).length;`,
    input: home,
  },
  {
    title: 'numbers of which some are missing, added up and written out',
    body: `const counts = await client.shard.broadcastEval((c, id) => c.guilds.cache.get(id)?.memberCount, { context: input });
  return [counts.reduce((a, b) => a + b, 0), counts.map(String)];`,
    input: far,
  },
  {
    title: 'nothing in lists',
    body: `const lists = await client.shard.broadcastEval((c) => c.guilds.cache.map((g) => g.channels.cache.get('1')?.name));
  return lists.flat().filter((name) => name === null).length;`,
  },
  {
    title: 'a member nobody set, compared with null',
    body: "return (await client.shard.fetchClientValues('mood')).every((mood) => mood === null);",
  },
  {
    title: 'dates and numbers JSON does not know',
    body: 'return client.shard.broadcastEval((c) => ({ at: c.startedOn, nothing: undefined, half: Number.NaN }));',
  },
];

/** Doing: requests to Discord, members of the bot, errors. */
const doing: readonly Site[] = [
  {
    title: 'a message to a channel, wherever it is',
    body: `const sent = await client.shard.broadcastEval(async (c, { id, text }) => {
    const channel = c.channels.cache.get(id);
    if (!channel) return false;
    await channel.send(text);
    return true;
  }, { context: input });
  return sent.includes(true);`,
    input: { id: channel, text: 'hello' },
  },
  {
    title: 'a direct message',
    body: "await client.shard.broadcastEval(async (c, { id }) => { await c.users.cache.get(id)?.send('hi'); }, { context: { id: input } });",
    input: user,
  },
  {
    title: 'a ban in the guild of a shard',
    body: `return client.shard.broadcastEval(async (c, { guild, user }) => {
    const found = c.guilds.cache.get(guild);
    if (!found) return null;
    await found.members.ban(user);
    return found.name;
  }, { context: input });`,
    input: { guild: far, user: '5' },
  },
  {
    title: 'leaving a guild',
    body: 'await client.shard.broadcastEval((c, id) => c.guilds.cache.get(id)?.leave().then(() => undefined), { context: input });',
    input: home,
  },
  {
    title: 'a setting in every process',
    body: "await client.shard.broadcastEval((c, { mood }) => { c.settings.set('mood', mood); }, { context: { mood: input } });",
    input: 'calm',
  },
  {
    title: 'a method of the bot in every process',
    body: 'await client.shard.broadcastEval((c, language) => c.reloadLocales(language), { context: input });',
    input: 'de',
  },
  {
    title: 'an event in every process',
    body: "await client.shard.broadcastEval((c, text) => { c.emit('warn', text); }, { context: input });",
    input: 'cache is old',
  },
  {
    title: 'an error of the function',
    body: "return client.shard.broadcastEval((c, name) => { throw new RangeError('no ' + name + ' on ' + c.shard.ids[0]); }, { context: input });",
    input: 'mood',
    fails: true,
  },
  {
    title: 'a member that is not there',
    body: "return client.shard.fetchClientValues('application.id');",
    fails: true,
  },
  {
    title: 'an error that is caught',
    body: "try {\n    return await client.shard.broadcastEval((c) => c.nothing.at.all);\n  } catch {\n    return 'failed';\n  }",
  },
];

/** Texts of discord.js 11 and 12. */
const texts: readonly Site[] = [
  {
    title: 'a text',
    body: "return (await client.shard.broadcastEval('this.guilds.cache.size')).reduce((a, b) => a + b);",
    text: true,
  },
  {
    title: 'a text with a value between quotes',
    body: `return client.shard.broadcastEval(\`this.users.cache.has('${hole('user')}')\`);`,
    input: { user },
    text: true,
  },
  {
    title: 'a text with an object',
    body: "return client.shard.broadcastEval('({ id: this.shard.ids[0], ping: this.ws.ping })');",
    text: true,
  },
  {
    title: 'a text of statements, whose last is the result',
    body: `return client.shard.broadcastEval(\`
    const guild = this.guilds.cache.get('${hole('guild')}');
    guild ? guild.name : null;
  \`);`,
    input: { guild: home },
    text: true,
  },
];

/** All of them. */
export const sites: readonly Site[] = [...reading, ...doing, ...texts];

/** The file of a site. */
export const moduleOf = ({ head = '', body }: Site): string =>
  `${head}module.exports = async (client, input) => {\n  ${body}\n};\n`;
