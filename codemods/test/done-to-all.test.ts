/** What is done where one shard is chosen, or where one has a thing, to what all shards of its process have together. */
import { expect, test } from 'vitest';
import { type Migrated, migrateAll } from './batch.ts';

const ignored = (fn: string): string =>
  `module.exports = async (client) => { const id = '1'; const other = '2'; await client.shard.broadcastEval(${fn}, { context: { id, other } }); };`;

const said = ({ sites }: Migrated): string => sites.map(({ message, code }) => `${code} ${message}`).join(' ');

test('what is done to the bot as a whole is noted, where one shard is chosen or has a thing', async () => {
  const rows: readonly (readonly [string, string])[] = [
    ['(c, { id }) => { if (c.guilds.cache.has(id)) c.music.leaveAll(); }', 'calls client.music'],
    ['(c, { id }) => { if (c.users.cache.has(id)) c.resetStats(); }', 'client.resetStats'],
    ['(c) => { if (c.shard.ids.includes(1)) c.music.leaveAll(); }', 'calls client.music'],
    ['(c) => { if (c.shard.ids[0] === 1) c.reload(); }', 'client.reload'],
    ['async (c) => { if (c.shard.ids[0] === 0) await c.syncGuilds(); }', 'client.syncGuilds'],
    ['(c, { id }) => c.guilds.cache.get(id) && c.x.clear()', 'client.x'],
    ['(c, { id }) => { c.guilds.cache.get(id) && c.x.clear(); }', 'client.x'],
    ['async (c, { id }) => { const g = c.guilds.cache.get(id); if (!g) return; await c.reload(); }', 'client.reload'],
    [
      'async (c, { id }) => { const g = c.guilds.cache.get(id); if (!g) return 0; await c.reload(); return 1; }',
      'client.reload',
    ],
    ['(c) => { if (!c.shard.ids.includes(1)) return; c.reload(); }', 'client.reload'],
    ["(c) => { if (!c.shard.ids.includes(1)) return; c.settings.delete('lang'); }", 'client.settings'],
    ["(c, { id }) => { if (c.guilds.cache.has(id)) c.settings.delete('lang'); }", 'client.settings'],
    ['(c, { id }) => { if (c.guilds.cache.has(id)) c.stats.messages = 0; }', 'client.stats'],
    ['(c, { id }) => { if (c.guilds.cache.has(id)) delete c.stats.messages; }', 'client.stats'],
  ];
  const found = await migrateAll(rows.map(([fn]) => ignored(fn)));
  for (const [i, [fn, name]] of rows.entries()) {
    const message = said(found[i] as Migrated);
    expect([fn, message]).toContainEqual(expect.stringContaining('DC-P2'));
    // Behind it stands what is done to it.
    expect(message).toMatch(new RegExp(`${name}(?: \\(.+?\\))?, which lives`));
    expect(message).toContain('one shard of a process does it, to what all of them share');
  }
});

test('what is done to one thing by the id that is looked up, and a word in a log, is no work on the whole', async () => {
  const rows: readonly string[] = [
    '(c, { id }) => { if (c.guilds.cache.has(id)) c.queues.delete(id); }',
    '(c, { id }) => { if (c.guilds.cache.has(id)) c.queues[id] = null; }',
    '(c, { id }) => { const g = c.guilds.cache.get(id); if (g) c.queues.delete(g.id); }',
    '(c, { id }) => { const g = c.guilds.cache.get(id); if (!g) return; c.notify(g); }',
    '(c, { id }) => { if (c.guilds.cache.has(id)) c.players.get(id)?.skip(); }',
    '(c, { id }) => { if (c.shard.ids.includes(1)) c.queues.delete(id); }',
    "(c, { id }) => { if (c.guilds.cache.has(id)) c.logger.info('here'); }",
    "(c) => { if (c.shard.ids.includes(1)) c.logger.info('here'); }",
    '(c, { id }) => { c.guilds.cache.get(id)?.leave(); c.reload(); }',
    'async (c) => { if (c.shard.ids.includes(0)) await c.stats.increaseMails(); }',
    '(c, { id }) => { if (c.guilds.cache.has(id)) c.stats.mails++; }',
  ];
  const found = await migrateAll(rows.map(ignored));
  for (const [i, fn] of rows.entries())
    expect([fn, said(found[i] as Migrated)]).toEqual([fn, expect.not.stringContaining('DC-P2')]);
});

test('a logger of the bot that sends a message does more than say a word in a log', async () => {
  const loggers = `class Logger {
  constructor(client) { this.client = client; this.lines = []; }
  info(t) { this.lines.push(t); const ch = this.client.channels.cache.get(this.client.config.logs); if (ch) ch.send('log ' + t); }
  debug(t) { return this.info(t); }
  warn(t) { console.warn(t); this.lines.push(t); }
}
module.exports = (client) => {
  client.logger = new Logger(client);
  client.log = (t) => { client.channels.cache.get('1')?.send(t); };
};
class Reply { error(t) { return this.channel.send(t); } }
`;
  const rows: readonly (readonly [string, boolean])[] = [
    ["(c) => { c.logger.info('players ' + c.music.players.size); }", true],
    ["(c) => { c.logger.debug('players ' + c.music.players.size); }", true],
    ["(c) => { c.log('n ' + c.music.players.size); }", true],
    ["(c) => { c.logger.warn('players ' + c.music.players.size); }", false],
    ["(c) => { c.logger.error('players ' + c.music.players.size); }", false],
    ["(c) => { console.log('players ' + c.music.players.size); }", false],
  ];
  const found = await migrateAll(
    rows.map(([fn]) => ignored(fn)),
    { 'loggers.js': loggers },
  );
  for (const [i, [fn, isNoted]] of rows.entries())
    expect([fn, said(found[i] as Migrated)]).toEqual([
      fn,
      isNoted ? expect.stringContaining('DC-P2') : expect.not.stringContaining('DC-P2'),
    ]);
});
