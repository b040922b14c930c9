/** rules/left-together: why a call is left where another one is, inside it or around it. */
import { type Finding, finding } from './reasons.ts';

/**
 * That a call is left for another one.
 *
 * @param line - where the other one stands
 * @param why - what the other one is left for; `null` where that is not known
 */
export const leftWith = (line: number, why: Finding | null): Finding =>
  why === null
    ? finding('DC-W4')
    : finding('DC-W4', { why: `, and the one at line ${line} is left (${why.code}), so this one is as well` });
