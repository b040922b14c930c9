/** plan/callsite: the splices of one rewritten call. */
import type { CallPlan } from '../analyze/call.ts';
import type { Splice } from '../analyze/receiver.ts';
import { indentOfLine, placeText } from '../moved-text.ts';
import type { TextStyle } from '../source.ts';
import { quoted } from './edits.ts';

/** Writes `.ipc.requestAll('name', data).valuesOrThrow()` over `.broadcastEval(fn, options)`, and the receiver before it. */
export function callSplices(plan: CallPlan, name: string, text: string, style: TextStyle): readonly Splice[] {
  const indent = indentOfLine(text, plan.callEnd - 1);
  const data = plan.data === null ? [] : [placeText(plan.data, indent, style.eol)];
  const shard = plan.shard === null ? [] : [plan.shard];
  const comments = plan.comments.map((comment) => `${comment} `).join('');
  const args = [...shard, quoted(name, style.quote), ...data].join(', ');
  const suffix = plan.target === 'requestToShard' ? '' : '.valuesOrThrow()';
  const written = `${plan.optional ? '?.' : '.'}ipc.${plan.target}(${comments}${args})${suffix}`;
  const gap = leadingGap(text, plan.accessStart);
  return [...plan.receiverSplices, { start: plan.accessStart + gap.length, end: plan.callEnd, text: written }];
}

/** White space before `.broadcastEval` on a line of its own stays. */
function leadingGap(text: string, at: number): string {
  return /^\s*/.exec(text.slice(at))?.[0] ?? '';
}
