/** test/handlers: what a handlers file may be, and what is said of one that is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineHandlers, readHandlersFile, takesClientFirst } from '../src/handlers.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-handlers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('defineHandlers', () => {
  test('gives back what it was given, marked', () => {
    const handlers = { a: () => 1, b: async () => 2 };
    expect(defineHandlers(handlers)).toBe(handlers);
    expect(takesClientFirst(handlers.a)).toBe(true);
    expect(Object.keys(handlers.a)).toEqual([]);
    expect(takesClientFirst(() => 1)).toBe(false);
  });

  test('may be called twice for the same function', () => {
    const { a } = defineHandlers({ a: () => 1 });
    expect(() => defineHandlers({ a, again: a })).not.toThrow();
  });
});

describe('a handlers file', () => {
  const body = '{ count: (client) => client.size, tag: (client, { id }) => id }';

  test.each([
    ['exports.cjs', `exports.handlers = ${body};`],
    ['module-exports.cjs', `module.exports = { handlers: ${body} };`],
    ['bare.cjs', `module.exports = ${body};`],
    ['named.mjs', `export const handlers = ${body};`],
    ['default.mjs', `export default ${body};`],
    ['nested.mjs', `export default { handlers: ${body} };`],
  ])('may be written as %s', async (name, text) => {
    const handlers = new Map(await readHandlersFile(write(name, text)));
    expect([...handlers.keys()]).toEqual(['count', 'tag']);
    expect((handlers.get('count') as (client: object) => unknown)({ size: 7 })).toBe(7);
  });

  test('has handlers that take the client first, with and without defineHandlers', async () => {
    const [plain] = await readHandlersFile(write('plain.mjs', `export const handlers = ${body};`));
    expect(takesClientFirst(plain?.[1] ?? {})).toBe(true);
  });

  test('that waits for ever at its top level is refused in time, by name', async () => {
    const file = write(
      'waits.mjs',
      'export const handlers = {}; await new Promise(() => setInterval(() => {}, 1e6).unref());',
    );
    await expect(readHandlersFile(file, 'handlers', 50)).rejects.toMatchObject({
      code: 'HANDLERS_FILE',
      details: { file, reason: expect.stringContaining('within 50 ms') },
    });
  });

  test.each([
    ['throws.cjs', "throw new Error('no database')", 'it throws: no database'],
    ['syntax.mjs', 'export const = 1', 'it throws: '],
    ['nothing.cjs', '', 'it exports no `handlers` object'],
    ['other.mjs', 'export const handler = () => 1;', 'it exports no `handlers` object'],
    ['function.cjs', 'module.exports = () => 1;', 'it exports no `handlers` object'],
    ['empty.mjs', 'export const handlers = {};', 'it exports no `handlers` object'],
    ['null.mjs', 'export const handlers = null;', 'it exports no `handlers` object'],
    ['number.cjs', 'module.exports = { handlers: { a() {}, count: 5 } };', "its 'count' is no function"],
  ])('is refused with its name and the reason: %s', async (name, text, reason) => {
    const file = write(name, text);
    await expect(readHandlersFile(file)).rejects.toMatchObject({
      code: 'HANDLERS_FILE',
      details: { file, reason: expect.stringContaining(reason) },
      message: expect.stringContaining(file),
    });
  });

  test('that throws has what it threw as cause', async () => {
    const file = write('cause.cjs', "throw new TypeError('no database')");
    await expect(readHandlersFile(file)).rejects.toMatchObject({
      cause: { name: 'TypeError', message: 'no database' },
    });
  });
});
