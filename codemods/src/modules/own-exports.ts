/** modules/own-exports: the names that a file exports beside those of a module it hands on. */
import { isExportsObject } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, descendants, placesOf, requiredModule, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { readable } from './held.ts';
import { exportedAgain, exportedAs, exportedWhole, loadedFile } from './loaded-values.ts';

/** The file of the bot that a `require` gives. */
function requiredFile(file: ParsedFile, value: ts.Expression): ParsedFile | null {
  const specifier = requiredModule(value);
  return specifier?.startsWith('.') === true ? loadedFile(file.source.path, specifier) : null;
}

/** `all.Child = ...`, of the same variable. */
function isSet(file: ParsedFile, object: ts.Identifier, name: string): boolean {
  const symbol = symbolOf(file.checker, object);
  return placesOf(file.tree, name).some(({ parent }) => {
    if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== name) return false;
    const { expression } = parent;
    const sets = ts.isBinaryExpression(parent.parent) && assigns(parent.parent) && parent.parent.left === parent;
    return sets && ts.isIdentifier(expression) && symbolOf(file.checker, expression) === symbol;
  });
}

/**
 * Whether the object that an expression gives has a member of a name by what the bot writes; `null` where it may have one
 * of the module instead.
 */
function objectHas(file: ParsedFile, value: ts.Node, name: string, seen: ReadonlySet<unknown>): boolean | null {
  if (seen.has(value)) return null;
  const next = new Set([...seen, value]);
  const at = unwrap(value as ts.Expression);
  if (ts.isIdentifier(at)) {
    const declared = symbolOf(file.checker, at)?.valueDeclaration;
    const first = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    if (isSet(file, at, name)) return true;
    return first === undefined ? null : objectHas(file, first, name, next);
  }
  const there = requiredFile(file, at);
  if (there !== null) return hasOwn(there, name, next) || null;
  if (!ts.isObjectLiteralExpression(at)) return null;
  // What comes last hides the others.
  for (const one of [...at.properties].reverse()) {
    const has = ts.isSpreadAssignment(one)
      ? objectHas(file, one.expression, name, next)
      : readable(one.name as ts.PropertyName).includes(name);
    if (has !== false) return has;
  }
  return false;
}

/** `Object.assign(exports, { Child })` */
function putIntoExports({ tree }: ParsedFile): readonly ts.Expression[] {
  return descendants(tree).flatMap((node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'Object.assign') return [];
    const [target, ...given] = node.arguments;
    return target !== undefined && isExportsObject(target) ? given : [];
  });
}

/** `exports.Child = 1`, or a member of an object that is exported; anything else is a statement of an ES module. */
const isAssigned = (node: ts.Declaration): boolean => ts.isExpression(node) || ts.isObjectLiteralElement(node);

/**
 * Whether a file exports something by a name that hides what comes by `export *` or a spread: of its own, or of another
 * file of the bot, which nobody could take if the module had it, too.
 */
export function hasOwn(file: ParsedFile, name: string, seen: ReadonlySet<unknown> = new Set()): boolean {
  const { path } = file.source;
  if (seen.has(path)) return false;
  const next = new Set([...seen, path]);
  const has = (value: ts.Node): boolean | null => objectHas(file, value, name, next);
  const puts = putIntoExports(file);
  const isHidden = (at: ts.Node): boolean => puts.some((one) => one.pos > at.pos && has(one) === null);
  const { exports } = file.checker.getSymbolAtLocation(file.tree) ?? {};
  const declared = exports?.get(ts.escapeLeadingUnderscores(name))?.declarations ?? [];
  if (declared.some((one) => !isAssigned(one))) return true;
  const wholes = exportedWhole(file).filter((one) => one.file === file);
  // The members of an object are looked at in their order.
  const isInside = (one: ts.Node): boolean => wholes.some(({ value }) => value.pos <= one.pos && one.end <= value.end);
  if (exportedAs(file, name).some(({ value }) => !isInside(value) && !isHidden(value))) return true;
  if ([...wholes.map(({ value }) => value), ...puts].some((one) => has(one) === true && !isHidden(one))) return true;
  return exportedAgain(file).some((specifier) => {
    const there = specifier.startsWith('.') ? loadedFile(path, specifier) : null;
    return there !== null && hasOwn(there, name, next);
  });
}
