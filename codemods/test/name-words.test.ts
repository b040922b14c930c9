/** What is said of a name that is not called where it stands. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

async function sitesOf(line: string, path: 'x.js' | 'src/x.ts' = 'x.js') {
  const root = project({ ...(path === 'x.js' ? cjsBot : tsBot), [path]: `${line}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true });
  return { sites: sites.filter((one) => one.file === path), files: read(root) };
}

test.each([
  ["switch (type) { case 'broadcastEval': f(); }"],
  ["bus.on('broadcastEval', f);"],
  ["f({ type: 'fetchClientValues' });"],
  ["if (type === 'broadcastEval') f();"],
])('a text of that name is one: %s', async (line) => {
  const { sites } = await sitesOf(line);
  expect(sites).toMatchObject([{ code: 'DC-S7' }]);
  expect(sites[0]?.message).toMatch(/as text\. Nothing to do\.$/);
});

test.each([
  ['DC-S5', 'const client = { shard: { broadcastEval: jest.fn() } };'],
  ['DC-S2', 'expect(it.broadcastEval).toHaveBeenCalledTimes(1);'],
  ['DC-S2', 'it.shard.broadcastEval = vi.fn().mockResolvedValue([1]);'],
  ['DC-S2', "vi.spyOn(it.shard, 'fetchClientValues');"],
])('%s says what a mock has to have: %s', async (code, line) => {
  const { sites } = await sitesOf(line);
  expect(sites).toMatchObject([{ code }]);
  expect(sites[0]?.message).toContain('let the mock have these');
});

test('what calls a function of the file is no use of a method', async () => {
  const { sites, files } = await sitesOf(
    'module.exports = (client) => {\n  const broadcastEval = (fn) => client.shard.broadcastEval(fn);\n  return broadcastEval((c) => c.ws.ping);\n};',
  );
  expect(sites.map(({ code }) => code)).not.toContain('DC-S2');
  expect(files['x.js']).toContain("broadcastEval('wsPing')");
});

test('what is added to the types of discord.js needs nothing', async () => {
  const { sites } = await sitesOf(
    "import 'discord.js';\ndeclare module 'discord.js' {\n  interface ShardingManager { mood: string }\n}",
    'src/x.ts',
  );
  expect(sites).toMatchObject([{ code: 'DC-S5' }]);
  expect(sites[0]?.message).toMatch(/of your own\. Nothing to do\.$/);
});

test('a client of another package is named by it', async () => {
  const { sites } = await sitesOf(
    "import { FleetClient } from 'fork-fleet';\nexport const f = (client: FleetClient) => client.cluster.broadcastEval((c: any) => c.ws.ping);",
    'src/x.ts',
  );
  expect(sites).toMatchObject([{ code: 'DC-S1' }]);
  expect(sites[0]?.message).toContain('belongs to fork-fleet');
});

const hole = '$' + '{core}';

test('an expression that is put in as code is named', async () => {
  const { sites } = await sitesOf(`client.shard.broadcastEval(\`this.run(${hole})\`);`);
  expect(sites[0]?.message).toContain(`\`${hole}\` is put in as code`);
});

test('a text that ends the process is told so, whatever is put into it', async () => {
  const { sites } = await sitesOf(`client.shard.broadcastEval(\`if (${hole}) process.exit(1)\`);`);
  expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-E2' }]);
});

test.each([["'this.guilds.cache.size'"], ["on ? 'uptime' : 'this.uptime'"]])(
  'a path that begins with `this` is told so: %s',
  async (path) => {
    const { sites } = await sitesOf(`client.shard.fetchClientValues(${path}).then(f);`);
    expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-D7' }]);
    expect(sites[0]?.message).toContain('begins with `this`');
  },
);
