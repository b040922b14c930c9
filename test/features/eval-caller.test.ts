/** test/features/eval-caller: a function's text is sent once, afterwards its id. */
import type { Client } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { evalContract, evalHandlers, type FunctionWork } from '../../src/features/eval.ts';
import type { EvalOutcome } from '../../src/features/eval-answer.ts';
import { EvalCaller } from '../../src/features/eval-caller.ts';
import { createNode } from '../../src/node.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';
import { shards, splitClient } from '../views/split-client.ts';

/** A manager, a bot and cluster 0, whose requests are noted by what they carry. */
function lines() {
  const client = splitClient();
  const manager = createNode({ self: localHost, incarnation: 1 });
  const bot = createNode({ self: clusterAddress(1), incarnation: 1 });
  const cluster = createNode({ self: clusterAddress(0), incarnation: 1 });
  for (const [node, id] of [
    [cluster, 0],
    [bot, 1],
  ] as const) {
    const [down, up] = memoryPair('host:local', `cluster ${id}`);
    manager.router.attach(clusterAddress(id), down);
    node.router.attachUplink(localHost, up);
  }
  const sent: string[] = [];
  let handlers = evalHandlers(() => ({ client, mode: 'process' }));
  cluster.peer.serve(evalContract, {
    run: (request, context) => {
      sent.push('text');
      return handlers.run(request, context);
    },
    known: (request, context) => {
      sent.push('id');
      return handlers.known(request, context);
    },
  });
  const restart = (): void => {
    handlers = evalHandlers(() => ({ client, mode: 'process' }));
  };
  return { client, sent, restart, caller: new EvalCaller(manager.peer), other: new EvalCaller(bot.peer) };
}

const fn = (text: string, context?: unknown): FunctionWork => ({
  kind: 'function',
  text,
  ...(context === undefined ? {} : { context: JSON.stringify(context) }),
});

const valuesOf = (outcomes: readonly EvalOutcome[]): unknown[] =>
  outcomes.map((outcome) => (outcome.ok && 'value' in outcome ? outcome.value : outcome));

async function ask(caller: EvalCaller, work: FunctionWork, on: readonly number[] = [1]): Promise<unknown[]> {
  return valuesOf(await caller.run(0, { work, scope: on.length === 1 ? 'shard' : 'shards', shards: on }));
}

const evalsOf = (client: Client) => vi.spyOn(client as unknown as { _eval(text: string): unknown }, '_eval');

test('a text is sent once and compiled once, whatever the context and the shards', async () => {
  const { caller, client, sent } = lines();
  const compiles = evalsOf(client);
  const add = '(c, n) => c.options.shards[0] + n';
  expect(await ask(caller, fn(add, 10))).toEqual([11]);
  expect(await ask(caller, fn(add, 20), [2])).toEqual([22]);
  expect(await ask(caller, fn(add, 30), shards)).toEqual([30, 31, 32]);
  expect(sent).toEqual(['text', 'id', 'id']);
  expect(compiles).toHaveBeenCalledTimes(1);
});

test('each shard has a context of its own, with the text and with the id', async () => {
  const { caller, sent } = lines();
  const note = fn('(c, seen) => { seen.list.push(c.options.shards[0]); return String(seen.list); }', { list: ['"{}'] });
  for (let turn = 0; turn < 2; turn++) expect(await ask(caller, note, shards)).toEqual(['"{},0', '"{},1', '"{},2']);
  expect(sent).toEqual(['text', 'id']);
});

test('calls that follow at once come after the text', async () => {
  const { caller, sent } = lines();
  const calls = [1, 2, 3].map((n) => ask(caller, fn('(c, n) => n', n)));
  expect(await Promise.all(calls)).toEqual([[1], [2], [3]]);
  expect(sent).toEqual(['text', 'id', 'id']);
});

test('callers share what was compiled of the same text', async () => {
  const { caller, other, client, sent } = lines();
  const compiles = evalsOf(client);
  for (const by of [caller, other, caller, other]) expect(await ask(by, fn('() => "same"'))).toEqual(['same']);
  expect(sent).toEqual(['text', 'text', 'id', 'id']);
  expect(compiles).toHaveBeenCalledTimes(1);
});

