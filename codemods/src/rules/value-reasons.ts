/** rules/value-reasons: the rows about values that JSON used to change, and about calls inside calls. */
import { type Reason, row } from './reason.ts';

/** Part of the table of reasons. */
export const valueReasons = {
  // W: values
  'DC-W1': row(
    'note',
    'context arrives as it is',
    'The context holds {names}. JSON made something else of it until now, or threw, as it does for a bigint; the handler gets the value itself. Check the lines that use it.',
  ),
  'DC-W2': row(
    'note',
    'type not written',
    'The type of the data could not be written in the handlers file; it says any. Write the type there.',
  ),
  'DC-W3': row(
    'note',
    'result arrives as it is',
    'The result holds {names}. It arrived as JSON before and arrives as the value itself now. Check the lines that use it.',
  ),
  'DC-W4': row(
    'todo',
    'nested call',
    'One broadcast runs inside another{why}. Split it: ask first, then send what you learned with { context: { ... } }, and run dc-migrate again.',
    { why: '' },
  ),
  'DC-W6': row(
    'note',
    'undefined stays undefined',
    'A result, or an entry of a list in it, may be undefined. It was null in the list of results until now, and stays undefined from now on. Where the code behind the call tells the two apart, let the function give null for it ({how}), or compare with `== null`, which holds for both.',
    { how: '`?? null`' },
  ),
  'DC-W7': row(
    'note',
    'functions are refused',
    'The {what} may hold {value}. JSON dropped it; from now on a value with one is refused (UNSERIALISABLE). Hand over plain data.',
  ),
  'DC-W8': row(
    'todo',
    'functions are refused',
    'The {what} holds {value}. JSON dropped it until now, or the call never ended; a handler would be refused with it (UNSERIALISABLE). Hand over plain data, or give nothing (a body in braces, without return), and run dc-migrate again.',
  ),
  'DC-W5': row(
    'note',
    'sent by the owner',
    'The message is sent once, by the cluster that has the channel. Until now a channel that no shard had cached was passed over in silence; from now on Discord is asked, and a channel that does not exist, or that the bot may not write to, is an error. Check that the code around the call catches it where that may happen.',
  ),
  'DC-W9': row(
    'note',
    'NaN stays NaN',
    'The result may be NaN or Infinity ({what}). That was null until now, which counts as 0 in a sum or in Math.max; from now on it arrives as it is. Where it matters, let the function give null for it (Number.isFinite tells).',
  ),
  'DC-W10': row(
    'note',
    'arrives as JSON',
    'The context holds a {name}, of which its JSON arrives, as before. The type written in the handlers file is the one of the caller and says more: a method of it compiles, and is not there. Pass the values that are needed.',
  ),
  'DC-W11': row(
    'todo',
    'promises are refused',
    'Nothing waits for a promise in the {what} ({where}). It came as {} until now, and is refused from now on (UNSERIALISABLE). Wait for it (`await`; for a list, `await Promise.all(...)`), or give nothing where nobody uses it (a body in braces, without return), and run dc-migrate again.',
  ),
  'DC-W12': row(
    'note',
    'one value, or a list of it',
    'discord-hybrid-sharding gave the answer of one cluster by itself up to 1.6, and gives a list of one from 1.7 on; package.json leaves open which is there. {written}',
  ),
  'DC-W13': row(
    'note',
    'a list for calls that stay',
    'discord-hybrid-sharding gave the answer of one cluster by itself up to 1.6, which this bot has or may have; shardlift/compat/hybrid gives a list of one, as from 1.7 on. What stays as it was and may ask one cluster gets that list from now on: {where}. Where it takes the value, let it take the first of the list.',
  ),
  'DC-W14': row(
    'note',
    'data arrives as it is',
    '{what} of the data may be {value}, which JSON {made} until now. It arrives as it is from now on, and the function tells the two apart ({use}). Where that matters, {write}.',
  ),
  'DC-W15': row(
    'note',
    'undefined stays in results',
    '{what} of a result may be undefined, which JSON left out until now. From now on it is there, and {told} ({use}). Where that matters, {instead}.',
    { told: 'the code behind the call tells the two apart', instead: 'let the function leave it out' },
  ),
} as const satisfies Record<string, Reason>;
