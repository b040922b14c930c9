/** rules/ordered-arguments: arguments that older libraries took in an order, and what they become takes by name. */

/** The library whose manager starts shards. */
export type Library = 'discord' | 'hybrid';

type Orders = ReadonlyMap<string, readonly string[]>;

const spawn = ['amount', 'delay', 'timeout'] as const;

/**
 * The names of the arguments, in their old order: of discord.js 11 and 12, and of discord-hybrid-sharding up to 1.3.
 *
 * @see https://discordjs.guide/additional-info/changes-in-v13.html
 */
export const orders: Readonly<Record<Library, Orders>> = {
  discord: new Map<string, readonly string[]>([
    ['spawn', spawn],
    ['respawnAll', ['shardDelay', 'respawnDelay', 'timeout']],
  ]),
  hybrid: new Map<string, readonly string[]>([
    ['spawn', spawn],
    ['respawnAll', ['clusterDelay', 'respawnDelay', 'timeout']],
  ]),
};
