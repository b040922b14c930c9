/** A method around a broadcast: the advice of DC-D8, and that it works. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const asked = 'broadcastEval(fn)';
const own = (ask: string): string =>
  `module.exports = class Shards {\n  constructor(client) { this.client = client; }\n` +
  `  ${ask}(fn) { return this.client.shard.${asked}; }\n` +
  `  sizes() { return this.${ask}((c) => c.guilds.cache.size); }\n};\n`;

async function migrated(files: Files) {
  const root = project({ ...cjsBot, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { site: sites.find(({ file }) => file === 's.js'), after: read(root) };
}

const apart = 'a function in a file of its own, which gets the client and is imported where it is called';
const orNames = 'or give each function a name in the handlers file and hand over that name.';

test('a method that its class alone calls is to be private, or a function', async () => {
  const { site } = await migrated({ 's.js': own('ask') });
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-D8' });
  expect(site?.message).toContain(
    `it is a method, and any file may call it. Make it private (\`#ask\`), or ${apart}, and run dc-migrate again, ${orNames}`,
  );
});

test('as a private one it is followed', async () => {
  const { site, after } = await migrated({ 's.js': own('#ask') });
  expect(site?.outcome).toBe('rewritten');
  expect(after['s.js']).toContain("this.#ask('guildsCacheSize')");
});

const shown =
  "const Shards = require('./s');\nmodule.exports = (client) => new Shards(client).ask((c) => c.ws.ping);\n";

test.each([
  ['another file calls', { 's.js': own('ask'), 'x.js': shown }],
  ['its file calls outside of its class', { 's.js': `${own('ask')}f(new module.exports().ask((c) => c.ws.ping));\n` }],
])('a method that %s is to be a function', async (_who, files) => {
  const { site } = await migrated(files);
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-D8' });
  expect(site?.message).toContain(`. Make it ${apart}, and run dc-migrate again, ${orNames}`);
});

test('as a function that other files import it is followed', async () => {
  const { site, after } = await migrated({
    's.js': `exports.ask = (client, fn) => client.shard.${asked};\n`,
    'x.js': "const { ask } = require('./s');\nmodule.exports = (client) => ask(client, (c) => c.ws.ping);\n",
  });
  expect(site?.outcome).toBe('rewritten');
  expect(after['x.js']).toContain("ask(client, 'wsPing')");
});
