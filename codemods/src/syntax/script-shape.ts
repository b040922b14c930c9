/** syntax/script-shape: the body of the function that an evaluated text becomes, with the value that `eval` gave. Pure. */
import { ts } from '../typescript.js';
import type { Splice } from './edits.ts';
import { applySplices } from './edits.ts';
import { unwrap } from './syntax.ts';

/** Why a text stays a text. */
export interface Refusal {
  readonly why: string;
}

/** Parses a text as a script. */
export const parseScript = (text: string): ts.SourceFile =>
  ts.createSourceFile('script.tsx', text, ts.ScriptTarget.ESNext, true);

const isEmpty = (statement: ts.Statement): boolean =>
  ts.isEmptyStatement(statement) || (ts.isBlock(statement) && statement.statements.every(isEmpty));

function onlyIn(tree: ts.SourceFile): ts.Statement | null {
  const [only, more] = tree.statements.filter((one) => !ts.isEmptyStatement(one));
  return only !== undefined && more === undefined ? only : null;
}

const isDeclaration = (statement: ts.Statement): boolean =>
  ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);

/** Writes `return` where the value of a list of statements comes from, as `eval` gives it. `null` where that is not its end. */
function returns(statements: readonly ts.Statement[]): readonly Splice[] | null {
  const all = statements.filter((one) => !isEmpty(one));
  const last = all.at(-1);
  if (last === undefined) return [];
  if (ts.isExpressionStatement(last)) return [{ start: last.getStart(), end: last.getStart(), text: 'return ' }];
  if (ts.isBlock(last)) return returns(last.statements);
  if (ts.isIfStatement(last)) {
    const branches = [last.thenStatement, ...(last.elseStatement === undefined ? [] : [last.elseStatement])];
    const each = branches.map((branch) => returns([branch]));
    return each.some((one) => one === null) ? null : each.flatMap((one) => one ?? []);
  }
  if (ts.isTryStatement(last)) {
    const parts = [last.tryBlock, ...(last.catchClause === undefined ? [] : [last.catchClause.block])];
    const each = parts.map((part) => returns(part.statements));
    return each.some((one) => one === null) ? null : each.flatMap((one) => one ?? []);
  }
  // A declaration has no value: that of the text is the one of a line above it, if there is another.
  return all.every(isDeclaration) ? [] : null;
}

/** `(async () => { ... })()` with nothing handed in: its function is the handler. */
function invoked(node: ts.Expression): ts.ArrowFunction | null {
  const at = unwrap(node);
  if (!ts.isCallExpression(at) || at.arguments.length > 0) return null;
  const callee = unwrap(at.expression);
  return ts.isArrowFunction(callee) && callee.parameters.length === 0 ? callee : null;
}

/** The function that a whole text calls at once, `(async () => { ... })()`, if it does nothing else. */
export function invokedIn(tree: ts.SourceFile): ts.ArrowFunction | null {
  const only = onlyIn(tree);
  return only !== null && ts.isExpressionStatement(only) ? invoked(only.expression) : null;
}

/** A function without its parameters. */
export interface Shape {
  readonly isAsync: boolean;
  readonly body: string;
}

/** Whether anybody looks at what a text gives; `dropped` where nobody does, and nothing is to be given. */
export type ValueUse = 'used' | 'ignored' | 'dropped';

/** The function that a text is the body of; a text of one function called at once is that function. */
export function shapeOf(text: string, use: ValueUse): Shape | Refusal {
  const tree = parseScript(text);
  const arrow = invokedIn(tree);
  if (arrow !== null) {
    const isAsync = arrow.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true;
    return { isAsync, body: arrow.body.getText() };
  }
  const only = onlyIn(tree);
  if (only !== null && ts.isExpressionStatement(only) && use !== 'dropped') {
    const expression = only.expression.getText();
    return { isAsync: false, body: /^\{/.test(expression) ? `(${expression})` : expression };
  }
  const added = use === 'dropped' ? [] : returns(tree.statements);
  if (added === null && use === 'used') return { why: 'its value comes out of a loop, or of a line above its last' };
  const inner = applySplices(text, added ?? []);
  return { isAsync: false, body: `{\n${inner.replace(/^(?=.)/gm, '\t')}\n}` };
}
