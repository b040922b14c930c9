// A bot that never logs in: discord.js's client with its sharding helpers, and our handler where there is a cluster.
const { Client } = require('discord.js');
const { isMainThread, parentPort } = require('node:worker_threads');

const client = new Client({ intents: [] });
client.cluster?.ipc.handle('increment', ({ n }) => n + 1);
const ready = { _ready: true };
if (isMainThread) process.send(ready);
else parentPort.postMessage(ready);
