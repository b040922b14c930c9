/** scenarios/eval-failures: errors on their way from a bot to its manager. */
import { differs, fails, gives, never, nothing } from '../differential/differences.ts';
import { asks, evaluates, type Scenario, written } from '../differential/scenario.ts';

const syntaxError = fails({ name: 'SyntaxError' });
const sourceless = 'a bound or native function is refused where it is called';

/** Errors of evaluated functions. */
export const evalFailures: readonly Scenario[] = [
  asks('a thrown error', (m) => evaluates(m, '() => { throw new RangeError("over the top") }')),
  asks('a rejection', (m) => evaluates(m, 'async () => { throw new TypeError("later") }')),
  asks('an error on one shard is the error of all', (m) =>
    evaluates(m, '(c) => { if (c.shard.ids[0] === 3) throw new Error("three") }'),
  ),
  asks('an error with a name of its own', (m) =>
    evaluates(m, '() => { throw Object.assign(new Error("m"), { name: "Mine" }) }', { shard: 0 }),
  ),
  asks('an error of a name that is not there', (m) => evaluates(m, '() => notDefinedAnywhere', { shard: 0 })),
  asks('an error of discord.js in a bot', (m) =>
    evaluates(m, '(c) => { try { c.generateInvite({}) } catch (e) { return [e.name, e.code, e.message] } }'),
  ),
  asks('an error keeps the stack of where it was thrown', async (m) => {
    const thrown = await (evaluates(m, '() => { throw new Error("here") }', { shard: 0 }) as Promise<unknown>).catch(
      (error: Error) => error,
    );
    return String((thrown as Error).stack).split('\n')[0];
  }),
  asks(
    'an error with a code and a cause',
    async (m) => {
      const text = '() => { throw Object.assign(new Error("m", { cause: new Error("deep") }), { code: 42 }) }';
      const thrown = (await (evaluates(m, text, { shard: 0 }) as Promise<unknown>).catch((error) => error)) as Error;
      return [thrown.message, (thrown as { code?: unknown }).code, (thrown.cause as Error | undefined)?.message];
    },
    {
      differs: [
        differs(
          'an error keeps its name, message, stack, code and cause',
          gives(['m', nothing, nothing]),
          gives(['m', 42, 'deep']),
        ),
      ],
    },
  ),
  asks('a thrown text', (m) => evaluates(m, '() => { throw "just text" }', { shard: 0 }), {
    differs: [
      differs(
        'a thrown text is the message of an error',
        fails({ name: nothing, message: '' }),
        fails({ name: 'Error', message: 'just text' }),
      ),
    ],
  }),
  asks(
    'a method as the function',
    (m) => {
      const tools = written<{ size: never }>('{ size(c) { return c.guilds.cache.size } }');
      return m.broadcastEval(tools.size, { shard: 1 } as never);
    },
    { differs: [differs('methods can be evaluated', syntaxError, gives(3))] },
  ),
  asks('a bound function', (m) => m.broadcastEval((() => 1).bind(null), { shard: 1 } as never), {
    differs: [differs(sourceless, syntaxError, fails({ code: 'UNSERIALISABLE' }))],
  }),
  asks('a native function', (m) => m.broadcastEval(Math.max as never, { shard: 1 } as never), {
    differs: [differs(sourceless, syntaxError, fails({ code: 'UNSERIALISABLE' }))],
  }),
  asks(
    'a function a transpiler has given helpers',
    (m) =>
      evaluates(m, '(c) => { const f = __name(() => c.guilds.cache.size, "f"); return [f(), f.name]; }', { shard: 1 }),
    {
      differs: [
        differs(
          'a function that a transpiler has given helpers runs',
          fails({ message: '__name is not defined' }),
          gives([3, 'f']),
        ),
      ],
    },
  ),
  asks(
    'the same call twice at once',
    async (m) => {
      const count = '(c) => { c.counter += 1; return c.counter; }';
      await evaluates(m, '(c) => { c.counter = 0 }', { shard: 1 });
      await Promise.all([evaluates(m, count, { shard: 1 }), evaluates(m, count, { shard: 1 })]);
      return evaluates(m, '(c) => c.counter', { shard: 1 });
    },
    { differs: [differs('the same call twice at once runs twice', gives(1), gives(2))] },
  ),
  asks('an empty script', (m) => m.shards.get(1)?.eval(''), {
    differs: [differs('an empty property is undefined', never, gives(nothing))],
  }),
  asks('an empty property', (m) => m.fetchClientValues(''), {
    differs: [differs('an empty property is undefined', never, gives([nothing, nothing, nothing, nothing]))],
  }),
];
