/** analyze/client-words: the words that bots have for their client of discord.js. */

/** Whole words, since neither a robot nor both are one: `client`, `MyBot`, `discordClient`, `BOT`. */
const words =
  /[Cc]lients?(?![a-z])|CLIENTS?(?![a-z])|[Dd]iscord|DISCORD|(?<![A-Za-z])bots?(?![a-z])|Bots?(?![a-z])|(?<![A-Za-z])BOTS?(?![A-Za-z])/;

/** What else a bot talks to. */
const services = 'redis|mongo|rabbit|amqp|kafka|nats|mqtt|postgres|mysql|elastic';

/** Clients of something else: `redisClient`. */
const ofOthers = new RegExp(`(?:${services}|pg|s3|grpc|http)_?clients?(?![a-z])`, 'i');

/** Names that say of themselves that they are no client. */
const others = new RegExp(`${services}|queue|broker|worker|socket|pool|cache|database`, 'i');

/** Whether a name, or the text of a type, speaks of a client. */
export function saysClient(text: string | undefined): boolean {
  return text !== undefined && words.test(text) && !ofOthers.test(text);
}

/** Whether a name speaks of something that is no client: `rabbit`, `queues`, `redisPool`. */
export function saysOther(name: string): boolean {
  return others.test(name) && !saysClient(name);
}

/** The last part of a path to a module says what it is: `../lib/client`, `./bot/index.js`. */
export function saysClientModule(specifier: string): boolean {
  const parts = specifier
    .replace(/\.[cm]?[jt]s$/, '')
    .replace(/\/index$/, '')
    .split('/');
  return saysClient(parts[parts.length - 1]);
}

/** The `shard` of a guild is a connection of discord.js, whatever is asked of it. */
export function saysGuild(text: string): boolean {
  return /(?:^|\.)guild$/.test(text);
}
