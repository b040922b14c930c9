/** report/about: which run a page is about. */
import { ownVersion } from '../project/own-version.ts';
import { inShell } from '../wording/shell.ts';

/** A run, for those who read its report later. */
export interface About {
  /** What was typed behind the name of the command. */
  readonly argv: readonly string[];
  readonly dryRun: boolean;
  readonly at: Date;
}

/** What was run. */
export const commandOf = ({ argv }: About): string => ['dc-migrate', ...argv.map(inShell)].join(' ');

/** When, by which version, and whether anything was written. */
export function runSentence({ dryRun, at }: About): string {
  const when = at.toISOString().slice(0, 16).replace('T', ' ');
  return `dc-migrate ${ownVersion()}, ${when} UTC.${dryRun ? ' A dry run: nothing was written.' : ''}`;
}
