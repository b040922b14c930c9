/** handlers/file-locals: the names bound at the top of a file, and where each comes from. */
import type { NeededImport } from '../functions/captures.ts';
import { createdRequire } from '../modules/package-require.ts';
import { exportsGlobal } from '../syntax/globals.ts';
import { placesOf, requiredModule } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/** Where a binding comes from, as one comparable text. */
export const originOf = (binding: NeededImport['binding']): string =>
  `${binding.specifier}#${isImportEquals(binding) ? 'equals' : binding.kind}#${binding.imported}`;

/** `import x = require('x')`, which stands in a TypeScript file that becomes CommonJS. */
export const isImportEquals = (binding: NeededImport['binding']): boolean =>
  'node' in binding && ts.isImportEqualsDeclaration(binding.node as ts.Node);

/** Behind the origin of what is imported as a type alone. */
const typeMark = '#type';

/** Whether a name of that origin is what an import needs: one that is a type alone has no value. */
export const isOrigin = (origin: string | undefined, { binding, typeOnly }: NeededImport): boolean =>
  origin === originOf(binding) || (typeOnly && origin === originOf(binding) + typeMark);

/** Whether an import stands for a `require` that an ES module has to make. */
export const isCreatedRequire = ({ binding }: NeededImport): boolean => originOf(binding) === originOf(createdRequire);

/** Whether what is imported is the very thing that is global under a name: `process`, `Buffer`, `URL`. */
export function isGlobalItself(name: string, origin: string): boolean {
  const [specifier = '', kind = '', imported = ''] = origin.split('#');
  return exportsGlobal(name, { specifier, kind, imported });
}

/** Each local name bound at the top of a file, with where it comes from. */
export function localsOf(tree: { readonly statements: readonly ts.Statement[] }): ReadonlyMap<string, string> {
  const bound = tree.statements.flatMap(boundBy);
  const file = tree.statements[0]?.getSourceFile();
  // What is written again, or bound twice, is whatever came last.
  const isOnly = (name: string): boolean =>
    file === undefined ||
    (bound.filter(([one]) => one === name).length === 1 &&
      placesOf(file, name).every((place) => writtenAt(place).length === 0));
  const once = bound.map(([name, origin]) => [name, origin === own || isOnly(name) ? origin : own] as const);
  return new Map([...tree.statements.flatMap(hoistedFrom), ...once]);
}

type Bound = readonly (readonly [name: string, origin: string])[];

/** What no module can be told from. */
const own = '';

function boundBy(statement: ts.Statement): Bound {
  if (ts.isImportEqualsDeclaration(statement)) return [[statement.name.text, ofReference(statement.moduleReference)]];
  if (ts.isImportDeclaration(statement)) return boundByImport(statement);
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(boundByVariable);
  const names =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  return names && statement.name !== undefined && ts.isIdentifier(statement.name) ? [[statement.name.text, own]] : [];
}

/** What blocks of a statement bind in the whole file: a `var`, and a function where the file is not strict. */
function hoistedFrom(statement: ts.Statement): Bound {
  if (ts.isVariableStatement(statement) || ts.isModuleDeclaration(statement)) return [];
  const bound: (readonly [string, string])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) bound.push([node.name.text, own]);
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0)
      bound.push(...node.declarations.flatMap(boundByVariable).map(([name]) => [name, own] as const));
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return bound;
}

const ofReference = (reference: ts.ModuleReference): string =>
  ts.isExternalModuleReference(reference) && ts.isStringLiteral(reference.expression)
    ? `${reference.expression.text}#equals#*`
    : own;

function boundByImport(statement: ts.ImportDeclaration): Bound {
  const from = (statement.moduleSpecifier as ts.StringLiteral).text;
  const { name, namedBindings, isTypeOnly = false } = statement.importClause ?? {};
  const typed = isTypeOnly ? typeMark : '';
  const whole = name === undefined ? [] : [[name.text, `${from}#default#default${typed}`] as const];
  if (namedBindings === undefined) return whole;
  if (ts.isNamespaceImport(namedBindings)) return [...whole, [namedBindings.name.text, `${from}#namespace#*${typed}`]];
  const named = namedBindings.elements.map((one) => {
    const origin = `${from}#named#${(one.propertyName ?? one.name).text}`;
    return [one.name.text, one.isTypeOnly ? origin + typeMark : origin + typed] as const;
  });
  return [...whole, ...named];
}

function boundByVariable({ name, initializer }: ts.VariableDeclaration): Bound {
  if (/^createRequire\(/.test(initializer?.getText() ?? '')) return [[name.getText(), originOf(createdRequire)]];
  const from = requiredModule(initializer);
  if (ts.isIdentifier(name)) return [[name.text, from === null ? own : `${from}#namespace#*`]];
  const taken = ts.isObjectBindingPattern(name) ? from : null;
  return name.elements.flatMap((part) => (ts.isBindingElement(part) ? boundByPart(part, taken) : []));
}

/** @param from - the module whose own members these are; `null` for parts of anything else */
function boundByPart(
  { name, propertyName, initializer, dotDotDotToken }: ts.BindingElement,
  from: string | null,
): Bound {
  if (!ts.isIdentifier(name))
    return name.elements.flatMap((part) => (ts.isBindingElement(part) ? boundByPart(part, null) : []));
  const plain = from !== null && initializer === undefined && dotDotDotToken === undefined;
  return [[name.text, plain ? `${from}#named#${(propertyName ?? name).getText()}` : own]];
}
