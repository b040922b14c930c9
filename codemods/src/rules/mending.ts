/** rules/mending: what has to happen before a run of dc-migrate rewrites a call that it left. */
import type { Finding, ReasonCode } from './reasons.ts';

/** Options that rewrite more calls, as they are typed, and as a run takes them. */
export const widening = { '--legacy': 'legacy', '--fix-captures': 'fixCaptures' } as const;

/** One of them. */
export type WideningOption = keyof typeof widening;

/** An option of the run, an edit and then a run, or no run at all. */
export type Mending = WideningOption | 'edit' | 'hand';

/** By code; whatever is not here is to be written by hand. */
const mendings = {
  'DC-C1': '--fix-captures',
  'DC-D3': '--legacy',
  'DC-D9': '--legacy',
  'DC-C5': 'edit',
  'DC-C6': 'edit',
  'DC-C9': 'edit',
  'DC-D2': 'edit',
  'DC-D8': 'edit',
  'DC-D10': 'edit',
  'DC-F3': 'edit',
  'DC-G1': 'edit',
  'DC-G2': 'edit',
  'DC-G3': 'edit',
  'DC-G4': 'edit',
  'DC-R3': 'edit',
  'DC-R6': 'edit',
  'DC-R9': 'edit',
  'DC-R10': 'edit',
  'DC-S3': 'edit',
  'DC-S6': 'edit',
  'DC-T1': 'edit',
  'DC-T2': 'edit',
  'DC-T3': 'edit',
  'DC-W4': 'edit',
  'DC-W8': 'edit',
  'DC-W11': 'edit',
} as const satisfies Partial<Record<ReasonCode, Mending>>;

/** What a call needs that was left for something; the finding may name the option itself. */
export function mendingOf({ code, details }: Finding): Mending {
  if (details.option === '--legacy') return details.option;
  const all: Readonly<Partial<Record<ReasonCode, Mending>>> = mendings;
  return all[code] ?? 'hand';
}
