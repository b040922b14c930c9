/** functions/finite-notes: what there is to say where a function may give NaN or Infinity to a call. */
import { kindOf } from '../doubts/not-finite.ts';
import { consumerOf } from '../results/consumer.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { wherePassed } from '../values/passed-on.ts';

/** One expression that may be NaN or Infinity and is among what a function gives. */
interface NotFinite {
  readonly text: string;
  /** NaN alone, which is falsy as `null` is, and the whole of what the function gives. */
  readonly falsy: boolean;
}

/** Looks for what may be NaN or Infinity in what a function gives; `null` when there is nothing like that. */
function notFiniteIn(fn: MovableFunction): NotFinite | null {
  for (const node of descendants(fn.body)) {
    const kind = kindOf(fn, node);
    const passed = kind === null ? null : wherePassed(fn, node as ts.Expression, kind === 'nan');
    if (passed === null) continue;
    return { text: node.getText().replace(/\s+/g, ' '), falsy: kind === 'nan' && passed === 'whole' };
  }
  return null;
}

const testing = /^(find|filter|some|every|findIndex|findLast|findLastIndex)$/;

/** `Boolean`, `(n) => n`, `(n) => !n`. */
function isTruth(fn: ts.Expression | undefined): boolean {
  if (fn === undefined || ts.isIdentifier(fn)) return fn?.text === 'Boolean';
  if (!ts.isArrowFunction(fn) || ts.isBlock(fn.body)) return false;
  const body = unwrap(fn.body);
  const said = ts.isPrefixUnaryExpression(body) ? body.operand : body;
  const [entry, index] = fn.parameters;
  return index === undefined && entry?.name.getText() === said.getText();
}

/** Whether the code behind a call only asks of each result whether it is there. */
function onlyTests(file: ParsedFile, call: ts.CallExpression): boolean {
  const uses = usesOfResult(file, wrapped(call));
  return (
    uses?.every((use) => {
      const access = wrapped(use).parent;
      if (!ts.isPropertyAccessExpression(access) || !testing.test(access.name.text)) return false;
      return ts.isCallExpression(access.parent) && isTruth(access.parent.arguments[0]);
    }) ?? false
  );
}

/** What there is to say where a function may give NaN or Infinity to a call. */
export function notFiniteNotes(file: ParsedFile, call: ts.CallExpression, fn: MovableFunction): Finding[] {
  if (consumerOf(file, call) === 'ignored') return [];
  const found = notFiniteIn(fn);
  if (found === null || (found.falsy && onlyTests(file, call))) return [];
  return [finding('DC-W9', { what: found.text })];
}
