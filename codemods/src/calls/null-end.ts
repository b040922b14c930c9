/** calls/null-end: the `return null;` of a function that may reach its end. */
import type { Splice } from '../syntax/edits.ts';
import { mayEnd } from '../syntax/statements.ts';
import { ts } from '../typescript.js';

/** What makes a function that may reach its end give `null` there. */
export function endEdits(body: ts.Block): readonly Splice[] {
  const last = body.statements.at(-1);
  if (!mayEnd(last)) return [];
  if (last === undefined) {
    const arrow = ts.isArrowFunction(body.parent);
    return [{ start: body.getStart(), end: body.end, text: arrow ? 'null' : '{ return null; }' }];
  }
  const text = body.getSourceFile().text.slice(0, last.getStart());
  const indent = /\n([ \t]*)$/.exec(text)?.[1];
  const closed = /[;}]$/.test(last.getText());
  const line =
    indent === undefined ? `${closed ? '' : ';'} return null;` : `\n${indent}return null${closed ? ';' : ''}`;
  const remark = /^[ \t]*\/\/[^\r\n]*/.exec(last.getSourceFile().text.slice(last.end))?.[0].length ?? 0;
  // In a line of its own it stands behind the remark, else before it.
  const at = last.end + (indent === undefined ? 0 : remark);
  return [{ start: at, end: at, text: line }];
}
