/** bench/contestants/bot-file: the bot of every library, and when all of its copies have spoken. */
import { fileURLToPath } from 'node:url';

/** The same file for discord.js, discord-hybrid-sharding and shardlift. */
export const botFile = fileURLToPath(new URL('../far-ends/bot.cjs', import.meta.url));

/** Calls `heard` once for each of `count`, then `all` resolves. */
export function waitForAll(count) {
  let left = count;
  let resolve;
  const all = new Promise((done) => {
    resolve = done;
  });
  const heard = () => {
    left -= 1;
    if (left === 0) resolve();
  };
  return { all, heard };
}
