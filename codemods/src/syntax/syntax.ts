/** syntax/syntax: small questions about syntax that several analyses ask. */
import { ts } from '../typescript.js';

/** A function a call may pass: what can be moved into a handler. */
export type MovableFunction =
  | ts.ArrowFunction
  | ts.FunctionExpression
  | (ts.FunctionDeclaration & { readonly body: ts.FunctionBody });

/** A function, or a whole file as its own body: where names and tests are looked for. */
export interface Scope extends ts.ReadonlyTextRange {
  readonly body: ts.Node;
}

/** Strips parentheses, casts, `satisfies` and `!` from around an expression. */
export function unwrap(node: ts.Expression): ts.Expression {
  let at = node;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isTypeAssertionExpression(at) ||
    ts.isNonNullExpression(at)
  ) {
    at = at.expression;
  }
  return at;
}

/** The outermost expression that only wraps this one: parentheses, casts, `!`. */
export function wrapped(node: ts.Expression): ts.Expression {
  let at: ts.Expression = node;
  for (;;) {
    const parent = at.parent;
    const wraps =
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isSatisfiesExpression(parent) ||
      ts.isTypeAssertionExpression(parent) ||
      ts.isNonNullExpression(parent);
    if (!wraps) return at;
    at = parent;
  }
}

/** A zero-based position as a one-based line and column. */
export function positionOf(tree: ts.SourceFile, at: number): { readonly line: number; readonly column: number } {
  const { line, character } = tree.getLineAndCharacterOfPosition(at);
  return { line: line + 1, column: character + 1 };
}

/** The dotted names of `a.b.c` (also `a?.b!.c`), or `null` for anything else. `this` counts as a name. */
export function dottedNames(node: ts.Expression): readonly string[] | null {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return [at.text];
  if (at.kind === ts.SyntaxKind.ThisKeyword) return ['this'];
  if (!ts.isPropertyAccessExpression(at)) return null;
  const left = dottedNames(at.expression);
  return left === null ? null : [...left, at.name.text];
}

/** The text of a name in an object, a class or a pattern; one in quotes, in brackets or not, is the same name. */
export function nameText(name: ts.PropertyName | ts.BindingName): string {
  const at = ts.isComputedPropertyName(name) ? name.expression : name;
  return ts.isStringLiteralLike(at) ? at.text : name.getText();
}

/** Whether a name stands where only types are read. */
export function isTypePosition(node: ts.Node): boolean {
  let at = node;
  while (ts.isQualifiedName(at.parent)) at = at.parent;
  return ts.isPartOfTypeNode(at) || ts.isTypeQueryNode(at.parent);
}

/** Whether nothing is lost when an expression is not evaluated: names, literals, and what properties hold. */
export function isInert(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at) || ts.isLiteralExpression(at) || ts.isFunctionLike(at)) return true;
  if (ts.isPropertyAccessExpression(at)) return isInert(at.expression);
  if (ts.isElementAccessExpression(at)) return isInert(at.expression) && isInert(at.argumentExpression);
  if (ts.isTemplateExpression(at)) return at.templateSpans.every((span) => isInert(span.expression));
  if (ts.isConditionalExpression(at)) return [at.condition, at.whenTrue, at.whenFalse].every(isInert);
  if (ts.isBinaryExpression(at)) return !assigns(at) && isInert(at.left) && isInert(at.right);
  if (ts.isPrefixUnaryExpression(at)) return !steps(at) && isInert(at.operand);
  if (ts.isArrayLiteralExpression(at)) return at.elements.every(isInert);
  if (ts.isSpreadElement(at)) return isInert(at.expression);
  if (ts.isObjectLiteralExpression(at)) return at.properties.every(isInertMember);
  return inertWords.has(at.kind);
}

const inertWords = new Set([
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.OmittedExpression,
]);

function isInertMember(member: ts.ObjectLiteralElementLike): boolean {
  if (member.name !== undefined && ts.isComputedPropertyName(member.name) && !isInert(member.name.expression))
    return false;
  if (ts.isPropertyAssignment(member)) return isInert(member.initializer);
  return ts.isSpreadAssignment(member) ? isInert(member.expression) : true;
}

