/** analyze/names-taken: the names that a file takes out of a module, and the exports by which others get it from there. */
import { ts } from '../typescript.js';
import { assignedName, byKeyword, isExportsObject, whole } from './exported-as.ts';
import {
  among,
  call,
  chooses,
  type Held,
  itself,
  longest,
  readable,
  type Taken,
  type TakenName,
  under,
} from './held.ts';
import type { ParsedFile } from './program.ts';
import { assigns, placesOf, symbolOf, unwrap, wrapped } from './syntax.ts';

/** `{ default as X }` on its own, which is another way to write a default import. */
export function loneDefault(statement: ts.Node): ts.ImportSpecifier | undefined {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const named = clause?.namedBindings;
  if (clause?.name !== undefined || named === undefined || !ts.isNamedImports(named)) return undefined;
  const [only, second] = named.elements;
  return second === undefined && only !== undefined && isDefault(only) ? only : undefined;
}

const keyOf = ({ propertyName, name }: ts.ImportSpecifier | ts.ExportSpecifier): string => (propertyName ?? name).text;

const isDefault = (one: ts.ImportSpecifier): boolean => keyOf(one) === 'default';

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** Follows one mention of a module to the names that are taken out of it, and to the exports of its file. */
class NamesTaken implements Taken {
  readonly names: TakenName[] = [];
  readonly exports: Held[] = [];
  readonly #file: ParsedFile;
  /** The variables and members that were followed already, and as what. */
  readonly #seen = new Map<ts.Symbol | string, Set<string>>();

  constructor(file: ParsedFile) {
    this.#file = file;
  }

  ofMention({ parent }: ts.StringLiteralLike, held: Held): void {
    if (ts.isImportDeclaration(parent)) this.#ofImport(parent, held);
    else if (ts.isExternalModuleReference(parent)) this.#ofName(parent.parent.name, held);
    else if (ts.isCallExpression(parent)) this.#ofValue(parent, held);
    else if (ts.isExportDeclaration(parent)) this.#ofExport(parent, held);
    else if (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) {
      const { qualifier } = parent.parent;
      if (qualifier !== undefined) this.#ofPath(qualifier, held);
    }
  }

