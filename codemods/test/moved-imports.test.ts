/** What a function needs of other modules goes with it, so that the handlers file loads and the handler runs. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { esmBot, project, read, tsBot } from './project.ts';

const json = { 'config.json': '{ "prefix": "!" }\n' };

test.each([
  "import config from './config.json' with { type: 'json' };",
  "import * as config from './config.json' with { type: 'json' };",
  "import { default as config } from './config.json' assert { type: 'json' };",
])('an import keeps its attributes in the handlers file: %s', async (line) => {
  const call = 'export const f = (client) => client.shard.broadcastEval((c) => [c.ws.ping, config]);';
  const root = project({ ...esmBot, ...json, 'x.js': `${line}\n${call}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
  expect(read(root)['cluster-handlers.js']).toContain(`\n${line}\n`);
});

test('TypeScript takes the import of JSON that moved along', async () => {
  const line = "import config from './config.json' with { type: 'json' };";
  const text = `import type { Client } from 'discord.js';\n${line}\nexport const f = (client: Client) => client.shard!.broadcastEval((c) => [c.ws.ping, config.prefix]);\n`;
  const root = project({ ...tsBot, 'src/config.json': json['config.json'], 'src/x.ts': text });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect([summary.left, summary.verified]).toEqual([0, true]);
  expect(sites.map(({ code }) => code)).toContain('DC-I1');
  expect(read(root)['src/cluster-handlers.ts']).toContain(`\n${line}\n`);
});
