/** What cannot be read ends a run with one sentence. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './command.ts';
import { cjsBot, project, read } from './project.ts';

test('a file that the disk does not give is named, and nothing is written: 5', async () => {
  const root = project(cjsBot);
  // A socket has a name and no text, for every user.
  const socket = createServer().listen(join(root, 'x.js'));
  await new Promise((resolve) => socket.once('listening', resolve));
  const { status, stderr } = await run(root, 'index.js', 'x.js');
  socket.close();
  expect(status).toBe(5);
  expect(stderr).toMatch(/^dc-migrate: \S+x\.js cannot be read \(\w+\)\. Nothing was written; make it readable.*\n$/);
  expect(read(root)['index.js']).toBe(cjsBot['index.js']);
});
