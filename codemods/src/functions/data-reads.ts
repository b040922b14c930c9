/** functions/data-reads: where a function reads the data it is given, and what of it. */
import { anyStep } from '../doubts/any-step.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, isDeclarationName, isNameOnly, nameText, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { pathsIn } from '../values/value-path.ts';

/** A place of a function that reads its data. */
export interface Read {
  readonly node: ts.Expression;
  readonly names: readonly (string | null)[];
  /** The names that a pattern took out before: `({ id, ...rest }) => rest`. */
  readonly without: readonly string[];
}

/** What leads to the object that a pattern takes apart, where it is the data or a part of it. */
function pathOfPattern({ fn }: FunctionSite, pattern: ts.ObjectBindingPattern): Read['names'] | null {
  const { parent: holder } = pattern;
  if (ts.isVariableDeclaration(holder)) {
    const paths = holder.initializer === undefined ? [] : pathsIn(fn, holder.initializer);
    return paths.find(({ root }) => root === 'data')?.names ?? null;
  }
  if (ts.findAncestor(pattern, ts.isParameter) !== fn.parameters[1]) return null;
  return ts.isBindingElement(holder) ? namesOf(holder) : [];
}

/** What the rest of an object holds that a pattern takes out of the data. */
function restOf(site: FunctionSite, node: ts.Expression): Omit<Read, 'node'> | null {
  if (!ts.isIdentifier(node)) return null;
  const declared = symbolOf(site.file.checker, node)?.valueDeclaration;
  if (declared === undefined || !ts.isBindingElement(declared) || declared.dotDotDotToken === undefined) return null;
  const { parent: pattern } = declared;
  const names = ts.isObjectBindingPattern(pattern) ? pathOfPattern(site, pattern) : null;
  if (names === null || !ts.isObjectBindingPattern(pattern)) return null;
  const others = pattern.elements.filter((one) => one !== declared);
  return { names, without: others.map((one) => nameText(one.propertyName ?? one.name)) };
}

/** Whether a node calls a function that another one declares inside itself, which may give the data back: `get()`. */
function isOwnCall(fn: FunctionSite['fn'], node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return isOwnCall(fn, unwrap(node.expression));
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  const root = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
  const declared = ts.isIdentifier(root) ? declarationOf(root, fn) : null;
  return declared !== null && !ts.isParameter(declared) && declared !== fn;
}

/** Whether a call hands what it is given to a function that another one declares, where its reads are seen: `put(data)`. */
export function staysInside(fn: FunctionSite['fn'], { expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  const declared = ts.isIdentifier(callee) ? declarationOf(callee, fn) : null;
  if (declared === null || declared === fn) return false;
  if (ts.isFunctionDeclaration(declared)) return true;
  const made = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return made !== undefined && (ts.isArrowFunction(made) || ts.isFunctionExpression(made));
}

/** Every place that reads the data of a function, or a part of it. */
export function readsOf(site: FunctionSite): readonly Read[] {
  const { fn } = site;
  if (fn.parameters[1] === undefined) return [];
  return descendants(fn).flatMap((node): readonly Read[] => {
    const isRead = ts.isIdentifier(node)
      ? !isNameOnly(node) && (!isDeclarationName(node) || ts.isShorthandPropertyAssignment(node.parent))
      : ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || isOwnCall(fn, node);
    if (!isRead || !ts.isExpression(node) || ts.isBindingElement(node.parent)) return [];
    const rest = restOf(site, node);
    if (rest !== null) return [{ node, ...rest }];
    return pathsIn(fn, node).flatMap(({ root, names }) => (root === 'data' ? [{ node, names, without: [] }] : []));
  });
}

/** Whether names lead to a value; those that are computed, and the place in a list, may be any. */
export const isAt = (names: Read['names'], other: readonly string[]): boolean =>
  names.length === other.length &&
  names.every((one, i) => one === null || one === other[i] || (other[i] === anyStep && /^\d+$/.test(one)));

/** The names that lead to an element of the pattern that is the parameter. */
export function namesOf(element: ts.BindingElement): readonly string[] {
  const { parent, propertyName, name } = element;
  const own = ts.isArrayBindingPattern(parent)
    ? String(parent.elements.indexOf(element))
    : nameText(propertyName ?? name);
  return ts.isBindingElement(parent.parent) ? [...namesOf(parent.parent), own] : [own];
}
