/** analyze/not-given: what a function gives by the way, as arrow functions do, where nobody looks at it. */
import { ts } from '../typescript.js';
import type { CallSite, FunctionSite } from './call-site.ts';
import { consumerOf } from './consumer.ts';
import type { Splice } from './receiver.ts';
import { refusedResult } from './refused-values.ts';

/**
 * Makes the body of `(c) => setTimeout(...)` a statement, where the call would be refused for what nobody asks of it.
 *
 * @param answered - the broadcast that gets what it gives
 * @returns `null` where the function has to give what it gives
 */
export function notGiven({ file, fn }: FunctionSite, answered: CallSite): readonly Splice[] | null {
  if (!ts.isArrowFunction(fn) || ts.isBlock(fn.body)) return null;
  // A promise is waited for, and its error is told.
  if (consumerOf(answered.file, answered.call) !== 'ignored' || refusedResult({ file, fn })?.code !== 'DC-W8')
    return null;
  const [start, end] = [fn.body.getStart(), fn.body.end];
  return [
    { start, end: start, text: '{ ' },
    { start: end, end, text: '; }' },
  ];
}
