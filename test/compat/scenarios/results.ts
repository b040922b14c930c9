/** scenarios/results: what becomes of results on their way, mode by mode. */
import { differs, fails, gives, never, nothing } from '../differential/differences.ts';
import { asks, evaluates, type Scenario } from '../differential/scenario.ts';

const same: Readonly<Record<string, string>> = {
  'a date': '() => new Date(0)',
  'a Map': '() => new Map([[1, 2]])',
  'a Set': '() => new Set([1])',
  'odd numbers': '() => ({ u: undefined, n: NaN, i: -Infinity, z: -0 })',
  'the length of a list of odd things': '() => [undefined, () => 1].length',
  undefined: '() => undefined',
  null: '() => null',
  'an empty text': '() => ""',
  'false and zero': '() => [false, 0]',
  'a list with a hole': '() => [1, , 3]',
  'text of a Buffer': '() => Buffer.from("abc").toString("base64")',
  bytes: '() => new Uint8Array([1, 2])',
  'a pattern': '() => /re/g',
  'an object with toJSON': '() => ({ toJSON: () => ({ a: 1 }) }).toJSON()',
  'the names of guilds': '(c) => c.guilds.cache.map((g) => g.name)',
  'a promise of a list': '() => Promise.all([1, Promise.resolve(2)])',
  'a long text': '() => "x".repeat(200000).length + "y".repeat(70000)',
  'a class instance': '() => new (class Point { x = 1; y = [2]; })()',
  'text that looks like a reply': '() => ({ _eval: "x", _result: 1, _error: { message: "no" } })',
  'a guild': '(c) => c.guilds.cache.first()',
  'a cache': '(c) => c.guilds.cache.mapValues((g) => g.name)',
  'an error as a result': '() => new RangeError("as a value")',
};

const refused = 'a result that cannot be sent is a typed error';
const stripped = 'a result that threads cannot clone is sent as JSON';
const unserialisable = fails({ code: 'UNSERIALISABLE' });

/** Results of every kind, from one shard. */
export const results: readonly Scenario[] = [
  ...Object.entries(same).map(([what, text]) => asks(`a result: ${what}`, (m) => evaluates(m, text, { shard: 1 }))),
  asks('a result: the user of the client', (m) => evaluates(m, '(c) => c.user', { shard: 1 })),
  asks('a result: a bigint', (m) => evaluates(m, '() => 1n', { shard: 1 }), {
    differs: [differs(refused, never, unserialisable, { mode: 'process' })],
  }),
  asks('a result: a circle', (m) => evaluates(m, '() => { const a = {}; a.a = a; return a; }', { shard: 1 }), {
    differs: [differs(refused, never, unserialisable, { mode: 'process' })],
  }),
  asks('a result: a function', (m) => evaluates(m, '() => () => 1', { shard: 1 }), {
    differs: [differs(stripped, never, gives(nothing), { mode: 'worker' })],
  }),
  asks('a result: a symbol', (m) => evaluates(m, '() => Symbol("s")', { shard: 1 }), {
    differs: [differs(stripped, never, gives(nothing), { mode: 'worker' })],
  }),
];
