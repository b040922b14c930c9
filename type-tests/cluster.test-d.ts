/** type-tests/cluster: what a cluster is told by its bot, and what it tells others beside requests and events. */
import { Client } from 'discord.js';
import { ClusterClient, type ClusterClientEvents, type ClusterClientOptions } from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

const client = new Client({ intents: [] });

// Options: all may be left out, undefined means the default.
const cluster = new ClusterClient(client, { handlers: './cluster-handlers.js' });
expectType<ClusterClient>(cluster);
expectAssignable<ClusterClientOptions>({});
expectAssignable<ClusterClientOptions>({ handlers: undefined });
expectAssignable<ClusterClientOptions>({ handlers: ['./a.js', './b.js'] as const });
expectNotAssignable<ClusterClientOptions>({ handlers: { guildCount: () => 1 } });
// @ts-expect-error a typing error in a name
new ClusterClient(client, { handler: './cluster-handlers.js' });
// @ts-expect-error the client is needed
new ClusterClient();
expectType<Promise<void>>(cluster.loadHandlers());

// Plain messages: any, and nothing comes back.
expectType<Promise<void>>(cluster.send({ any: 'message' }));
expectType<Promise<void>>(cluster.broadcast('message'));
expectType<Promise<void>>(cluster.broadcast({ reload: true }, { sendSelf: true }));
// @ts-expect-error a message is needed
cluster.send();
// @ts-expect-error a misspelt option
cluster.broadcast('message', { sendself: true });
// @ts-expect-error yes or no
cluster.broadcast('message', { sendSelf: 'yes' });

// Maintenance has a reason, or there is none.
expectType<string | undefined>(cluster.maintenance);
cluster.on('maintenance', (reason) => expectType<string | undefined>(reason));
expectType<[reason: string | undefined]>({} as ClusterClientEvents['maintenance']);
// @ts-expect-error the manager sets it
cluster.maintenance = 'mine';
// @ts-expect-error when it is over there is no reason
cluster.on('maintenance', (reason: string) => reason);
// @ts-expect-error no such event
cluster.on('maintain', () => undefined);
