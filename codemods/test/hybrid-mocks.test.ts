/** What stands for discord-hybrid-sharding in a test stands for what a bot imports, and moves with the import. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read } from './project.ts';

const from = "'discord-hybrid-sharding'";

const bot = {
  'package.json': JSON.stringify({
    ...{ name: 'bot', private: true, type: 'commonjs' },
    dependencies: { 'discord.js': '14', 'discord-hybrid-sharding': '2' },
  }),
  'index.js': `const { ClusterManager } = require(${from});\nnew ClusterManager('./bot.js').spawn();\n`,
  'bot.js': `const { ClusterClient } = require(${from});\nclient.cluster = new ClusterClient(client);\n`,
};

const mocks = [
  `vi.mock(${from}, () => ({ ClusterManager: class {} }));`,
  `vi.doMock(${from}, () => ({}));`,
  `jest.mock(${from});`,
  `mock.module(${from}, { namedExports: {} });`,
  `const it = proxyquire('../index.js', { ${from}: { ClusterManager: class {} } });`,
];

test.each(mocks)('%s', async (line) => {
  const root = project({ ...bot, 'test/index.test.js': `${line}\nrequire('../index.js');\n` });
  await migrate({ paths: ['.'], cwd: root });
  const files = read(root);
  expect(files['index.js']).toContain("require('shardlift/compat/hybrid')");
  expect(files['test/index.test.js']).toBe(
    `${line.replace(from, "'shardlift/compat/hybrid'")}\nrequire('../index.js');\n`,
  );
});

test.each(mocks)('it stays where the import stays: %s', async (line) => {
  const stays = { 'more.js': `const { Child } = require(${from});\nnew Child();\n` };
  const files = {
    ...bot,
    ...stays,
    'bot.js': `const { ClusterClient, Child } = require(${from});\nnew ClusterClient(Child);\n`,
  };
  const root = project({ ...files, 'test/index.test.js': `${line}\n` });
  await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['test/index.test.js']).toBe(`${line}\n`);
});
