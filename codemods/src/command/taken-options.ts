/** command/taken-options: which options each command takes; one that it would ignore is refused. */
import { MigrateError } from '../errors.ts';
import { listed } from '../wording/listed.ts';

/** What the command line can ask for. */
export type Command = 'migrate' | 'undo' | 'explain' | 'doctor';

/** The options of a command; a migration takes all there are. */
const taken: Readonly<Record<Exclude<Command, 'migrate'>, readonly string[]>> = {
  undo: ['dry-run', 'force'],
  explain: [],
  doctor: ['dry-run', 'format', 'json', 'report'],
};

/** A part of a command line, as Node reads it. */
interface Token {
  readonly kind: string;
  readonly name?: string;
  readonly rawName?: string;
}

/** Refuses options that a command does not know. @throws MigrateError `BAD_USAGE` */
export function assertTaken(command: Command, tokens: readonly Token[]): void {
  if (command === 'migrate') return;
  const names = taken[command];
  const options = tokens.filter(
    ({ kind, name }) => kind === 'option' && !names.includes(name === 'd' ? 'dry-run' : (name ?? '')),
  );
  const ignored = [...new Set(options.flatMap(({ rawName }) => rawName ?? []))];
  if (ignored.length === 0) return;
  const list = names.map((name) => `--${name}`);
  const known = list.length === 0 ? 'no options' : `no option but ${listed(list)}`;
  const problem = `${command} takes ${known}; ${listed(ignored)} ${ignored.length === 1 ? 'does' : 'do'} nothing there.`;
  throw new MigrateError('BAD_USAGE', { problem });
}
