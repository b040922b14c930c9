/** analyze/names-taken: the names that a file takes out of a module, at one place where it names the module. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { nameText, placesOf, symbolOf, unwrap, wrapped } from './syntax.ts';

/** `{ default as X }` on its own, which is another way to write a default import. */
export function loneDefault(statement: ts.Node): ts.ImportSpecifier | undefined {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const named = clause?.namedBindings;
  if (clause?.name !== undefined || named === undefined || !ts.isNamedImports(named)) return undefined;
  const [only, second] = named.elements;
  return second === undefined && only !== undefined && isDefault(only) ? only : undefined;
}

const isDefault = ({ propertyName, name }: ts.ImportSpecifier | ts.ExportSpecifier): boolean =>
  (propertyName ?? name).text === 'default';

/** Follows one mention of a module to the names that are taken out of it there. */
class NamesTaken {
  readonly #file: ParsedFile;
  /** The variables, members and functions that were followed already. */
  readonly #seen = new Set<ts.Symbol | string>();

  constructor(file: ParsedFile) {
    this.#file = file;
  }

  /** The names of an `import`. */
  ofImport(statement: ts.ImportDeclaration): readonly string[] {
    const clause = statement.importClause;
    const lone = loneDefault(statement);
    if (lone !== undefined) return this.#ofName(lone.name);
    const whole = clause?.name === undefined ? [] : this.#ofName(clause.name);
    const beside = clause?.namedBindings;
    if (beside === undefined) return whole;
    if (ts.isNamespaceImport(beside)) return [...whole, ...this.#ofName(beside.name)];
    return [...whole, ...beside.elements.map(({ propertyName, name }) => (propertyName ?? name).text)];
  }

  /** The names that are taken out of an expression, which is the module or a promise of it. */
  ofValue(node: ts.Expression): readonly string[] {
    const at = wrapped(node);
    const { parent } = at;
    if (ts.isAwaitExpression(parent) || (ts.isConditionalExpression(parent) && parent.condition !== at))
      return this.ofValue(parent);
    if (ts.isVariableDeclaration(parent) && parent.initializer === at) return this.#ofName(parent.name);
    if (ts.isBinaryExpression(parent)) return this.#ofOperator(parent, at);
    if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return this.#ofResult(parent);
    if (ts.isElementAccessExpression(parent) && parent.expression === at)
      return ts.isStringLiteralLike(parent.argumentExpression) ? [parent.argumentExpression.text] : [];
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at) return [];
    return isPromise(unwrap(at)) ? this.#ofThen(parent) : [parent.name.text];
  }

  /** `x = module`, and `module || {}`. */
  #ofOperator(parent: ts.BinaryExpression, at: ts.Expression): readonly string[] {
    const { left, right, operatorToken } = parent;
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return chooses(operatorToken) ? this.ofValue(parent) : [];
    if (right !== at) return [];
    if (ts.isIdentifier(left)) return this.#ofName(left);
    if (ts.isPropertyAccessExpression(left)) return this.#ofMember(left);
    if (!ts.isObjectLiteralExpression(left)) return [];
    return left.properties.flatMap(({ name }) => (name === undefined ? [] : readable(name)));
  }

  /** What a file takes out of a member that holds the module, wherever it says that member in the same words. */
  #ofMember(member: ts.PropertyAccessExpression): readonly string[] {
    const text = member.getText();
    if (this.#isKnown(text)) return [];
    const same = placesOf(this.#file.tree, member.name.text).flatMap(({ parent }) => {
      const isOther = parent !== member && ts.isPropertyAccessExpression(parent) && parent.getText() === text;
      return isOther ? [parent] : [];
    });
    return same.flatMap((one) => this.ofValue(one));
  }

  /** What is taken out of the results of a function that gives the module. */
  #ofResult(from: ts.ReturnStatement | ts.ArrowFunction): readonly string[] {
    const fn = ts.isArrowFunction(from) ? from : ts.findAncestor(from, ts.isFunctionLike);
    const held = fn !== undefined && ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn?.name;
    if (held === undefined || !ts.isIdentifier(held)) return [];
    return this.#usesOf(held).flatMap((use) => {
      const { parent } = use;
      return ts.isCallExpression(parent) && parent.expression === use ? this.ofValue(parent) : [];
    });
  }

  /** `import('x').then(({ Client }) => ...)` */
  #ofThen({ parent: call, name }: ts.PropertyAccessExpression): readonly string[] {
    const [first] = name.text === 'then' && ts.isCallExpression(call) ? call.arguments : [];
    const fn = first === undefined ? undefined : unwrap(first);
    const given = fn !== undefined && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? fn.parameters[0] : null;
    return given === null || given === undefined ? [] : this.#ofName(given.name);
  }

  /** The names that are taken out of what a name, or a pattern, stands for. */
  #ofName(name: ts.BindingName): readonly string[] {
    if (ts.isObjectBindingPattern(name))
      return name.elements.flatMap(({ dotDotDotToken, propertyName, name: local }) =>
        dotDotDotToken !== undefined ? this.#ofName(local) : readable(propertyName ?? local),
      );
    if (!ts.isIdentifier(name)) return [];
    return this.#usesOf(name).flatMap((use) => {
      const { parent } = use;
      return ts.isQualifiedName(parent) && parent.left === use ? [parent.right.text] : this.ofValue(use);
    });
  }

  /** Where else a file says a name; nothing the second time. */
  #usesOf(name: ts.Identifier): readonly ts.Identifier[] {
    const { checker, tree } = this.#file;
    const symbol = symbolOf(checker, name);
    if (symbol === undefined || this.#isKnown(symbol)) return [];
    return placesOf(tree, name.text)
      .filter(ts.isIdentifier)
      .filter((place) => place !== name && symbolOf(checker, place) === symbol);
  }

  #isKnown(one: ts.Symbol | string): boolean {
    const known = this.#seen.has(one);
    this.#seen.add(one);
    return known;
  }

  /** `import x = require('x')` */
  ofEquals({ name }: ts.ImportEqualsDeclaration): readonly string[] {
    return this.#ofName(name);
  }
}

const chooses = ({ kind }: ts.Node): boolean =>
  kind === ts.SyntaxKind.BarBarToken ||
  kind === ts.SyntaxKind.QuestionQuestionToken ||
  kind === ts.SyntaxKind.AmpersandAmpersandToken;

/** The text of a name; nothing for one that is computed. */
function readable(name: ts.PropertyName | ts.BindingName): readonly string[] {
  const computed = ts.isComputedPropertyName(name) && !ts.isStringLiteralLike(name.expression);
  return computed ? [] : [nameText(name)];
}

const isPromise = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;

function firstOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : firstOf(name.left);
}

/** The names that a file takes out of a module where it names it: `default` for the default, as far as it can be read. */
export function namesTaken(file: ParsedFile, module: ts.StringLiteralLike): readonly string[] {
  const { parent } = module;
  const taken = new NamesTaken(file);
  if (ts.isImportDeclaration(parent)) return taken.ofImport(parent);
  if (ts.isExternalModuleReference(parent)) return taken.ofEquals(parent.parent);
  if (ts.isCallExpression(parent)) return taken.ofValue(parent);
  if (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) {
    const { qualifier } = parent.parent;
    return qualifier === undefined ? [] : [firstOf(qualifier)];
  }
  if (!ts.isExportDeclaration(parent) || parent.exportClause === undefined) return [];
  const clause = parent.exportClause;
  return ts.isNamedExports(clause) ? clause.elements.map((one) => (one.propertyName ?? one.name).text) : [];
}