/** Whether an operator gives its left side a value: `=`, `+=`, `??=`. */
export function assigns({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `it = value`, and no operator that does more. */
export const isSetting = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Whether an operator counts its operand up or down. */
export function steps({ operator }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

/** The module a `require('x')` call loads, or `null`. */
export function requiredModule(node: ts.Expression | undefined): string | null {
  if (node === undefined) return null;
  const at = unwrap(node);
  if (!ts.isCallExpression(at) || !ts.isIdentifier(at.expression) || at.expression.text !== 'require') return null;
  const [first] = at.arguments;
  return first !== undefined && at.arguments.length === 1 && ts.isStringLiteralLike(first) ? first.text : null;
}

/** Whether an identifier names a member, a key or a label instead of referring to a variable. */
export function isNameOnly(node: ts.Identifier): boolean {
  const parent = node.parent;
  // `as const`
  if (ts.isConstTypeReference(parent)) return true;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return true;
  if (ts.isNamedTupleMember(parent) || ts.isJsxAttribute(parent) || ts.isImportAttribute(parent))
    return parent.name === node;
  const member =
    ts.isPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isAccessor(parent) ||
    ts.isImportAttribute(parent) ||
    ts.isEnumMember(parent);
  return member && parent.name === node;
}

/** Whether a name is the one a declaration gives. */
export function isDeclarationName(node: ts.Node): boolean {
  const { parent } = node;
  const declares =
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isClassLike(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isAccessor(parent);
  return declares && parent.name === node;
}

/** The symbol an identifier refers to; for `{ x }` and `export { x }` the variable, not the name it gets there. */
export function symbolOf(checker: ts.TypeChecker, node: ts.Identifier): ts.Symbol | undefined {
  if (ts.isExportSpecifier(node.parent) && node.parent.parent.parent.moduleSpecifier === undefined)
    return checker.getExportSpecifierLocalTargetSymbol(node.parent);
  if (ts.isShorthandPropertyAssignment(node.parent)) return checker.getShorthandAssignmentValueSymbol(node.parent);
  return checker.getSymbolAtLocation(node);
}

const wholeFiles = new WeakMap<ts.SourceFile, readonly ts.Node[]>();

function listed(root: ts.Node): readonly ts.Node[] {
  const all: ts.Node[] = [];
  // A stack of its own: a sum of thousands of strings is a tree of thousands of levels.
  const ahead: ts.Node[] = [root];
  const push = (child: ts.Node): void => {
    ahead.push(child);
  };
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    all.push(at);
    const first = ahead.length;
    ts.forEachChild(at, push);
    for (let i = first, j = ahead.length - 1; i < j; i += 1, j -= 1) {
      [ahead[i], ahead[j]] = [ahead[j] as ts.Node, ahead[i] as ts.Node];
    }
  }
  return all;
}

/** Whether a node is another, or stands in it. */
export const isWithin = (node: ts.ReadonlyTextRange, around: ts.ReadonlyTextRange): boolean =>
  around.pos <= node.pos && node.end <= around.end;

/** Every node below, depth first, the node itself included. Of a whole file, which many ask for, the list is kept. */
export function descendants(node: ts.Node): readonly ts.Node[] {
  if (!ts.isSourceFile(node)) return listed(node);
  const all = wholeFiles.get(node) ?? listed(node);
  wholeFiles.set(node, all);
  return all;
}

type Name = ts.Identifier | ts.PrivateIdentifier;

const namesOfFiles = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly Name[]>>();

/** Every place of a file that says a name, in their order. */
export function placesOf(tree: ts.SourceFile, name: string): readonly Name[] {
  const known = namesOfFiles.get(tree);
  if (known !== undefined) return known.get(name) ?? [];
  const all = new Map<string, Name[]>();
  for (const node of descendants(tree)) {
    if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) continue;
    const same = all.get(node.text);
    if (same === undefined) all.set(node.text, [node]);
    else same.push(node);
  }
  namesOfFiles.set(tree, all);
  return all.get(name) ?? [];
}

/** Where a file first says a name for something, be it of its own or of all files; `undefined` when the name is free. */
export const placeSaid = (tree: ts.SourceFile, name: string): ts.Identifier | undefined =>
  placesOf(tree, name).find(
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) &&
      !isNameOnly(node) &&
      !(ts.isImportSpecifier(node.parent) && node.parent.propertyName === node),
  );

/** The `return`s of a body, nested functions aside. */
export function returnsOf(body: ts.Block): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** Everything a function returns, nested functions aside. */
export function returnedBy({ body }: { readonly body: ts.ConciseBody }): readonly ts.Expression[] {
  return ts.isBlock(body) ? returnsOf(body).flatMap(({ expression }) => expression ?? []) : [body];
}

/** The function around a place, or its file: what tests stand there. */
export function scopeAround(node: ts.Node): Scope {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at) && 'body' in at && at.body !== undefined) return at as Scope;
  }
  const tree = node.getSourceFile();
  return { pos: tree.pos, end: tree.end, body: tree };
}
