/** values/client-words: the words that bots have for their client of discord.js. */

/** Last words that are a client: `client`, `MyBot`, `discordjs`, `BOT`, `myclient`; neither a robot nor both are one. */
const clients = /^(?:[a-z]*clients?|bots?|[a-z]*discord(?:js)?)$/;

/** Words behind it that change nothing of what it is: `clientInstance`, `DiscordJs`. */
const fillers: ReadonlySet<string> = new Set(['instance', 'base', 'class', 'js', 'this', 'self']);

const stores =
  'redis|valkey|ioredis|mongo|postgres|mysql|mariadb|sqlite|elastic|memcache|prisma|influx|cassandra|dynamo';
const channels =
  'wss|rabbit|matrix|amqp|kafka|nats|mqtt|telegram|twitch|slack|whatsapp|twitter|youtube|spotify|lavalink';
const others = 'firebase|firestore|supabase|openai|github|gitlab|statsd|prometheus|graphql|apollo';
/** These have guilds of their own. */
const likeDiscord = 'guilded|revolt|stoat|eris';

/** What else a bot talks to, by whole words: `rabbitmq`, `mongoose`, `postgresql`; people are called Natsuki. */
const brand = new RegExp(
  `^(?:${stores}|${channels}|${others}|${likeDiscord})(?:mq|js|db|ql|sql|io|d|search|ose|oose|clients?)?$`,
);

const relative = new RegExp(`^(?:${likeDiscord})$`);

/** What a client of something else is for: `dbClient`, `S3Client`. */
const kind =
  /^(?:pg|db|ws|io|mq|s3|api|https?|rest|rpc|grpc|tcp|udp|sql|smtp|ftp|ssh|irc|web|prom|webhook)(?:clients?)?$/;

/** Names that say of themselves that they are no client. */
const parts = /queue|broker|worker|socket|pool|cache|database/;

/** The words of a name: `rabbitMQClient` -> rabbit, mq, client. */
function wordsOf(name: string): readonly string[] {
  const apart = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return apart.split(/[^A-Za-z\d]+/).flatMap((word) => (word === '' ? [] : [word.toLowerCase()]));
}

const isOfOther = (word: string): boolean => brand.test(word) || kind.test(word);

/** Whether a name speaks of a client: its last word is what it is. */
export function saysClient(name: string | null | undefined): boolean {
  if (name === null || name === undefined) return false;
  const words = wordsOf(name);
  const last = words.findLastIndex((word) => !fillers.has(word) && !/^\d+$/.test(word));
  return clients.test((words[last] ?? '').replace(/\d+$/, '')) && !words.some(isOfOther);
}

/** Whether a name speaks of several clients: `clients`, `musicBots`. */
export function saysClients(name: string): boolean {
  return saysClient(name) && /(?:clients|bots)$/.test(wordsOf(name).at(-1) ?? '');
}

/** Whether a name speaks of one client. */
export const saysOneClient = (name: string | null | undefined): boolean =>
  typeof name === 'string' && saysClient(name) && !saysClients(name);

/**
 * Whether a name is that of something else a bot talks to, so that its parts are parts of that: `redis`. A guild is one
 * of Discord, whatever it is for: `spotifyGuild`.
 */
export function saysService(name: string): boolean {
  const telling = saysGuild(name) ? relative : brand;
  return wordsOf(name).some((word) => telling.test(word));
}

/** Whether a name speaks of something that is no client: `rabbit`, `queues`, `redisPool`, `telegramBot`. */
export function saysOther(name: string): boolean {
  return !saysClient(name) && wordsOf(name).some((word) => isOfOther(word) || parts.test(word));
}

/** The last part of a path to a module, which says what it is: `../lib/client`, `./bot/index.js`. */
export function moduleName(specifier: string): string {
  const path = specifier.replace(/\.[cm]?[jt]s$/, '').replace(/\/index$/, '');
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The `shard` of a guild is a connection of discord.js, whatever is asked of it. */
export function saysGuild(name: string): boolean {
  return wordsOf(name).at(-1)?.replace(/\d+$/, '') === 'guild';
}
