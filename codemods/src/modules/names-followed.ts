/** modules/names-followed: what a file does with a value that is a module, or holds one. */
import { isExportsObject } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, placesOf, symbolOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { assignedName, byKeyword, whole } from './exported-as.ts';
import { among, call, chooses, type Held, longest, readable, type Taken, type TakenName, under } from './held.ts';
import { isOwnObject, isPrivate, parameterAt, takesNothing } from './module-places.ts';

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** Follows a module to the names that are taken out of it, and to the exports of its file. */
export class NamesFollowed implements Taken {
  readonly names: TakenName[] = [];
  readonly exports: Held[] = [];
  open: ts.Node | null = null;
  unread = false;
  readonly #file: ParsedFile;
  /** The variables and members that were followed already, and as what. */
  readonly #seen = new Map<ts.Symbol | string, Set<string>>();

  constructor(file: ParsedFile) {
    this.#file = file;
  }

  /** What a value is after one of its members is taken; `null` where that is not the module and does not hold it. */
  member(name: string, node: ts.Node, held: Held): Held | null {
    const [first, ...path] = held.path;
    if (name === first) return { ...held, path, again: false };
    if (name === 'default' && held.again) return { ...held, again: false };
    // What every object has is no name of the module.
    if (first === undefined && !(name in Object.prototype)) this.names.push({ name, node, mixed: held.mixed });
    return null;
  }

  /** A name that is given to a member. */
  take(name: string, to: ts.BindingName, held: Held): void {
    const next = this.member(name, to, held);
    if (next !== null) this.ofName(to, next);
  }

