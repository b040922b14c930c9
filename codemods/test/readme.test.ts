/** The first example of the README: what it shows is what comes out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './command.ts';
import { cjsBot, project, read } from './project.ts';

/** The files of a block of code, each below a comment with its name. */
function filesIn(block: string): Readonly<Record<string, string>> {
  const [, ...parts] = block.split(/^\/\/ ([\w-]+\.js), .+\n/m);
  const names = parts.filter((_, at) => at % 2 === 0);
  return Object.fromEntries(names.map((name, at) => [name, `${parts[at * 2 + 1]?.trim()}\n`]));
}

test('the first example of the README is what a run makes of it', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const [before = {}, after = {}] = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, block = '']) => filesIn(block));
  expect(Object.keys(before)).toEqual(['index.js', 'users.js']);
  const root = project({ ...cjsBot, ...before });
  const { status } = await run(root, '.');
  expect(status).toBe(0);
  const { 'bot.js': _bot, 'package.json': _manifest, ...made } = read(root);
  expect(after).toEqual(made);
});
