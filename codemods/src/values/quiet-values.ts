/** values/quiet-values: which expressions make a value and do nothing else, as far as the text says it. */
import { isDiscordModule } from '../modules/bindings.ts';
import { descendants, isInert, requiredModule, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { extendedBy } from './class-owner.ts';

/** Classes of the language whose `new` only builds. */
const plain =
  /^(?:(?:Weak)?(?:Map|Set)|WeakRef|Date|RegExp|URL|URLSearchParams|\w*Error|Object|Array|\w+Array|ArrayBuffer|TextEncoder|TextDecoder|AbortController|Intl\.\w+)$/;
/** The same of discord.js; a client does something when it logs in. */
const library = /^(?:Client|Collection|LimitedCollection|\w+Builder|\w*BitField)$/;
const calls =
  /^(?:(?:Number|String|Boolean|BigInt|Symbol|Array|RegExp)(?:\.\w+)?|Math\.\w+|Date\.(?:now|UTC)|JSON\.stringify|Object\.(?:freeze|seal|keys|values|entries|fromEntries|create))$/;
/** What is called of something that was just built. */
const chained = /^(?:(?:set|add)(?:[A-Z]\w*)?|to(?:JSON|String|ISOString))$/;

/** The module that a name is taken from at the top of a file; `null` where the file declares it, `undefined` for a name of the language. */
function moduleOf(tree: ts.SourceFile, name: string): string | null | undefined {
  const place = descendants(tree).find(
    (node) =>
      ts.isIdentifier(node) &&
      node.text === name &&
      (node.parent as ts.NamedDeclaration).name === node &&
      isBinding(node.parent),
  );
  for (let at = place; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isImportDeclaration(at)) return ts.isStringLiteral(at.moduleSpecifier) ? at.moduleSpecifier.text : null;
    if (ts.isVariableDeclaration(at)) return requiredModule(at.initializer);
  }
  return place === undefined ? undefined : null;
}

const isBinding = (node: ts.Node): boolean =>
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportEqualsDeclaration(node) ||
  ts.isVariableDeclaration(node) ||
  ts.isBindingElement(node) ||
  ts.isParameter(node) ||
  ts.isClassLike(node) ||
  ts.isFunctionLike(node);

/** Whether a dotted name is one of the language, by these words, and the file means nothing else by it. */
function isOfLanguage(node: ts.Expression, words: RegExp): boolean {
  const said = node.getText();
  return words.test(said) && moduleOf(node.getSourceFile(), said.split('.')[0] ?? '') === undefined;
}

/** `Collection`, `Discord.Collection` */
function isOfLibrary(node: ts.Expression): boolean {
  const [first = '', ...more] = node.getText().split('.');
  if (!library.test(more.at(-1) ?? first) || more.length > 1) return false;
  const from = moduleOf(node.getSourceFile(), first);
  return typeof from === 'string' && (isDiscordModule(from) || from.startsWith('@discordjs/'));
}

/** Whether an expression is on the list of those that make a value and do nothing else. */
export function isQuiet(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isClassExpression(at)) return isQuietClass(at);
  if (isInert(at) || ts.isMetaProperty(at)) return true;
  if (ts.isNewExpression(at))
    return (isOfLanguage(at.expression, plain) || isOfLibrary(at.expression)) && (at.arguments ?? []).every(isQuiet);
  if (ts.isArrayLiteralExpression(at)) return at.elements.every(isQuiet);
  if (ts.isSpreadElement(at)) return isQuiet(at.expression);
  if (ts.isObjectLiteralExpression(at)) return at.properties.every(isQuietMember);
  if (ts.isPropertyAccessExpression(at)) return isQuiet(at.expression);
  return ts.isCallExpression(at) && isQuietCall(at);
}

function isQuietCall(call: ts.CallExpression): boolean {
  if (requiredModule(call) !== null) return true;
  const callee = unwrap(call.expression);
  if (isOfLanguage(callee, calls)) return call.arguments.every(isQuietArgument);
  if (!ts.isPropertyAccessExpression(callee) || !chained.test(callee.name.text)) return false;
  const kept = callee.name.text.startsWith('set');
  return isBuilt(unwrap(callee.expression)) && call.arguments.every(kept ? isQuiet : isQuietArgument);
}

/** What a function that may be called at once does is seen where it is one expression. */
function isQuietArgument(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (!ts.isFunctionLike(at)) return isQuiet(at);
  return ts.isArrowFunction(at) && !ts.isBlock(at.body) && isQuiet(at.body);
}

/** `new Builder()`, what is called of it, or the builder that a function in there is given. */
function isBuilt(node: ts.Expression): boolean {
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) return requiredModule(node) === null && isQuiet(node);
  if (!ts.isIdentifier(node)) return false;
  let at: ts.Node = node;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return ts.isArrowFunction(at) && at.parameters[0]?.name.getText() === node.text;
}

const isQuietName = (name: ts.PropertyName | undefined): boolean =>
  name === undefined || !ts.isComputedPropertyName(name) || isQuiet(name.expression);

function isQuietMember(one: ts.ObjectLiteralElementLike): boolean {
  if (!isQuietName(one.name)) return false;
  if (ts.isPropertyAssignment(one)) return isQuiet(one.initializer);
  return ts.isSpreadAssignment(one) ? isQuiet(one.expression) : true;
}

/** A class without work of its own: no decorators, no static blocks, and static fields that are quiet. */
export function isQuietClass(node: ts.ClassLikeDeclaration): boolean {
  const base = extendedBy(node);
  if (base !== undefined && !isQuiet(base)) return false;
  const heads = [
    node,
    ...node.members,
    ...node.members.flatMap((one) => (ts.isFunctionLike(one) ? one.parameters : [])),
  ];
  if (heads.some((one) => ts.canHaveDecorators(one) && ts.getDecorators(one) !== undefined)) return false;
  return node.members.every((one) => {
    if (ts.isClassStaticBlockDeclaration(one) || !isQuietName(one.name)) return false;
    return !ts.isPropertyDeclaration(one) || !isStatic(one) || isQuietInitializer(one.initializer);
  });
}

const isStatic = (node: ts.Declaration): boolean => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;

const isQuietInitializer = (node: ts.Expression | undefined): boolean => node === undefined || isQuiet(node);

/** A variable whose value is quiet, and what is taken out of it by a pattern, too. */
export function isQuietVariable({ name, initializer }: ts.VariableDeclaration): boolean {
  return isQuietInitializer(initializer) && (ts.isIdentifier(name) || isQuietPattern(name));
}

function isQuietPattern({ elements }: ts.BindingPattern): boolean {
  return elements.every((one) => {
    if (ts.isOmittedExpression(one)) return true;
    if (!isQuietName(one.propertyName) || !isQuietInitializer(one.initializer)) return false;
    return ts.isIdentifier(one.name) || isQuietPattern(one.name);
  });
}

/** An enum whose values are quiet. */
export function isQuietEnum({ members }: ts.EnumDeclaration): boolean {
  return members.every(({ initializer }) => isQuietInitializer(initializer));
}
