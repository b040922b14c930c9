/** A file that sets a member of a global declares nothing of that name. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

async function rewrite(body: string) {
  const root = project({ ...cjsBot, 'x.js': `${body}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { site: sites.find((one) => one.file === 'x.js'), handlers: read(root)['cluster-handlers.js'] ?? '' };
}

const ask = (fn: string): string => `client.shard.broadcastEval(${fn}).then(f);`;

test.each([
  ['console', 'console.info = write;', '(c) => { console.info(1); return c.uptime; }'],
  ['process', "process.title = 'far';", '(c) => [process.pid, c.uptime]'],
  ['Math', 'Math.twice = (n) => n * 2;', '(c) => Math.round(c.ws.ping)'],
  ['global', 'global.jobs = new Map();', '(c) => [typeof global, c.uptime]'],
  ['console, by its name as text', "console['info'] = write;", '(c) => { console.info(1); return c.uptime; }'],
])('%s stays the global', async (_title, sets, fn) => {
  const { site, handlers } = await rewrite(`${sets}\n${ask(fn)}`);
  expect(site?.outcome).not.toBe('left');
  expect(handlers).toContain(fn.slice(fn.indexOf('=>')));
});

test('a declaration of that name still hides it', async () => {
  const { site } = await rewrite(`const console = make();\nconsole.info = write;\n${ask('(c) => console.info(c)')}`);
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-C9' });
});

test('a name that nothing declares is not known, whatever is set on it', async () => {
  const { site } = await rewrite(`jobs.last = 1;\n${ask('(c) => [jobs.size, c.uptime]')}`);
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-C4' });
});
