/** rules/methods: what dc-migrate looks for. */

/** The names dc-migrate looks for; the last one is a module. */
export type Method =
  | 'broadcastEval'
  | 'fetchClientValues'
  | 'ShardingManager'
  | 'ShardClientUtil'
  | 'discord-hybrid-sharding';
