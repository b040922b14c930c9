/** command/undo: takes a run back, or lists what that would do, and says so. */
import { dryRunSentence } from '../report/pretty.ts';
import { planUndo, type Undone, undo } from '../run/undo.ts';
import type { Arguments } from './arguments.ts';

const wouldBe = { restored: 'restore', removed: 'remove' } as const;

/** What taking a run back would do. */
function plannedText({ id, files }: Undone, withheldBy: string): string {
  const lines = files.map(({ file, change }) => `  ${wouldBe[change]}  ${file}`);
  return `${lines.join('\n')}\n\n${dryRunSentence(withheldBy, `take run ${id} back`)}\n`;
}

function doneText({ id, files }: Undone): string {
  const lines = files.map(({ file, change }) => `  ${change}  ${file}\n`);
  const manifest = files.some(({ file }) => /(^|\/)package\.json$/.test(file));
  const install = manifest ? ' package.json is as it was too; install again if you had.' : '';
  return `${lines.join('')}Took back run ${id}.${install}\n`;
}

/** Takes a run back, unless that is to be a dry run. @returns what there is to say */
export function undoCommand({ subjects: [id], force, dryRun, withheldBy }: Arguments, cwd: string): string {
  return dryRun === true ? plannedText(planUndo(cwd, id, force), withheldBy) : doneText(undo(cwd, id, force));
}
