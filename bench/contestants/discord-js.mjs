/** bench/contestants/discord-js: one value from one shard, by broadcastEval. Each call has a context of its own. */
import { fileURLToPath } from 'node:url';
import { ShardingManager } from 'discord.js';
import { payload } from '../payload.mjs';

const file = fileURLToPath(new URL('../far-ends/bot.cjs', import.meta.url));

/** Starts it. */
export async function startDiscordJs({ mode }) {
  const manager = new ShardingManager(file, { totalShards: 1, mode, respawn: false, token: 'none' });
  await manager.spawn({ delay: 0 });
  // discord.js leaves its token in the environment; the next contestant must not take it for its own.
  delete process.env.DISCORD_TOKEN;
  const [shard] = manager.shards.values();
  let n = 0;
  // discord.js answers equal calls in flight together; a bot's calls differ.
  const call = () => manager.broadcastEval((_client, { n }) => n + 1, { shard: 0, context: { ...payload, n: n++ } });
  const pids = mode === 'worker' ? [process.pid] : [process.pid, shard.process.pid];
  return { name: 'discord.js', call, pids, stop: () => shard.kill() };
}
