/** syntax/writes: everything a file puts into one variable, or into one member of an object. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { assigns, descendants, dottedNames, nameText, placesOf, steps, symbolOf, unwrap } from './syntax.ts';

/** What is put there; `null` where the text does not say (taken out of a list or an object, counted, computed). */
export type Written = ts.Expression | null;

const setting = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

const isAssignment = (node: ts.Node): node is ts.BinaryExpression => ts.isBinaryExpression(node) && assigns(node);

/** Whether a node stands in a pattern that values are taken apart into: `[x] = ...`, `for ({ x } of ...)`. */
function isInPattern(node: ts.Node): boolean {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (isAssignment(parent)) return parent.left === at;
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === at;
    const deeper =
      ts.isArrayLiteralExpression(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === at) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isParenthesizedExpression(parent);
    if (!deeper) return false;
    at = parent;
  }
}

/** What a node gives a value, or takes it from: `x = 1`, `x += 1`, `x++`, `delete x`. */
export function writtenBy(node: ts.Node): ts.Expression | null {
  if (isAssignment(node)) return node.left;
  if (ts.isDeleteExpression(node)) return node.expression;
  const counts = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node);
  return counts && steps(node) ? node.operand : null;
}

/** What one mention of a variable or a member puts into it: a list of one, or nothing when it only reads. */
export function writtenAt(node: ts.Node): readonly Written[] {
  const { parent } = node;
  if (isAssignment(parent) && parent.left === node) {
    return [setting.has(parent.operatorToken.kind) ? parent.right : null];
  }
  return writtenBy(parent) === node || isInPattern(node) ? [null] : [];
}

const classAround = (node: ts.Node): ts.Node => {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isClassLike(at)) at = at.parent;
  return at;
};

/** Everything a file assigns to a variable after its declaration. */
export function writesToVariable(file: ParsedFile, symbol: ts.Symbol): readonly Written[] {
  return placesOf(file.tree, symbol.name).flatMap((node) => {
    if (!ts.isIdentifier(node) || symbolOf(file.checker, node) !== symbol) return [];
    return writtenAt(node);
  });
}

/** Everything that is put into a member, by the path that it is written as. */
export function writesToMember(node: ts.PropertyAccessExpression): readonly Written[] {
  const path = dottedNames(node)?.join('.');
  return path === undefined ? [] : writesToPath(node, path);
}

type Quoted = ts.ElementAccessExpression | ts.CallExpression;

const quotedIn = new WeakMap<ts.SourceFile, readonly Quoted[]>();

/** What puts something into a member that no name says: `x['y'] = ...`, `Object.assign(x, { y })`. */
function quotedPlaces(tree: ts.SourceFile): readonly Quoted[] {
  const found =
    quotedIn.get(tree) ??
    descendants(tree).filter(
      (node): node is Quoted =>
        (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) ||
        (ts.isCallExpression(node) && /^(?:Object|Reflect)\.(?:assign|definePropert)/.test(node.expression.getText())),
    );
  quotedIn.set(tree, found);
  return found;
}

/** The dotted names of a member, also of one in quotes. */
function pathOf(node: ts.Expression): string | undefined {
  const at = unwrap(node);
  if (!ts.isElementAccessExpression(at) || !ts.isStringLiteralLike(at.argumentExpression))
    return dottedNames(at)?.join('.');
  const left = pathOf(at.expression);
  return left === undefined ? undefined : `${left}.${at.argumentExpression.text}`;
}

/** What an object literal holds under a name. */
function valuesUnder(node: ts.Expression | undefined, name: string): readonly Written[] {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((one) => {
    if (one.name === undefined || nameText(one.name) !== name) return [];
    if (ts.isShorthandPropertyAssignment(one)) return [one.name];
    return [ts.isPropertyAssignment(one) ? one.initializer : null];
  });
}

/** What `{ value: x }` defines; a getter may give anything. */
function described(node: Written | undefined): readonly Written[] {
  const [value = null] = valuesUnder(node ?? undefined, 'value');
  return [value];
}

/** What a call of `Object.assign` or `Object.defineProperty` puts under a name into its first argument. */
function definedBy({ expression, arguments: [, ...rest] }: ts.CallExpression, name: string): readonly Written[] {
  const [first, second] = rest;
  if (/assign$/.test(expression.getText())) return rest.flatMap((one) => valuesUnder(one, name));
  if (/ies$/.test(expression.getText())) return valuesUnder(first, name).flatMap(described);
  return first !== undefined && ts.isStringLiteralLike(first) && first.text === name ? described(second) : [];
}

function quotedWrites(node: Quoted, path: string, name: string): readonly Written[] {
  if (ts.isElementAccessExpression(node)) {
    const written = writtenAt(node);
    return written.length > 0 && pathOf(node) === path ? written : [];
  }
  const [target] = node.arguments;
  return target !== undefined && `${pathOf(target)}.${name}` === path ? definedBy(node, name) : [];
}

/**
 * Everything a file puts into a dotted path (`this.manager = new ShardingManager()`), fields of the class included.
 *
 * @param isHere - which places count; for `this`, those of the class around `target`
 */
export function writesToPath(target: ts.Node, path: string, isHere = sameThis(target, path)): readonly Written[] {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const tree = target.getSourceFile();
  const quoted = quotedPlaces(tree).flatMap((node) => (isHere(node) ? quotedWrites(node, path, last) : []));
  const named = placesOf(tree, last).flatMap(({ parent: node }): readonly Written[] => {
    if (ts.isPropertyDeclaration(node)) {
      const holds = path === `this.${node.name.getText()}` && isHere(node.parent);
      return holds && node.initializer !== undefined ? [node.initializer] : [];
    }
    if (!ts.isPropertyAccessExpression(node)) return [];
    const written = writtenAt(node);
    return written.length > 0 && dottedNames(node)?.join('.') === path && isHere(node) ? written : [];
  });
  return [...named, ...quoted];
}

/** Whether a place sees the `this` that a path begins with; any does for other paths. */
export function sameThis(target: ts.Node, path: string): (node: ts.Node) => boolean {
  const mine = path.startsWith('this.') ? classAround(target) : null;
  return (node) => mine === null || classAround(node) === mine;
}

/** `null` and `undefined` say that nothing is there, not what is. */
export function isNothing(node: ts.Expression): boolean {
  const at = unwrap(node);
  return (
    at.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(at) || (ts.isIdentifier(at) && at.text === 'undefined')
  );
}
