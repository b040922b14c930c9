/** rules/capture-reasons: the rows about what a function takes from outside itself, imports aside. */
import { type Reason, row } from './reason.ts';

/** Part of the table of reasons. */
export const captureReasons = {
  // C: what does the function take from outside?
  'DC-C1': row(
    'todo',
    'captured variable',
    'The function uses {names} from outside itself; that does not exist in the other process{today}. Pass it with { context: { ... } }, take it as the second parameter, and run dc-migrate again. dc-migrate --fix-captures does that itself where it can be done{fix}.',
    { today: ', so this call fails today' },
  ),
  'DC-C4': row(
    'todo',
    'unknown name',
    'The function uses {names}, declared nowhere in this file. If your bot sets it as a global in every process, move the function into the handlers file by hand.',
  ),
  'DC-C5': row(
    'todo',
    'file-bound name',
    'The function uses {names}, which means another file once the function moves. Import what you need at the top of this file instead, and run dc-migrate again.',
  ),
  'DC-C6': row(
    'todo',
    'import of the entry',
    'The function uses {names}, imported from a file that starts the bot. Importing it in the handlers file would start the bot twice; move the value to a file of its own.',
  ),
  'DC-C7': row(
    'note',
    'captured variable passed',
    'The function used {names} from outside itself{today}. What it reads of them is passed as data, as it is at the call (a client is the one of the far process), and {after}. Check that this is what the function is meant to get.',
    { today: ', so this call threw until now', after: 'the call works from now on' },
  ),
  'DC-C8': row(
    'note',
    'global of the bot',
    'The function uses {names}, which a file of this bot puts on the global object. The handler finds it there in every process that has run that file. Check that each of them does before it is asked.',
  ),
  'DC-C9': row(
    'todo',
    'name of a global',
    'The function uses {names} of this file; where its text runs, the global of that name is meant instead. Write globalThis in front where the global is right; else give what this file has another name and pass it with { context: { ... } }. Then run dc-migrate again.',
  ),
  'DC-C10': row(
    'todo',
    'reloads files',
    'The function reloads files of its process (`require.cache`, line {line}), and paths count from the file that it stands in. Write it by hand as a handler in the handlers file, with paths that are right from there, and ask for it with client.cluster.ipc.requestAll(name, data): once in each process is enough.',
  ),
} as const satisfies Record<string, Reason>;
