/** modules/module-places: the places that a module is handed to: which take nothing out of it, and which can be followed. */
import { isDeclarationName, isTypePosition, placesOf, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** `{ default as X }` on its own, which is another way to write a default import. */
export function loneDefault(statement: ts.Node): ts.ImportSpecifier | undefined {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const named = clause?.namedBindings;
  if (clause?.name !== undefined || named === undefined || !ts.isNamedImports(named)) return undefined;
  const [only, second] = named.elements;
  return second === undefined && only !== undefined && keyOf(only) === 'default' ? only : undefined;
}

/** The name that another file knows by, of what is imported or exported. */
export const keyOf = ({ propertyName, name }: ts.ImportSpecifier | ts.ExportSpecifier): string =>
  (propertyName ?? name).text;

/** Whether a value is only tested, thrown away or given a name where it stands. */
export function takesNothing(at: ts.Expression): boolean {
  const { parent } = at;
  if (isDeclarationName(at) || isTypePosition(at)) return true;
  if (ts.isImportClause(parent) || ts.isImportSpecifier(parent) || ts.isNamespaceImport(parent)) return true;
  if (ts.isBindingElement(parent) || ts.isImportEqualsDeclaration(parent)) return true;
  if (ts.isElementAccessExpression(parent)) return true;
  if (ts.isTypeOfExpression(parent) || ts.isVoidExpression(parent) || ts.isPrefixUnaryExpression(parent)) return true;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return true;
  return ts.isExpressionStatement(parent) || ts.isTemplateSpan(parent) || ts.isExpressionWithTypeArguments(parent);
}

/** Whether a member of a class is read in that class alone. */
export function isPrivate(member: ts.ClassElement): boolean {
  const words = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const named = member.name !== undefined && ts.isPrivateIdentifier(member.name);
  return named || words.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
}

/** What declares a name, where that is one place. Members that JavaScript sets on it are no declarations of it. */
function onlyDeclaration(checker: ts.TypeChecker, name: ts.Expression): ts.Declaration | undefined {
  const all = (ts.isIdentifier(name) ? symbolOf(checker, name)?.declarations : undefined) ?? [];
  const [one, second] = all.filter((declared) => 'name' in declared && !ts.isPropertyAccessExpression(declared));
  return second === undefined ? one : undefined;
}

/** Whether a name is that of a variable whose value is an object written there. */
export function isOwnObject(checker: ts.TypeChecker, name: ts.Expression): boolean {
  const declared = onlyDeclaration(checker, name);
  const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return value !== undefined && ts.isObjectLiteralExpression(unwrap(value));
}

type FunctionNode = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** The function that stands where it is called, or that a name of the file means. */
function functionAt(checker: ts.TypeChecker, callee: ts.Expression): FunctionNode | null {
  const at = unwrap(callee);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return at;
  const declared = onlyDeclaration(checker, at);
  if (declared === undefined || ts.isFunctionDeclaration(declared)) return declared ?? null;
  const isConstant = (declared.parent.flags & ts.NodeFlags.Const) !== 0;
  const value = isConstant && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return value === undefined || ts.isIdentifier(unwrap(value)) ? null : functionAt(checker, value);
}

/** The names that a function has for one of its arguments, `[]` where it reads none; `null` where that cannot be told. */
export function parameterAt(
  checker: ts.TypeChecker,
  callee: ts.Expression,
  index: number,
): readonly ts.BindingName[] | null {
  const fn = functionAt(checker, callee);
  if (fn === null || (fn.body === undefined && fn.parameters.length === 0)) return null;
  const parameters = fn.parameters.filter((one) => one.name.getText() !== 'this');
  const isOpen = placesOf(fn.getSourceFile(), 'arguments').some((one) => fn.pos <= one.pos && one.end <= fn.end);
  const found = parameters[index];
  if (isOpen || parameters.slice(0, index + 1).some((one) => one.dotDotDotToken !== undefined)) return null;
  return found === undefined ? [] : [found.name];
}
