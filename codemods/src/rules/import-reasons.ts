/** rules/import-reasons: the rows about what a function takes from its file and from others. */
import { type Reason, row } from './reason.ts';

/** Part of the table of reasons. */
export const importReasons = {
  // I: imports
  'DC-I1': row(
    'note',
    'import moved along',
    'The function uses {names}, which its text did not bring along{today}. The file of its handler imports {it}; {after}. Check that what is imported may be loaded there, too.',
    { it: 'it', today: ', so this call threw until now', after: 'the call works from now on' },
  ),
  'DC-I2': row(
    'note',
    'discord.js name',
    '{names} resolved only because discord.js evaluates the text inside its own file. The file of its handler imports it from discord.js now. Nothing to do.',
  ),
  'DC-I3': row(
    'todo',
    'import not simple',
    'The function uses {names}, and {what} ({why}). Move the function there by hand.',
    { what: 'its import cannot be repeated in the handlers file' },
  ),
  'DC-I4': row(
    'note',
    'function of another file',
    'The handler calls {names} of another file. Its text alone ran in the other process until now; from now on it runs with everything its own file imports and declares. Check that what those read is right in the process that answers.',
  ),
  'DC-I5': row(
    'note',
    'import for a global',
    'The function uses {names}, an import here and a global of Node, too. Its text had the global until now; the handler has the import. Check that it does what you want.',
  ),
  'DC-I6': row(
    'note',
    'function not found',
    'The function behind {names} was not found in the files of this bot, so nothing was read of what it gives and does. It runs once per shard, as before. Check that it gives plain data (no functions, promises or timers, which are refused), and that whoever waits for it has the time it takes.',
  ),
} as const satisfies Record<string, Reason>;
