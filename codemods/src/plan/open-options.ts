/** plan/open-options: options of a manager that cannot be read where it is built, and where a bot names those that are refused. */
import { isAccess } from '../syntax/access.ts';
import { nameText, wrapped } from '../syntax/syntax.ts';
import { memberOf, plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';
import { builtBy, isManager, isOfManager, isRefused, options, type Use } from './absent-names.ts';
import { isBaseCall, seenOptions } from './manager-options.ts';
import { writtenClass } from './written-classes.ts';

/** Whether a class hands on to the manager what it is built with: nothing here says what that is. */
function handsOn(node: ts.ClassLikeDeclaration): boolean {
  const parent = extendedBy(node);
  return (
    parent !== undefined && isManager(writtenClass(parent).name) && !node.members.some(ts.isConstructorDeclaration)
  );
}

/** Whether a node builds a manager with options that cannot be read in full. */
export function hasOpenOptions(node: ts.Node): boolean {
  if (ts.isClassLike(node)) return handsOn(node);
  if (!(ts.isNewExpression(node) || isBaseCall(node)) || !isManager(builtBy(node)?.name ?? null)) return false;
  const [file, given] = node.arguments ?? [];
  if ([file, given].some((one) => one !== undefined && ts.isSpreadElement(one))) return true;
  return given !== undefined && seenOptions(given).open;
}

/** Whether an object is what something else is built with. */
function isOfOther(literal: ts.ObjectLiteralExpression): boolean {
  const { parent } = wrapped(literal);
  const built = ts.isNewExpression(parent) || isBaseCall(parent) ? builtBy(parent) : null;
  return built !== null && !isManager(built.name) && !built.isElsewhere;
}

/** The name of a member of an object or a type that a node declares, or takes out of something else than a manager. */
function namedAt(node: ts.Node): string | null {
  if (isAccess(node)) return isOfManager(node) ? null : memberOf(node);
  if (ts.isPropertySignature(node)) return plainName(node.name);
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
    return nameText(node.propertyName ?? node.name);
  if (!ts.isObjectLiteralElementLike(node) || !ts.isObjectLiteralExpression(node.parent)) return null;
  return isRefused(node) && !isOfOther(node.parent) ? plainName(node.name) : null;
}

/** The option that a node names and that is refused: whatever has a member of that name may be handed to a manager. */
export function namedOption(node: ts.Node): readonly Use[] {
  const name = namedAt(node);
  return name !== null && options.has(name) ? [{ name, at: node }] : [];
}
