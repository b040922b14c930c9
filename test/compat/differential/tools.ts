/** differential/tools: what a scenario has in its hands, in the process of the manager it drives. */
import { fullJournalOf, journalOf } from './journal.ts';
import { plain, plainError } from './plain.ts';
import type { Layout, Tools } from './scenario.ts';

/** How long a call may take before it counts as one that never settles, in ms: discord.js hangs for good or answers soon. */
const patienceMs = (layout: Layout): number => (layout === 'stock' ? 4_000 : 20_000);
/** How long anything else may take, in ms. */
const deadlineMs = 25_000;
const lookMs = 10;

/** True when a promise settles in time, whatever with. */
async function settles(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const done = promise.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([done, late]);
  clearTimeout(timer);
  return inTime;
}

/** What the tools of one scenario are made from. */
export type ToolParts = Pick<Tools, 'manager' | 'mode' | 'facts' | 'discord' | 'make'> & {
  readonly layout: Layout;
  readonly report: (label: string, value: unknown) => void;
};

/** The tools of one scenario. */
export function makeTools({ layout, report, ...parts }: ToolParts): Tools {
  return {
    ...parts,
    note: (label, value) => report(label, plain(value)),
    async answer(label, ask, { slow = false } = {}) {
      const asked = (async () => ask())();
      if (!(await settles(asked, slow ? deadlineMs : patienceMs(layout)))) return report(label, { $: 'never settles' });
      await asked.then(
        (value) => report(label, { value: plain(value) }),
        (error: unknown) => report(label, { error: plainError(error) }),
      );
    },
    journal: (manager = parts.manager) => journalOf(manager),
    fullJournal: (manager = parts.manager) => fullJournalOf(manager),
    async until(holds, what) {
      const end = Date.now() + deadlineMs;
      while (!(await holds())) {
        if (Date.now() > end) throw new Error(`it never came true: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, lookMs));
      }
    },
    comes: (happened) => settles(happened, patienceMs(layout)),
  };
}
