import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StockLine } from '../../compat/stock-line.ts';
import { stockMessage } from '../../compat/stock-words.ts';

/** A line, what it sent, the steps it told of, and a bot's mouth. */
function talk(shards: readonly number[], values: () => Promise<unknown> = async () => 'value') {
  const sent: Record<string, unknown>[] = [];
  const steps: string[] = [];
  const asked: unknown[] = [];
  const line = new StockLine({
    peer: 'cluster 0',
    mode: 'process',
    shards,
    send: async (message) => void sent.push(message as Record<string, unknown>),
    step: ({ shard, step }) => void steps.push(`${shard} ${step}`),
    fleet: {
      values: (...args) => {
        asked.push(args);
        return values();
      },
      respawnAll: async (pace) => void asked.push(pace),
    },
  });
  const say = async (message: object): Promise<void> => {
    const stock = stockMessage(message);
    if (stock === undefined) throw new Error('that is no word of discord.js');
    line.take(stock);
    await nextTurn();
  };
  const answer = (part: object): Promise<void> => say({ _eval: sent.at(-1)?._eval, ...part });
  return { line, sent, steps, asked, say, answer };
}

test('the news of a process with one shard are that shard’s', async () => {
  const { say, steps, sent } = talk([3]);
  for (const word of ['_ready', '_reconnecting', '_resume', '_disconnect']) await say({ [word]: true });
  expect([steps, sent]).toEqual([['3 ready', '3 reconnecting', '3 resume', '3 disconnect'], []]);
});

test('of several shards those that changed are told of, each once', async () => {
  const { say, answer, steps } = talk([0, 1, 2]);
  await say({ _ready: true });
  await answer({ _result: [1] });
  expect(steps).toEqual(['1 ready']);
  await say({ _ready: true });
  await answer({ _result: [0, 1, 2] });
  await say({ _reconnecting: true });
  await answer({ _result: [0, 2] });
  await say({ _resume: true });
  await answer({ _result: [0, 1, 2] });
  expect(steps).toEqual(['1 ready', '0 ready', '2 ready', '1 reconnecting', '1 resume']);
});

test('a bot that cannot say which shards are ready has all of them ready', async () => {
  const { say, answer, steps } = talk([0, 1]);
  await say({ _ready: true });
  await answer({ _error: { name: 'TypeError', message: 'this.ws is odd' } });
  expect(steps).toEqual(['0 ready', '1 ready']);
});

test('what a bot asks of its manager is answered with the question in it', async () => {
  const { say, sent, asked } = talk([0]);
  await say({ _sEval: 'this.x', _sEvalShard: 2 });
  await say({ _sFetchProp: 'guilds.cache.size' });
  await say({ _sRespawnAll: { timeout: 5 } });
  expect(asked).toEqual([
    [{ kind: 'script', text: 'this.x' }, { shard: 2 }],
    [{ kind: 'property', path: 'guilds.cache.size' }, {}],
    { timeout: 5 },
  ]);
  expect(sent).toEqual([
    { _sEval: 'this.x', _sEvalShard: 2, _result: 'value' },
    { _sFetchProp: 'guilds.cache.size', _sFetchPropShard: undefined, _result: 'value' },
  ]);
});

test('a refusal is an error for the bot that asked', async () => {
  const { say, sent } = talk([0], () => Promise.reject(new RangeError('too far')));
  await say({ _sEval: 'this.x' });
  expect(sent[0]).toMatchObject({ _sEval: 'this.x', _error: { name: 'RangeError', message: 'too far' } });
});

test('equal calls are told apart, and the evaluator is sent once, before the first', async () => {
  const { line, sent, say } = talk([0]);
  const request = { work: { kind: 'script', text: '1' }, scope: 'shard', shards: [0] } as const;
  const both = Promise.all([line.evaluate(request), line.evaluate(request)]);
  const [evaluator, one, other] = sent.map(({ _eval }) => _eval as string);
  expect([sent.length, one === other]).toEqual([3, false]);
  await say({ _eval: other, _result: ['second'] });
  await say({ _eval: one, _result: ['first'] });
  await say({ _eval: evaluator });
  expect(await both).toEqual([['first'], ['second']]);
});

test('a bot that cannot take the evaluator, or dies, keeps no call waiting', async () => {
  const { line, sent, say } = talk([0]);
  const request = { work: { kind: 'script', text: '1' }, scope: 'shard', shards: [0] } as const;
  const refused = line.evaluate(request).catch((error: Error) => error.message);
  await say({ _eval: sent[0]?._eval, _error: { name: 'TypeError', message: 'no v8 here' } });
  expect(await refused).toBe('no v8 here');
  const dead = talk([0]).line;
  const call = dead.evaluate(request);
  dead.end();
  await expect(call).rejects.toMatchObject({ code: 'LINK_CLOSED' });
});
