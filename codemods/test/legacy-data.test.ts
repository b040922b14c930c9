/** What stands in an evaluated text as it is, without quotes: numbers and booleans are data, code stays. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

async function rewrite(line: string, path: 'x.js' | 'src/x.ts') {
  const root = project({ ...(path === 'x.js' ? cjsBot : tsBot), [path]: `${line}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true });
  const after = read(root);
  const handlers = after['cluster-handlers.js'] ?? after['src/cluster-handlers.ts'] ?? '';
  return { site: sites.find((one) => one.file === path), text: after[path] ?? '', handlers };
}

/** A template that the code under test holds: its holes are written `<x>`. */
const template = (text: string): string => `\`${text.replace(/<(.*?)>/g, '$' + '{$1}')}\``;
const call = (text: string): string => `client.shard.broadcastEval(${template(text)});`;

test.each([
  [
    'the id of a shard',
    call('if (this.shard.id !== <client.shard.id>) this.reload();'),
    '{ shardId: client.shard.id }',
    'if (client.shard.id !== shardId) await client.reload();',
  ],
  [
    'a size',
    call('this.emit("count", <rooms.size>)'),
    '{ size: rooms.size }',
    '(client, { size }) => client.emit("count", size)',
  ],
  [
    'what Number gives, beside a text',
    call("this.emit('vote', '<id>', <Number(n)>)"),
    '{ id: String(id), n: Number(n) }',
    "client.emit('vote', id, n)",
  ],
  ['a length', call('this.cut(<list.length>, 2)'), '{ length: list.length }', 'client.cut(length, 2)'],
  ['a comparison', call('this.mark(<a.b === 2>)'), '{ b: a.b === 2 }', 'client.mark(b)'],
  ['a negation', call('this.mark(<!on>)'), '{ on: !on }', 'client.mark(on)'],
  ['a member of an object', call('this.emit({ at: <n + 1 - 1> })'), '{ n: n + 1 - 1 }', 'client.emit({ at: n })'],
])('%s is data', async (_title, line, data, handler) => {
  const { site, text, handlers } = await rewrite(line, 'x.js');
  expect(site?.outcome).not.toBe('left');
  expect(text).toContain(data);
  expect(handlers.replace(/\s+/g, ' ')).toContain(handler);
});

test.each([
  ['an operator', call('this.a <sign> 2')],
  ['what may be code', call('this.run(<code>)')],
  ['a number as a name', call('const n<list.length> = 1; this.a(n)')],
  ['a number that declares', call('const <list.length> = 1;')],
  ['a number that is a key of its own', call('this.a({ <list.length> })')],
])('%s is not', async (_title, line) => {
  const { site, text } = await rewrite(line, 'x.js');
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-D7' });
  expect(text).toBe(`${line}\n`);
});

test('a number and a boolean by their types are data', async () => {
  const line = `import type { Client } from 'discord.js';
export const f = (client: Client, n: number, on: boolean, text: string) =>
  client.shard!.broadcastEval(${template('this.emit("x", <n>, <on>)')} as never);
export const g = (client: Client, text: string) => client.shard!.broadcastEval(${template('this.emit(<text>)')} as never);`;
  const { text, handlers } = await rewrite(line, 'src/x.ts');
  expect(handlers).toContain('{ n, on }: { n: number; on: boolean }');
  expect(text).toContain('this.emit($' + '{text})');
});