  #ofImport(statement: ts.ImportDeclaration, held: Held): void {
    const clause = statement.importClause;
    // Of a package the default is written as the whole module.
    const package_ = held === itself;
    const lone = package_ ? loneDefault(statement) : undefined;
    if (lone !== undefined) {
      this.#ofName(lone.name, held);
      return;
    }
    if (clause?.name !== undefined) {
      if (package_) this.#ofName(clause.name, held);
      else this.#take('default', clause.name, held);
    }
    const beside = clause?.namedBindings;
    if (beside === undefined) return;
    if (ts.isNamespaceImport(beside)) this.#ofName(beside.name, held);
    else for (const one of beside.elements) this.#take(keyOf(one), one.name, held);
  }

  #ofExport({ exportClause }: ts.ExportDeclaration, held: Held): void {
    if (exportClause === undefined) {
      if (held.path[0] !== 'default') this.exports.push({ ...among(held), again: false });
    } else if (ts.isNamespaceExport(exportClause)) this.exports.push(under(exportClause.name.text, held));
    else
      for (const one of exportClause.elements) {
        const next = this.#member(keyOf(one), one, held);
        if (next !== null) this.exports.push(under(one.name.text, next));
      }
  }

  /** What a value is after one of its members is taken; `null` where that is not the module and does not hold it. */
  #member(name: string, node: ts.Node, held: Held): Held | null {
    const [first, ...path] = held.path;
    if (name === first) return { ...held, path, again: false };
    if (name === 'default' && held.again) return { ...held, again: false };
    if (first === undefined) this.names.push({ name, node, mixed: held.mixed });
    return null;
  }

  #take(name: string, to: ts.BindingName, held: Held): void {
    const next = this.#member(name, to, held);
    if (next !== null) this.#ofName(to, next);
  }

  /** `H.Client` among types. */
  #ofEntity(node: ts.EntityName, held: Held): void {
    const { parent } = node;
    if (ts.isImportEqualsDeclaration(parent)) this.#ofName(parent.name, held);
    if (!ts.isQualifiedName(parent) || parent.left !== node) return;
    const next = this.#member(parent.right.text, parent, held);
    if (next !== null) this.#ofEntity(parent, next);
  }

  /** `import('x').H.Client` */
  #ofPath(name: ts.EntityName, held: Held): Held | null {
    if (ts.isIdentifier(name)) return this.#member(name.text, name, held);
    const next = this.#ofPath(name.left, held);
    return next === null ? null : this.#member(name.right.text, name, next);
  }

  /** What becomes of an expression, or of a promise of it. */
  #ofValue(node: ts.Expression, held: Held): void {
    const at = wrapped(node);
    const { parent } = at;
    if (ts.isAwaitExpression(parent)) this.#ofValue(parent, held);
    else if (ts.isConditionalExpression(parent)) {
      if (parent.condition !== at) this.#ofValue(parent, held);
    } else if (ts.isBinaryExpression(parent)) this.#ofOperator(parent, at, held);
    else if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) this.#ofResult(parent, held);
    else if (ts.isCallExpression(parent)) this.#ofCall(parent, at, held);
    else if (ts.isPropertyAccessExpression(parent)) this.#ofAccess(parent, parent.name.text, held);
    else if (ts.isElementAccessExpression(parent)) {
      const { expression, argumentExpression: key } = parent;
      if (expression === at && ts.isStringLiteralLike(key)) this.#ofAccess(parent, key.text, held);
    } else if (ts.isExportAssignment(parent))
      this.exports.push(parent.isExportEquals === true ? held : under('default', held));
    else this.#ofPlace(parent, at, held);
  }

  /** A variable, a parameter, a field or an object that a value is put into where it stands. */
  #ofPlace(parent: ts.Node, at: ts.Expression, held: Held): void {
    if (ts.isSpreadAssignment(parent)) this.#ofValue(parent.parent, among(held));
    else if (ts.isShorthandPropertyAssignment(parent)) this.#ofValue(parent.parent, under(parent.name.text, held));
    else if (!('initializer' in parent) || parent.initializer !== at) return;
    else if (ts.isPropertyAssignment(parent)) {
      for (const name of readable(parent.name)) this.#ofValue(parent.parent, under(name, held));
    } else if (ts.isPropertyDeclaration(parent)) {
      for (const name of readable(parent.name)) this.#ofSame(`this.${name}`, name, held);
    } else if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent))
      this.#ofName(parent.name, held);
  }

  #ofAccess(access: Member, name: string, held: Held): void {
    const { parent } = access;
    if (ts.isCallExpression(parent) && parent.expression === access && /^(?:then|catch|finally)$/.test(name)) {
      this.#ofPromise(parent, name, held);
      return;
    }
    const next = this.#member(name, access, held);
    if (next !== null) this.#ofValue(access, next);
  }

  /** `import('x').then(({ Client }) => ...)` */
  #ofPromise(promise: ts.CallExpression, name: string, held: Held): void {
    if (name !== 'then') {
      this.#ofValue(promise, held);
      return;
    }
    const [first] = promise.arguments;
    const fn = first === undefined ? undefined : unwrap(first);
    const given = fn !== undefined && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? fn.parameters[0] : null;
    if (given !== null && given !== undefined) this.#ofName(given.name, held);
  }

  /** `x = module`, `module || {}`, `(0, module)`. */
  #ofOperator(parent: ts.BinaryExpression, at: ts.Expression, held: Held): void {
    const { left, right, operatorToken } = parent;
    if (!assigns(parent)) {
      const last = operatorToken.kind === ts.SyntaxKind.CommaToken && right === at;
      if (last || chooses(operatorToken)) this.#ofValue(parent, held);
      return;
    }
    if (right !== at) return;
    const name = assignedName(left);
    if (name !== null) this.exports.push(name === whole ? { ...held, again: false } : under(name, held));
    if (ts.isIdentifier(left)) this.#ofName(left, held);
    else if (ts.isPropertyAccessExpression(left)) this.#ofSame(left.getText(), left.name.text, held);
    else if (ts.isObjectLiteralExpression(left)) this.#ofTargets(left, held);
    this.#ofValue(parent, held);
  }

  /** `({ Client, H: x } = module)` */
  #ofTargets({ properties }: ts.ObjectLiteralExpression, held: Held): void {
    for (const one of properties) {
      if (ts.isSpreadAssignment(one)) {
        if (ts.isIdentifier(one.expression)) this.#ofName(one.expression, held);
        continue;
      }
      const to = ts.isPropertyAssignment(one) ? one.initializer : one.name;
      for (const name of one.name === undefined ? [] : readable(one.name)) {
        const next = this.#member(name, one, held);
        if (next !== null && to !== undefined && ts.isIdentifier(to)) this.#ofName(to, next);
      }
    }
  }

  /** What a file takes out of a member that holds the module, wherever it says that member in the same words. */
  #ofSame(text: string, name: string, held: Held): void {
    if (this.#isKnown(text, held)) return;
    for (const { parent } of placesOf(this.#file.tree, name)) {
      const isTarget = ts.isBinaryExpression(parent.parent) && parent.parent.left === parent;
      if (ts.isPropertyAccessExpression(parent) && !isTarget && parent.getText() === text) this.#ofValue(parent, held);
    }
  }

  /** What is taken out of the results of a function that gives the module. */
  #ofResult(from: ts.ReturnStatement | ts.ArrowFunction, held: Held): void {
    const fn = ts.isArrowFunction(from) ? from : ts.findAncestor(from, ts.isFunctionLike);
    if (fn === undefined) return;
    const result = under(call, held);
    if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) this.#ofValue(fn, result);
    else if (ts.isFunctionDeclaration(fn)) {
      if (fn.name !== undefined) this.#ofName(fn.name, result);
      else this.exports.push(...byKeyword(fn, undefined).map((one) => under(one, result)));
    } else if ((ts.isMethodDeclaration(fn) || ts.isGetAccessor(fn)) && ts.isObjectLiteralExpression(fn.parent)) {
      for (const name of readable(fn.name))
        this.#ofValue(fn.parent, under(name, ts.isMethodDeclaration(fn) ? result : held));
    }
  }

  /** A call of a function that gives the module, or one that is handed it. */
  #ofCall(parent: ts.CallExpression, at: ts.Expression, held: Held): void {
    const [first, ...path] = held.path;
    const { expression, arguments: all } = parent;
    const result = { ...held, path };
    if (expression === at) {
      if (first === call) this.#ofValue(parent, result);
      return;
    }
    if (/\.then$/.test(expression.getText()) && first === call) this.#ofValue(parent, result);
    // `Object.assign(exports, module)`, and the `__exportStar(module, exports)` of compilers.
    if (all.some((one) => one !== at && isExportsObject(one))) this.exports.push({ ...among(held), again: false });
    const compiled = /\b(?:__import(Default|Star)|__toESM)$/.exec(expression.getText());
    if (compiled !== null) this.#ofValue(parent, compiled[1] === 'Default' ? under('default', held) : held);
    const own = /^Object\.(assign|freeze|seal)$/.exec(expression.getText())?.[1];
    if (own === undefined) return;
    const given = own === 'assign' ? among(held) : held;
    const [target] = all;
    if (target !== at && target !== undefined && ts.isIdentifier(target)) this.#ofName(target, given);
    this.#ofValue(parent, given);
  }

  /** What is taken out of what a name, or a pattern, stands for. */
  #ofName(name: ts.BindingName, held: Held): void {
    if (ts.isObjectBindingPattern(name)) {
      for (const one of name.elements) this.#ofElement(one, held);
      return;
    }
    const { checker, tree } = this.#file;
    const symbol = ts.isIdentifier(name) ? symbolOf(checker, name) : undefined;
    if (!ts.isIdentifier(name) || symbol === undefined || this.#isKnown(symbol, held)) return;
    for (const one of symbol.declarations ?? []) this.#ofDeclaration(one, name.text, held);
    for (const use of placesOf(tree, name.text)) {
      if (ts.isIdentifier(use) && use !== name && symbolOf(checker, use) === symbol) this.#ofUse(use, held);
    }
  }

  #ofElement({ dotDotDotToken, propertyName, name }: ts.BindingElement, held: Held): void {
    if (dotDotDotToken !== undefined) this.#ofName(name, held);
    else for (const one of readable(propertyName ?? name)) this.#take(one, name, held);
  }

  #ofUse(use: ts.Identifier, held: Held): void {
    const { parent } = use;
    if (ts.isExportSpecifier(parent)) this.exports.push(under(parent.name.text, held));
    else if (ts.isQualifiedName(parent) || ts.isImportEqualsDeclaration(parent)) this.#ofEntity(use, held);
    else this.#ofValue(use, held);
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

/** What a file takes out of a module where it names it, or out of what a module holds. */
export function namesTaken(file: ParsedFile, module: ts.StringLiteralLike, held: Held = itself): Taken {
  const taken = new NamesTaken(file);
  taken.ofMention(module, held);
  return taken;
}
