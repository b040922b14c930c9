// An operator's probe: whoever started this manager can ask it whether every shard still answers.
exports.watchHealth = (manager) => {
  process.on('message', async (message) => {
    if (message !== 'health') return;
    try {
      const pings = await manager.broadcastEval(async (client) => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return client.ws.ping;
      });
      process.send({ health: 'ok', shards: pings.length });
    } catch (error) {
      process.send({ health: 'failed', message: error.message });
    }
  });
};
