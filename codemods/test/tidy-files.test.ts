/** What is left of a file, and what is written, looks as somebody would have written it. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const typed = `import type { Client, User } from 'discord.js';

const countGuilds = (c: Client): number => c.guilds.cache.size;

/** Who that is. */
function userOf(c: Client, { id }: { id: string }): User | undefined {
  return c.users.cache.get(id);
}

export const total = (client: Client<true>) => client.shard!.broadcastEval(countGuilds);

export const user = (client: Client<true>) => client.shard!.broadcastEval(userOf, { context: { id: '1' } });
`;

test('types of one module stand in one line', async () => {
  const root = project({ ...tsBot, 'src/x.ts': typed });
  await migrate({ paths: ['.'], cwd: root });
  const { 'src/cluster-handlers.ts': handlers = '', 'src/x.ts': left = '' } = read(root);
  expect(handlers.split('\n').filter((line) => line.startsWith('import'))).toEqual([
    "import { defineHandlers } from 'shardlift';",
    "import type { Client, User } from 'discord.js';",
  ]);
  expect(left).toMatch(
    /^import type \{ Client \} from 'discord\.js';\n\nexport const total = .*\n\nexport const user = .*\n$/,
  );
});

test.each(['\n', '\r\n'])('a function that moves leaves one empty line of two', async (eol) => {
  const lines = [
    "'use strict';",
    '',
    'const size = (c) => c.guilds.cache.size;',
    '',
    '',
    'const ping = (c) => c.ws.ping;',
    'const other = 1;',
    '',
    'exports.a = (client) => client.shard.broadcastEval(size);',
    'exports.b = (client) => client.shard.broadcastEval(ping);',
  ];
  const root = project({ ...cjsBot, 'x.js': lines.join(eol) + eol });
  await migrate({ paths: ['.'], cwd: root });
  const { 'x.js': left = '' } = read(root);
  // An empty line that somebody wrote beside another stays.
  expect(left.split(eol).slice(0, 5)).toEqual(["'use strict';", '', '', 'const other = 1;', '']);
});
