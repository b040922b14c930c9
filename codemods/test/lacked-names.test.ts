/** What a run says of names that the text of a function did not bring along: whether its call failed for want of them. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project } from './project.ts';

async function said(fn: string, options: { readonly fixCaptures?: boolean } = {}) {
  const text = `const os = require('node:os');\nmodule.exports = (client, id) => client.shard.broadcastEval(${fn});\n`;
  const root = project({ ...cjsBot, 'x.js': text });
  const { sites } = await migrate({ paths: ['.'], cwd: root, ...options });
  return sites.find(({ method }) => method === 'broadcastEval');
}

const fix = { fixCaptures: true };

describe('where the function asks for it, or catches the error', () => {
  test.each([
    "(c) => (typeof os === 'object' ? os.hostname() : c.user.tag)",
    '(c) => { try { return os.hostname(); } catch { return c.user.tag; } }',
  ])('an import did not stop the call: %s', async (fn) => {
    const site = await said(fn);
    expect(site?.code).toBe('DC-I1');
    expect(site?.message).toContain(
      'did not bring along; it asks for that or catches the error, so this call ran without it until now. The file of its handler imports it; the call takes the other branch from now on. Check',
    );
    expect(site?.message).not.toMatch(/threw|works/);
  });

  test.each([
    "(c) => (typeof id !== 'undefined' && c.users.cache.has(id))",
    '(c) => { try { return c.users.cache.has(id); } catch { return false; } }',
  ])('a variable does not, passed or not: %s', async (fn) => {
    const left = await said(fn);
    expect(left?.code).toBe('DC-C1');
    expect(left?.message).toContain(
      'does not exist in the other process. The function asks for it or catches the error, so this call runs without it today, and takes the other branch once it has it. Pass it with',
    );
    expect(left?.message).not.toContain('fails today');
    const passed = await said(fn, fix);
    expect(passed?.code).toBe('DC-C7');
    expect(passed?.message).toContain(
      'from outside itself; it asks for that or catches the error, so this call ran without it until now. What',
    );
    expect(passed?.message).toContain('and the call takes the other branch from now on. Check');
  });
});

test('where it may get past the name, so is said', async () => {
  expect((await said('(c) => (c.mode ? os.hostname() : 1)'))?.message).toContain(
    'so this call threw until now where it got there. The file of its handler imports it; the call works from now on.',
  );
  expect((await said('(c) => (c.mode ? c.users.cache.has(id) : 1)'))?.message).toContain(
    'so this call fails today where it gets there. Pass it',
  );
  expect((await said('(c) => (c.mode ? c.users.cache.has(id) : 1)', fix))?.message).toContain(
    'so this call threw until now where it got there. What',
  );
});

test('where one of several names is needed, the call threw', async () => {
  expect((await said('(c) => [typeof os, id]'))?.message).toContain('so this call fails today. Pass it');
  expect((await said('(c) => os.hostname()'))?.message).toContain('so this call threw until now. The file');
  expect((await said('(c) => c.users.cache.has(id)', fix))?.message).toContain('so this call threw until now. What');
});

test('what is imported for a function is one thing or several', async () => {
  expect((await said('(c) => os.hostname()'))?.message).toContain('The file of its handler imports it; ');
  const text =
    "const os = require('node:os');\nconst fs = require('node:fs');\nmodule.exports = (client) => client.shard.broadcastEval((c) => [os.EOL, fs.constants]);\n";
  const { sites } = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, 'x.js': text }) });
  expect(sites.find(({ method }) => method === 'broadcastEval')?.message).toMatch(
    /^The function uses `os` and `fs`, which its text .* imports them; /,
  );
});
