/** report/diff: a unified diff of two texts, line by line. */

/** The unified diff of one file. */
export interface FileDiff {
  readonly file: string;
  readonly text: string;
}

type Step = { readonly kind: ' ' | '-' | '+'; readonly line: string };

const context = 3;

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split(/(?<=\n)/));

/** Myers' greedy search: the furthest point of every diagonal, round by round. */
function trace(a: readonly string[], b: readonly string[]): readonly Map<number, number>[] {
  const rounds: Map<number, number>[] = [];
  let ends = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= a.length + b.length; d += 1) {
    rounds.push(new Map(ends));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (ends.get(k - 1) ?? 0) < (ends.get(k + 1) ?? 0));
      let x = down ? (ends.get(k + 1) ?? 0) : (ends.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      ends = ends.set(k, x);
      if (x >= a.length && x - k >= b.length) return rounds;
    }
  }
  return rounds;
}

function steps(a: readonly string[], b: readonly string[]): readonly Step[] {
  const rounds = trace(a, b);
  const found: Step[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = rounds.length - 1; d >= 0; d -= 1) {
    const ends = rounds[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (ends.get(k - 1) ?? 0) < (ends.get(k + 1) ?? 0));
    const fromK = down ? k + 1 : k - 1;
    const fromX = ends.get(fromK) ?? 0;
    const fromY = fromX - fromK;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      y -= 1;
      found.push({ kind: ' ', line: a[--x] ?? '' });
    }
    if (d === 0) break;
    if (down) found.push({ kind: '+', line: b[--y] ?? '' });
    else found.push({ kind: '-', line: a[--x] ?? '' });
  }
  return found.reverse();
}

interface Hunk {
  readonly from: number;
  readonly to: number;
}

function hunksOf(all: readonly Step[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  all.forEach((step, index) => {
    if (step.kind === ' ') return;
    const from = Math.max(0, index - context);
    const to = Math.min(all.length, index + context + 1);
    const last = hunks[hunks.length - 1];
    if (last !== undefined && from <= last.to) hunks[hunks.length - 1] = { from: last.from, to };
    else hunks.push({ from, to });
  });
  return hunks;
}

const size = (part: readonly Step[], without: '+' | '-'): number => part.filter((step) => step.kind !== without).length;

function range(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function written({ kind, line }: Step): string {
  return line.endsWith('\n') ? kind + line : `${kind}${line}\n\\ No newline at end of file\n`;
}

/** Writes a unified diff; `before` is `null` for a new file. Equal texts give an empty diff. */
export function unifiedDiff(file: string, before: string | null, after: string): string {
  const all = steps(linesOf(before ?? ''), linesOf(after));
  const hunks = hunksOf(all).map(({ from, to }) => {
    const earlier = all.slice(0, from);
    const part = all.slice(from, to);
    const old = range(size(earlier, '+'), size(part, '+'));
    const fresh = range(size(earlier, '-'), size(part, '-'));
    return `@@ -${old} +${fresh} @@\n${part.map(written).join('')}`;
  });
  if (hunks.length === 0) return '';
  return `--- ${before === null ? '/dev/null' : `a/${file}`}\n+++ b/${file}\n${hunks.join('')}`;
}
