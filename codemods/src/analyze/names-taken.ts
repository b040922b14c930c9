/** analyze/names-taken: the names that a file takes out of a module, at one place where it names the module. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { placesOf, symbolOf, unwrap, wrapped } from './syntax.ts';

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
    if (ts.isAwaitExpression(parent)) return this.ofValue(parent);
    if (ts.isVariableDeclaration(parent) && parent.initializer === at) return this.#ofName(parent.name);
    if (ts.isElementAccessExpression(parent) && parent.expression === at)
      return ts.isStringLiteralLike(parent.argumentExpression) ? [parent.argumentExpression.text] : [];
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at) return [];
    return isPromise(unwrap(at)) ? this.#ofThen(parent) : [parent.name.text];
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
        dotDotDotToken !== undefined ? this.#ofName(local) : [(propertyName ?? local).getText()],
      );
    if (!ts.isIdentifier(name)) return [];
    const { checker, tree } = this.#file;
    const symbol = symbolOf(checker, name);
    return placesOf(tree, name.text).flatMap((place) => {
      if (place === name || !ts.isIdentifier(place) || symbolOf(checker, place) !== symbol) return [];
      const { parent } = place;
      return ts.isQualifiedName(parent) && parent.left === place ? [parent.right.text] : this.ofValue(place);
    });
  }

  /** `import x = require('x')` */
  ofEquals({ name }: ts.ImportEqualsDeclaration): readonly string[] {
    return this.#ofName(name);
  }
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
