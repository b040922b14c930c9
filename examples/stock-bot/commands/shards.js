module.exports = {
  name: 'shards',
  async execute(interaction) {
    const rows = await interaction.client.shard.broadcastEval((client) => ({
      ids: client.shard.ids,
      guilds: client.guilds.cache.size,
    }));
    return rows.map((row, shard) => `#${shard} (${row.ids.join('+')}): ${row.guilds}`).join('\n');
  },
};
