module.exports = {
  name: 'users',
  async execute(interaction) {
    // Counts what each process has cached: the bot's own user once per process.
    const counts = await interaction.client.shard.fetchClientValues('users.cache.size');
    return `${counts.reduce((sum, count) => sum + count, 0)} users are cached.`;
  },
};
