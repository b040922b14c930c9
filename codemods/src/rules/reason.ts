/** rules/reason: what one row of the table of reasons says. */

/** How much a reason asks of the reader: nothing, a look, or work. */
export type Severity = 'info' | 'note' | 'todo';

/** One reason a site was left alone, or carries a note. `{x}` in the sentence is filled in per site. */
export interface Reason {
  readonly severity: Severity;
  readonly title: string;
  readonly sentence: string;
  /** What stands for some of the `{x}` where no site says otherwise; for the others there are examples. */
  readonly general: Readonly<Record<string, string>>;
}

/** Makes a row. */
export const row = (severity: Severity, title: string, sentence: string, general: Reason['general'] = {}): Reason => ({
  severity,
  title,
  sentence,
  general,
});
