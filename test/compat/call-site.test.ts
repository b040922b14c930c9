import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { callSite, siteIn, typedPath } from '../../compat/call-site.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bot = join(root, 'bots', 'stats (old).js');

describe('the call site in a stack', () => {
  test.each([
    ['a function', `    at stats (${bot}:3:9)`],
    ['a bare place', `    at ${bot}:3:9`],
    ['an asynchronous frame', `    at async ${bot}:3:9`],
    ['a method by another name', `    at Object.execute [as run] (${bot}:3:9)`],
    ['an ES module', `    at run (${pathToFileURL(bot)}:3:9)`],
    [
      'what follows Node itself',
      `    at new Promise (<anonymous>)\n    at a (node:internal/a:1:1)\n    at b (${bot}:3:9)`,
    ],
    [
      'what follows our own code',
      `    at a (${root}compat/shard.ts:1:1)\n    at ${root}src/client.ts:2:2\n    at ${bot}:3:9`,
    ],
    ['what follows discord.js', `    at eval (/x/node_modules/discord.js/src/a.js:1:1)\n    at ${bot}:3:9`],
  ])('is %s', (_name, stack) => {
    expect(siteIn(stack.split('\n'))).toBe(`${bot}:3:9`);
  });

  test.each([
    ['in evaluated text', `    at eval (eval at evalIn (${bot}:1:1), <anonymous>:1:20)\n    at ${bot}:3:9`],
    ['without a frame', ''],
    ['in Node alone', '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)'],
  ])('is unknown %s', (_name, stack) => {
    expect(siteIn(stack.split('\n'))).toBeUndefined();
  });
});

test('it is found below deep stacks, whatever limit the user has set', () => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const called = (): string | undefined => callSite(called);
  const site = called();
  expect(Error.stackTraceLimit).toBe(0);
  Error.stackTraceLimit = limit;
  expect(site).toMatch(/call-site\.test\.ts:\d+:\d+$/);
});

test.each([
  ['makes something else of stacks', (_: Error, sites: NodeJS.CallSite[]) => sites],
  [
    'fails at stacks',
    () => {
      throw new Error('no stack');
    },
  ],
])('it is unknown to a program that %s, which keeps its limit', (_, prepare) => {
  const { stackTraceLimit: limit, prepareStackTrace } = Error;
  Error.prepareStackTrace = prepare;
  try {
    expect(callSite(() => undefined)).toBeUndefined();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
  expect(Error.stackTraceLimit).toBe(limit);
});

test('it is found where the program has frozen Error', () => {
  const { stackTraceLimit: limit } = Error;
  Object.defineProperty(Error, 'stackTraceLimit', { writable: false });
  try {
    expect(callSite(() => undefined)).toMatch(/call-site\.test\.ts:\d+:\d+$/);
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', { value: limit, writable: true });
  }
});

test('it is unknown where the program refuses to have its limit touched', () => {
  const { stackTraceLimit: limit } = Error;
  const set = (): never => {
    throw new TypeError('not yours');
  };
  Object.defineProperty(Error, 'stackTraceLimit', { get: set, set, configurable: true });
  const call = (): string | undefined => callSite(() => undefined);
  try {
    expect(call).not.toThrow();
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', { value: limit, writable: true, enumerable: true });
  }
});

test('it is found where the public function has returned already', () => {
  expect(callSite(() => undefined)).toMatch(/call-site\.test\.ts:\d+:\d+$/);
});

test.each([
  ['/app/src/a.js', 'src/a.js'],
  ['/other/a.js', '/other/a.js'],
  ['/app', '/app'],
  ['/app/my bot/a.js', '"my bot/a.js"'],
  ['/app/$(x)/a.js', '"\\$(x)/a.js"'],
])('%s is typed as %s', (file, typed) => {
  expect(typedPath(file, '/app')).toBe(typed);
});
