/** results/error-tests: whether the code that catches a call's errors tells them apart by their code, name or message. */
import { isAccess } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Code that gets an error: the name it has there, and what it does. */
export interface Catcher {
  readonly error: ts.BindingName | ts.Expression | undefined;
  readonly body: ts.Node;
}

const told: ReadonlySet<string> = new Set(['code', 'name', 'message', 'stack']);
const asking = /^(includes|startsWith|endsWith|match|indexOf|search|test|has)$/;

/** A function that is given errors as its first argument, or a later one: written there, or one of this file. */
function catcherOf(file: ParsedFile, given: ts.Expression | undefined, index = 0): Catcher | null {
  if (given === undefined) return null;
  const at = unwrap(given);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at))
    return { error: at.parameters[index]?.name, body: at.body };
  const declaration = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  if (declaration === undefined) return null;
  if (ts.isFunctionDeclaration(declaration) && declaration.body !== undefined)
    return { error: declaration.parameters[index]?.name, body: declaration.body };
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value === undefined || ts.isIdentifier(unwrap(value)) ? null : catcherOf(file, value, index);
}

/** The functions of this file that code hands an error on to. */
function handedOnTo(file: ParsedFile, { error, body }: Catcher): readonly Catcher[] {
  if (error === undefined || !ts.isIdentifier(error)) return [];
  return descendants(body).flatMap((node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return [];
    const index = node.arguments.findIndex((one) => unwrap(one).getText() === error.text);
    const found = index < 0 ? null : catcherOf(file, node.expression, index);
    return found === null ? [] : [found];
  });
}

/** What `.catch(f)` and `.then(x, f)` do with the errors of the promise they are called on. */
function chainedOn(
  file: ParsedFile,
  promise: ts.Expression,
): { readonly call: ts.CallExpression; readonly catcher: Catcher | null } | null {
  const { parent } = promise;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== promise) return null;
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== parent) return null;
  const given =
    parent.name.text === 'catch' ? call.arguments[0] : parent.name.text === 'then' ? call.arguments[1] : undefined;
  return { call, catcher: catcherOf(file, given) };
}

/** Everything that gets the errors of a call in the function around it, innermost first. */
function catchersOf(file: ParsedFile, call: ts.CallExpression): readonly Catcher[] {
  const found: Catcher[] = [];
  let awaited = false;
  for (let at: ts.Node = wrapped(call); !ts.isSourceFile(at) && !ts.isFunctionLike(at); at = at.parent) {
    const chained = awaited || !ts.isExpression(at) ? null : chainedOn(file, at);
    if (chained?.catcher) found.push(chained.catcher);
    awaited ||= ts.isAwaitExpression(at);
    const { parent } = at;
    if (!awaited || !ts.isTryStatement(parent) || parent.tryBlock !== at || parent.catchClause === undefined) continue;
    found.push({ error: parent.catchClause.variableDeclaration?.name, body: parent.catchClause.block });
  }
  return found;
}

function isCompared(node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isSwitchStatement(parent)) return parent.expression === at;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return kind >= ts.SyntaxKind.EqualsEqualsToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken;
  }
  const method = ts.isCallExpression(parent) ? parent.expression : parent;
  return ts.isPropertyAccessExpression(method) && asking.test(method.name.text) && ts.isCallExpression(method.parent);
}

/** The members that a pattern takes out of an error, by the names they get. */
export const takenBy = (pattern: ts.ObjectBindingPattern): ReadonlyMap<string, string> =>
  new Map(
    pattern.elements.flatMap((one) => {
      const member = (one.propertyName ?? one.name).getText();
      return told.has(member) ? [[one.name.getText(), member] as const] : [];
    }),
  );

/** The member of an error that an expression reads: `error.code`, `error['code']`; `null` for anything else. */
export function memberOf(error: ts.Node, node: ts.Expression): string | null {
  const at = unwrap(node);
  if (!isAccess(at) || unwrap(at.expression).getText() !== error.getText()) return null;
  const key = ts.isPropertyAccessExpression(at) ? at.name : at.argumentExpression;
  const name = ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? key.text : '';
  return told.has(name) ? name : null;
}

function comparedIn({ error, body }: Catcher): readonly string[] {
  if (error === undefined || ts.isArrayBindingPattern(error)) return [];
  const taken = new Map(ts.isObjectBindingPattern(error) ? takenBy(error) : []);
  const nodes = descendants(body);
  for (const node of nodes) {
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) continue;
    const member = memberOf(error, node.initializer);
    if (member !== null && ts.isIdentifier(node.name)) taken.set(node.name.text, member);
    if (unwrap(node.initializer).getText() !== error.getText()) continue;
    if (ts.isObjectBindingPattern(node.name)) for (const [name, member] of takenBy(node.name)) taken.set(name, member);
  }
  return nodes.flatMap((node) => {
    if (ts.isIdentifier(node) && taken.has(node.text)) return isCompared(node) ? [taken.get(node.text) ?? ''] : [];
    const member = isAccess(node) ? memberOf(error, node) : null;
    return member !== null && isCompared(node as ts.Expression) ? [member] : [];
  });
}

/** The function around a call that stands in `Promise.allSettled`, whose errors are the `reason` of an entry. */
function settledIn(call: ts.CallExpression): ts.Node | null {
  for (let at: ts.Node = call; !ts.isSourceFile(at) && !ts.isStatement(at); at = at.parent)
    if (ts.isCallExpression(at) && at.expression.getText() === 'Promise.allSettled')
      return ts.findAncestor(at, (one) => ts.isFunctionLike(one) || ts.isSourceFile(one)) ?? null;
  return null;
}

/** What the code around such a call says for an error: `entry.reason`, or what `{ reason }` takes out. */
function reasonsOf(call: ts.CallExpression): readonly Catcher[] {
  const body = settledIn(call);
  const found = new Map<string, Catcher>();
  for (const node of body === null ? [] : descendants(body)) {
    const isTaken = ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === 'reason';
    const isRead = ts.isPropertyAccessExpression(node) && node.name.text === 'reason';
    const error = isTaken ? node.name : isRead ? node : null;
    if (error !== null && body !== null) found.set(error.getText(), { error, body });
  }
  return [...found.values()];
}

/** Everything that gets the errors of a call, and what those hand them on to. */
export function allCatchersOf(file: ParsedFile, call: ts.CallExpression): readonly Catcher[] {
  const catchers = [...catchersOf(file, call), ...reasonsOf(call)];
  return [...catchers, ...catchers.flatMap((one) => handedOnTo(file, one))];
}

/** The members of an error (`code`, `name`, `message`) that the code which catches those of a call compares. */
export const comparedErrors = (file: ParsedFile, call: ts.CallExpression): readonly string[] => [
  ...new Set(allCatchersOf(file, call).flatMap(comparedIn)),
];
