/** report/side-by-side: a unified diff as rows of two columns, what was and what is. */

/** One side of a row: a line of the file, by its number. */
export interface Side {
  readonly line: number;
  readonly text: string;
}

/** One row; a side that is `null` has no such line. */
export interface DiffRow {
  readonly before: Side | null;
  readonly after: Side | null;
  readonly changed: boolean;
}

/** One hunk of a file. */
export type Hunk = readonly DiffRow[];

/** Removed and added lines that stand together, side by side. */
function paired(removed: readonly Side[], added: readonly Side[]): readonly DiffRow[] {
  const length = Math.max(removed.length, added.length);
  return Array.from({ length }, (_, at) => ({ before: removed[at] ?? null, after: added[at] ?? null, changed: true }));
}

function hunkOf(head: string, lines: readonly string[]): Hunk {
  const [, from = '0', to = '0'] = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(head) ?? [];
  let [before, after] = [Number(from), Number(to)];
  const rows: DiffRow[] = [];
  let removed: Side[] = [];
  let added: Side[] = [];
  const flush = (): void => {
    rows.push(...paired(removed, added));
    removed = [];
    added = [];
  };
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/, '');
    if (line.startsWith('-')) removed.push({ line: before++, text });
    else if (line.startsWith('+')) added.push({ line: after++, text });
    else if (line.startsWith(' ')) {
      flush();
      rows.push({ before: { line: before++, text }, after: { line: after++, text }, changed: false });
    }
  }
  flush();
  return rows;
}

/** Reads the hunks of one file's unified diff. */
export function hunksOf(diff: string): readonly Hunk[] {
  const [, ...parts] = diff.split(/^(?=@@ )/m);
  return parts.map((part) => {
    const [head = '', ...lines] = part.split('\n');
    return hunkOf(head, lines);
  });
}
