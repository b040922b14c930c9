/** results/shown-errors: whether the code that catches a call's errors shows their texts to somebody. */
import { isAccess } from '../syntax/access.ts';
import { logs } from '../syntax/logs.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isNameOnly, wrapped } from '../syntax/syntax.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { allCatchersOf, type Catcher, memberOf, takenBy } from './error-tests.ts';

/** Whether a text that is read at a place gets anywhere but into a log, also by the names it gets. */
function isShown(file: ParsedFile, node: ts.Node, seen: Set<ts.Node>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  for (let at = node; !ts.isStatement(at) && !ts.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (ts.isCallExpression(parent) && parent.expression !== at && logs.test(parent.expression.getText())) return false;
    if (ts.isVariableDeclaration(parent) && parent.initializer === at && ts.isIdentifier(parent.name))
      return usesOf(file, parent.name).some((use) => isShown(file, use, seen));
  }
  return true;
}

/** Whether an error itself becomes a text: `${error}`, `'x' + error`, `String(error)`, `error.toString()`. */
function isText(error: ts.Expression): boolean {
  const at = wrapped(error);
  const { parent } = at;
  if (ts.isTemplateSpan(parent)) return true;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.PlusToken;
  if (ts.isCallExpression(parent)) return parent.expression.getText() === 'String';
  return ts.isPropertyAccessExpression(parent) && parent.name.text === 'toString';
}

/** The names that hold members of an error, by the member that each of them holds. */
function namesOf({ error, body }: Catcher): readonly (readonly [name: ts.Identifier, member: string])[] {
  const patterns = [
    error,
    ...descendants(body).flatMap((node) =>
      ts.isVariableDeclaration(node) && node.initializer?.getText() === error?.getText() ? node.name : [],
    ),
  ];
  return patterns.flatMap((pattern) => {
    if (pattern === undefined || !ts.isObjectBindingPattern(pattern)) return [];
    const taken = takenBy(pattern);
    return pattern.elements.flatMap(({ name }) => {
      const member = taken.get(name.getText());
      return member !== undefined && ts.isIdentifier(name) ? [[name, member] as const] : [];
    });
  });
}

/** Whether a node is a name that is read, or a member. */
const isNamed = (node: ts.Node): node is ts.Expression =>
  isAccess(node) || (ts.isIdentifier(node) && !isNameOnly(node));

function shownIn(file: ParsedFile, catcher: Catcher): readonly string[] {
  const { error, body } = catcher;
  if (error === undefined || ts.isArrayBindingPattern(error)) return [];
  const seen = new Set<ts.Node>();
  const taken = namesOf(catcher).flatMap(([name, member]) =>
    usesOf(file, name).some((use) => isShown(file, use, seen)) ? [member] : [],
  );
  const read = [body, ...descendants(body)].flatMap((node) => {
    const isError = isNamed(node) && node.getText() === error.getText();
    const said = isError && isText(node) ? 'text' : isAccess(node) ? memberOf(error, node) : null;
    return said !== null && isShown(file, node, seen) ? [said] : [];
  });
  return [...taken, ...read];
}

/** What of an error (`message`, `stack`, its `text`) the code that catches those of a call shows, but for logs. */
export function shownErrors(file: ParsedFile, call: ts.CallExpression): readonly string[] {
  return [...new Set(allCatchersOf(file, call).flatMap((one) => shownIn(file, one)))];
}