test('a cluster that restarted is sent the text again, and the function runs once', async () => {
  const { caller, client, restart, sent } = lines();
  const count = fn('(c) => (c.counter = (c.counter ?? 0) + 1)');
  await ask(caller, count);
  restart();
  expect(await ask(caller, count)).toEqual([2]);
  expect((client as unknown as { counter: number }).counter).toBe(2);
  await ask(caller, count);
  expect(sent).toEqual(['text', 'id', 'text', 'id']);
});

test('a cluster that has forgotten the function over others is sent it again', async () => {
  const { caller, other, sent } = lines();
  await ask(caller, fn('() => "rare"'));
  for (let n = 0; n < 600; n++) await ask(other, fn(`() => ${n}`));
  sent.length = 0;
  expect(await ask(caller, fn('() => "rare"'))).toEqual(['rare']);
  expect(sent).toEqual(['id', 'text']);
});

test('a caller that has forgotten the function sends its text again', async () => {
  const { caller, sent } = lines();
  for (let n = 0; n < 600; n++) await ask(caller, fn(`() => ${n}`));
  sent.length = 0;
  expect(await ask(caller, fn('() => 0'))).toEqual([0]);
  expect(await ask(caller, fn('() => 599'))).toEqual([599]);
  expect(sent).toEqual(['text', 'id']);
});

test('a text of more than 65 536 characters is sent whole each time', async () => {
  const { caller, sent } = lines();
  const long = fn(`() => "${'x'.repeat(65_536)}".length`);
  for (let n = 0; n < 2; n++) expect(await ask(caller, long)).toEqual([65_536]);
  expect(sent).toEqual(['text', 'text']);
});

describe('a function that is remembered', () => {
  test('is made anew for each call: what it notes on itself is gone', async () => {
    const { caller } = lines();
    const notes = fn('function f() { f.calls = (f.calls ?? 0) + 1; return f.calls; }');
    for (let n = 0; n < 3; n++) expect(await ask(caller, notes, shards)).toEqual([1, 1, 1]);
  });

  test('finds the view of each call as this, and a context of its own', async () => {
    const { caller } = lines();
    const work = fn('(c, list) => { list.push(this.options.shards[0]); return list.join(); }', [9]);
    for (let n = 0; n < 2; n++) expect(await ask(caller, work, shards)).toEqual(['9,0', '9,1', '9,2']);
  });

  test('goes through an _eval that a bot put in place since', async () => {
    const { caller, client } = lines();
    await ask(caller, fn('() => typeof Routes'));
    const own = client as unknown as { _eval(text: string): unknown };
    own._eval = () => () => () => 'by the bot';
    expect(await ask(caller, fn('() => typeof Routes'))).toEqual(['by the bot']);
  });

  test('fails as it did the first time', async () => {
    const { caller, sent } = lines();
    const failing = fn('() => { throw Object.assign(new RangeError("far"), { code: 42 }) }');
    const [first] = await ask(caller, failing);
    const [second] = await ask(caller, failing);
    const fault = { name: 'RangeError', message: 'far', code: 42, stack: expect.stringContaining('RangeError: far') };
    expect([first, second]).toEqual([
      { ok: false, fault },
      { ok: false, fault },
    ]);
    expect(sent).toEqual(['text', 'id']);
  });

  test('may answer everything a value can be', async () => {
    const { caller } = lines();
    const echo = fn(
      '(c, x) => [null, undefined, "", 0, false, "unknown", { unknown: true }, { ok: 1 }, { outcomes: [] }][x]',
    );
    for (let round = 0; round < 2; round++) {
      for (const [index, value] of [null, undefined, '', 0, false, 'unknown'].entries()) {
        expect(await ask(caller, { ...echo, context: String(index) })).toEqual([value]);
      }
      for (const [index, json] of ['{"unknown":true}', '{"ok":1}', '{"outcomes":[]}'].entries()) {
        expect(await ask(caller, { ...echo, context: String(index + 6) })).toEqual([{ ok: true, json }]);
      }
    }
  });
});

test('a text that is no function is a SyntaxError each time', async () => {
  const { caller } = lines();
  for (let n = 0; n < 2; n++) {
    expect(await ask(caller, fn('foo(c) { return 1 }'))).toEqual([
      { ok: false, fault: expect.objectContaining({ name: 'SyntaxError' }) },
    ]);
  }
});
