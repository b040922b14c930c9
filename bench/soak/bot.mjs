/** bench/soak/bot: a bot that never logs in, asks all others, and ends or stands still when it is told to. */
import { Client } from 'discord.js';
import { hear, tell } from './mail.mjs';
import { SoakNode } from './node.mjs';
import { kinds } from './questions.mjs';

const client = new Client({ intents: [] });
const { cluster } = client;
const node = new SoakNode({
  by: `cluster:${cluster.id}`,
  firstShard: cluster.shards[0],
  ipc: cluster.ipc,
  say: tell,
  inFlight: () => cluster.node.peer.inFlight,
});

function block(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const orders = {
  begin: (setup) => node.begin({ ...setup, kinds }),
  finish: async () => tell({ word: 'finished', by: `cluster:${cluster.id}`, ...(await node.finish()) }),
  exit: () => process.exit(7),
  block: ({ forMs }) => block(forMs),
};
hear(({ order, ...rest }) => orders[order](rest));
tell({ word: 'hello' });
