/** What is written looks as somebody would have written it. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

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
  const { 'src/cluster-handlers.ts': handlers = '' } = read(root);
  expect(handlers.split('\n').filter((line) => line.startsWith('import'))).toEqual([
    "import { defineHandlers } from 'shardlift';",
    "import type { Client, User } from 'discord.js';",
  ]);
});
