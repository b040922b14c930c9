/** A method whose name a const says: `client.shard[name](fn)`. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

const rows: readonly (readonly [text: string, after: string, outcomes: readonly string[]])[] = [
  [
    "const k = 'broadcastEval';\nexports.a = (client) => client.shard[k]((c) => c.ws.ping);",
    "exports.a = (client) => client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();\n",
    ['rewritten'],
  ],
  [
    "exports.a = (client) => client.shard[k]('ws.ping');\nexports.b = (client) => client.shard?.[k]('ws.status');\nconst k = 'fetchClientValues';",
    "exports.a = (client) => client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();\nexports.b = (client) => client.cluster?.ipc.requestAllShards('wsStatus').valuesOrThrow();\n",
    ['rewritten', 'rewritten'],
  ],
  [
    "const k = 'broadcastEval';\nexports.a = (client, x) => [client.shard[k]((c) => c.ws.ping), client.shard[k]((c) => c.ws.ping > x)];",
    "const k = 'broadcastEval';\nexports.a = (client, x) => [client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow(), client.shard[k]((c) => c.ws.ping > x)];\n",
    ['rewritten', 'left DC-C1'],
  ],
  [
    "const k = 'broadcastEval';\nconsole.log(k);\nexports.a = (client) => client.shard[k]((c) => c.ws.ping);",
    "const k = 'broadcastEval';\nconsole.log(k);\nexports.a = (client) => client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();\n",
    ['left DC-S2', 'rewritten'],
  ],
  [
    "const k = 'broadcastEval';\nexports.a = (client) => client.shard[k];",
    "const k = 'broadcastEval';\nexports.a = (client) => client.shard[k];\n",
    ['left DC-S2'],
  ],
  [
    "let k = 'broadcastEval';\nexports.a = (client) => client.shard[k]((c) => c.ws.ping);",
    "let k = 'broadcastEval';\nexports.a = (client) => client.shard[k]((c) => c.ws.ping);\n",
    ['left DC-S2'],
  ],
];

test('counts like its text', async () => {
  const all = await migrateAll(rows.map(([text]) => text));
  expect(all.map(({ text }) => text)).toEqual(rows.map(([, after]) => after));
  const outcomes = all.map(({ sites }) => sites.map(({ outcome, code }) => [outcome, code ?? ''].join(' ').trim()));
  expect(outcomes).toEqual(rows.map(([, , expected]) => expected));
});
