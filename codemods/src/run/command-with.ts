/** run/command-with: a run as it is typed, to be typed again with more files. */
import { isBelow } from '../project/discover.ts';
import { inShell } from '../wording/shell.ts';
import { shown } from '../wording/shown-path.ts';
import type { MigrateOptions } from './run.ts';

/** More than this nobody types: the folder that they are in does as well. */
const mostPaths = 4;

/** The options that change what is written. */
function typed({ legacy, fixCaptures, idioms, inline, core, entry, handlers }: MigrateOptions): readonly string[] {
  const switches = { legacy, 'fix-captures': fixCaptures, idioms, inline, core };
  const given = Object.entries(switches).flatMap(([name, on]) => (on === true ? [`--${name}`] : []));
  const named = Object.entries({ entry, handlers }).flatMap(([name, to]) =>
    to === undefined ? [] : [`--${name}`, to],
  );
  return [...given, ...named];
}

/** The command of a run, with files that it was not given. */
export function commandWith(options: MigrateOptions, files: readonly string[], cwd: string): string {
  const { paths } = options;
  const whole = paths.length > mostPaths;
  const more = files.filter((file) => !whole || !isBelow(file, cwd)).map((file) => shown(file, cwd));
  const words = ['npx', 'dc-migrate', ...typed(options), ...(whole ? ['.'] : paths), ...more];
  return words.map(inShell).join(' ');
}