  /** `H.Client` among types. */
  #ofEntity(node: ts.EntityName, held: Held): void {
    const { parent } = node;
    if (ts.isImportEqualsDeclaration(parent)) this.ofName(parent.name, held);
    if (!ts.isQualifiedName(parent) || parent.left !== node) return;
    const next = this.member(parent.right.text, parent, held);
    if (next !== null) this.#ofEntity(parent, next);
  }

  /** What becomes of an expression, or of a promise of it. */
  ofValue(node: ts.Expression, held: Held): void {
    const at = wrapped(node);
    const { parent } = at;
    if (ts.isAwaitExpression(parent)) this.ofValue(parent, held);
    else if (ts.isConditionalExpression(parent)) {
      if (parent.condition !== at) this.ofValue(parent, held);
    } else if (ts.isBinaryExpression(parent)) this.#ofOperator(parent, at, held);
    else if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) this.#ofResult(parent, held);
    else if (ts.isCallExpression(parent)) this.#ofCall(parent, at, held);
    else if (ts.isPropertyAccessExpression(parent)) this.#ofAccess(parent, parent.name.text, held);
    else if (ts.isElementAccessExpression(parent) && parent.expression === at) this.#ofKey(parent, held);
    else if (ts.isArrayLiteralExpression(parent)) {
      const index = parent.elements.indexOf(at);
      if (parent.elements.slice(0, index).some(ts.isSpreadElement)) this.open ??= at;
      else this.ofValue(parent, under(`${index}`, held));
    } else if (ts.isExportAssignment(parent))
      this.exports.push(parent.isExportEquals === true ? held : under('default', held));
    else this.#ofPlace(parent, at, held);
  }

  /** A variable, a parameter, a field or an object that a value is put into where it stands. */
  #ofPlace(parent: ts.Node, at: ts.Expression, held: Held): void {
    if (ts.isSpreadAssignment(parent)) this.ofValue(parent.parent, among(held));
    else if (ts.isShorthandPropertyAssignment(parent)) this.ofValue(parent.parent, under(parent.name.text, held));
    else if (!('initializer' in parent) || parent.initializer !== at) {
      if (!takesNothing(at) && !(ts.isNewExpression(parent) && parent.expression === at)) this.open ??= at;
    } else if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) this.#ofProperty(parent, held);
    else if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent))
      this.ofName(parent.name, held);
    else this.open ??= at;
  }

  #ofProperty(property: ts.PropertyAssignment | ts.PropertyDeclaration, held: Held): void {
    const [name] = readable(property.name);
    if (name === undefined) this.open ??= property;
    else if (ts.isPropertyAssignment(property)) this.ofValue(property.parent, under(name, held));
    else {
      if (!isPrivate(property)) this.open ??= property;
      for (const holder of ['this', property.parent.name?.text]) this.#ofSame(`${holder}.${name}`, name, held);
    }
  }

  /** `module[key]` */
  #ofKey(access: ts.ElementAccessExpression, held: Held): void {
    const { argumentExpression: key } = access;
    if (ts.isStringLiteralLike(key) || ts.isNumericLiteral(key)) this.#ofAccess(access, key.text, held);
    else if (held.path.length === 0) this.open ??= access;
    else if (held.path[0] !== call) this.ofValue(access, { ...held, path: held.path.slice(1), mixed: true });
  }

  #ofAccess(access: Member, name: string, held: Held): void {
    const { parent } = access;
    if (ts.isCallExpression(parent) && parent.expression === access && /^(?:then|catch|finally)$/.test(name)) {
      this.#ofPromise(parent, name, held);
      return;
    }
    // What is set there is not taken.
    if (ts.isBinaryExpression(parent) && assigns(parent) && parent.left === access) return;
    const next = this.member(name, access, held);
    if (next !== null) this.ofValue(access, next);
  }

  /** `import('x').then(({ Client }) => ...)` */
  #ofPromise(promise: ts.CallExpression, name: string, held: Held): void {
    if (name !== 'then') {
      this.ofValue(promise, held);
      return;
    }
    const [fn] = promise.arguments;
    if (fn !== undefined) this.#ofGiven(fn, 0, held);
  }

  /** What a function takes out of an argument. */
  #ofGiven(fn: ts.Expression, index: number, held: Held): void {
    const names = parameterAt(this.#file.checker, fn, index);
    if (names === null) this.open ??= fn;
    else for (const name of names) this.ofName(name, held);
  }

  /** `x = module`, `module || {}`, `(0, module)`. */
  #ofOperator(parent: ts.BinaryExpression, at: ts.Expression, held: Held): void {
    const { left, right, operatorToken } = parent;
    if (!assigns(parent)) {
      const last = operatorToken.kind === ts.SyntaxKind.CommaToken && right === at;
      if (last || chooses(operatorToken)) this.ofValue(parent, held);
      return;
    }
    if (right !== at) return;
    this.#ofTarget(left, held);
    this.ofValue(parent, held);
  }

  /** What is set to the module. */
  #ofTarget(left: ts.Expression, held: Held): void {
    const { checker } = this.#file;
    const name = assignedName(left);
    if (name !== null) this.exports.push(name === whole ? { ...held, again: false } : under(name, held));
    if (ts.isObjectLiteralExpression(left)) this.#ofTargets(left, held);
    else if (ts.isIdentifier(left) && symbolOf(checker, left) !== undefined) this.ofName(left, held);
    else if (ts.isPropertyAccessExpression(left)) {
      const { expression, name: member } = left;
      this.#ofSame(left.getText(), member.text, held);
      if (name !== null || ts.isPrivateIdentifier(member)) return;
      if (ts.isIdentifier(expression) && isOwnObject(checker, expression))
        this.ofName(expression, under(member.text, held));
      else this.open ??= left;
    } else if (name === null && !isExportsObject(left)) this.open ??= left;
  }

  /** `({ Client, H: x } = module)` */
  #ofTargets({ properties }: ts.ObjectLiteralExpression, held: Held): void {
    for (const one of properties) {
      if (ts.isSpreadAssignment(one)) {
        if (ts.isIdentifier(one.expression)) this.ofName(one.expression, held);
        continue;
      }
      const shown = ts.isShorthandPropertyAssignment(one) ? one.name : undefined;
      const to = ts.isPropertyAssignment(one) ? one.initializer : shown;
      for (const name of one.name === undefined ? [] : this.#read(one.name)) {
        const next = this.member(name, one, held);
        if (next !== null && to !== undefined) this.#ofTarget(to, next);
      }
    }
  }

  /** What a file takes out of a member that holds the module, wherever it says that member in the same words. */
  #ofSame(text: string, name: string, held: Held): void {
    if (this.#isKnown(text, held)) return;
    for (const { parent } of placesOf(this.#file.tree, name)) {
      const isTarget = ts.isBinaryExpression(parent.parent) && parent.parent.left === parent;
      if (ts.isPropertyAccessExpression(parent) && !isTarget && parent.getText() === text) this.ofValue(parent, held);
    }
  }

  /** What is taken out of the results of a function that gives the module. */
  #ofResult(from: ts.ReturnStatement | ts.ArrowFunction, held: Held): void {
    const fn = ts.isArrowFunction(from) ? from : ts.findAncestor(from, ts.isFunctionLike);
    if (fn === undefined) return;
    const result = under(call, held);
    if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) this.ofValue(fn, result);
    else if (ts.isFunctionDeclaration(fn)) {
      if (fn.name !== undefined) this.ofName(fn.name, result);
      else this.exports.push(...byKeyword(fn, undefined).map((one) => under(one, result)));
    } else if (!(ts.isMethodDeclaration(fn) || ts.isGetAccessor(fn)) || !ts.isObjectLiteralExpression(fn.parent))
      this.open ??= from;
    else {
      const [name] = readable(fn.name);
      if (name === undefined) this.open ??= from;
      else this.ofValue(fn.parent, under(name, ts.isMethodDeclaration(fn) ? result : held));
    }
  }

  /** A call of a function that gives the module, or one that is handed it. */
  #ofCall(parent: ts.CallExpression, at: ts.Expression, held: Held): void {
    const [first, ...path] = held.path;
    const { expression, arguments: all } = parent;
    const result = { ...held, path };
    if (expression === at) {
      if (first === call) this.ofValue(parent, result);
      return;
    }
    const callee = expression.getText();
    const compiled = /\b(?:__import|_interopRequire)(Default|Star|Wildcard)$|\b__toESM$/.exec(callee);
    const own = /^Object\.(assign|freeze|seal)$/.exec(callee)?.[1];
    if (/\.(?:then|catch)$/.test(callee) && first === call) this.ofValue(parent, result);
    else if (compiled !== null) this.ofValue(parent, compiled[1] === 'Default' ? under('default', held) : held);
    else if (/^Promise\.(?:all|resolve)$/.test(callee)) this.ofValue(parent, held);
    else if (own !== undefined) this.#ofObject(parent, at, own === 'assign' ? among(held) : held);
    // The `__exportStar(module, exports)` of compilers.
    else if (all.some((one) => one !== at && isExportsObject(one))) this.exports.push({ ...among(held), again: false });
    else if (all.slice(0, all.indexOf(at)).some(ts.isSpreadElement)) this.open ??= at;
    else this.#ofGiven(expression, all.indexOf(at), held);
  }

  /** `Object.assign(all, module)`, `Object.freeze(module)` */
  #ofObject(made: ts.CallExpression, at: ts.Expression, held: Held): void {
    const [target] = made.arguments;
    if (target !== undefined && target !== at) {
      if (isExportsObject(target)) this.exports.push({ ...held, again: false });
      else if (ts.isIdentifier(target) && isOwnObject(this.#file.checker, target)) this.ofName(target, held);
      else if (!ts.isObjectLiteralExpression(target)) this.open ??= at;
    }
    this.ofValue(made, held);
  }

  /** What is taken out of what a name, or a pattern, stands for. */
  ofName(name: ts.BindingName, held: Held): void {
    if (ts.isObjectBindingPattern(name)) {
      for (const one of name.elements) this.#ofElement(one, held);
      return;
    }
    if (ts.isArrayBindingPattern(name)) {
      for (const [i, one] of name.elements.entries()) this.#ofPlaceInList(one, i, held);
      return;
    }
    const { checker, tree } = this.#file;
    const symbol = symbolOf(checker, name);
    if (symbol === undefined || this.#isKnown(symbol, held)) return;
    for (const one of symbol.declarations ?? []) this.#ofDeclaration(one, name.text, held);
    for (const use of placesOf(tree, name.text)) {
      if (ts.isIdentifier(use) && use !== name && symbolOf(checker, use) === symbol) this.#ofUse(use, held);
    }
  }

  #ofPlaceInList(one: ts.ArrayBindingElement, i: number, held: Held): void {
    if (ts.isOmittedExpression(one)) return;
    if (one.dotDotDotToken !== undefined) this.open ??= one;
    else this.take(`${i}`, one.name, held);
  }

  #ofElement({ dotDotDotToken, propertyName, name }: ts.BindingElement, held: Held): void {
    if (dotDotDotToken !== undefined) this.ofName(name, held);
    else for (const one of this.#read(propertyName ?? name)) this.take(one, name, held);
  }

  /** The text of a name in a pattern. */
  #read(name: ts.PropertyName | ts.BindingName): readonly string[] {
    const names = readable(name);
    this.unread ||= names.length === 0;
    return names;
  }

  #ofUse(use: ts.Identifier, held: Held): void {
    const { parent } = use;
    if (ts.isExportSpecifier(parent)) this.exports.push(under(parent.name.text, held));
    else if (ts.isQualifiedName(parent) || ts.isImportEqualsDeclaration(parent)) this.#ofEntity(use, held);
    else this.ofValue(use, held);
  }

  /** `export const H = ...`, `export import H = require('x')` */
  #ofDeclaration(declaration: ts.Node, name: string, held: Held): void {
    let at = declaration;
    while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isVariableDeclaration(at)) at = at.parent;
    if (ts.isVariableDeclarationList(at)) at = at.parent;
    this.exports.push(...byKeyword(at, name).map((one) => under(one, held)));
  }

  #isKnown(one: ts.Symbol | string, { path }: Held): boolean {
    const known = this.#seen.get(one) ?? new Set();
    const text = path.join(' ');
    const again = known.has(text) || path.length > longest;
    this.#seen.set(one, known.add(text));
    return again;
  }
}
