// A plugin as npm has many: it brings a discord.js of its own and works with the client of whoever uses it.
const { Client, GatewayIntentBits, version } = require('discord.js');

exports.version = version;
exports.makeClient = () => new Client({ intents: [GatewayIntentBits.Guilds] });
exports.sizes = (client) => client.shard.broadcastEval((one) => one.guilds.cache.size);
