/** bench/host: a process of its own for one contestant's manager, so that its CPU is its own. Started by bench/contestant. */
const [library, setup] = process.argv.slice(2);
const { start } = await import(`./contestants/${library}.mjs`);

process.once('message', async () => {
  const startedAt = performance.now();
  await start(JSON.parse(setup));
  process.send({ tookMs: performance.now() - startedAt });
});
// Threads end with it; processes lose the bench's socket.
process.on('disconnect', () => process.exit(0));
process.send('loaded');
