/** doubts/whole-types: whether the lists of a value surely hold nothing that is missing, by its type. */
import { knowsDiscord } from '../syntax/discord-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';

const { Any, Unknown, Undefined, Void, Object: ofObject } = ts.TypeFlags;
/** An object with more members is not looked through. */
const mostMembers = 20;

const mayBeMissing = (type: ts.Type): boolean =>
  (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & (Any | Unknown | Undefined | Void)) !== 0);

function isWholeType(file: ParsedFile, type: ts.Type, levels: number, depth: number): boolean {
  const { checker, tree } = file;
  if (levels <= 0) return true;
  if (type.isUnion()) return type.types.every((one) => isWholeType(file, one, levels, depth));
  if ((type.flags & (Any | Unknown)) !== 0) return false;
  if ((type.flags & ofObject) === 0) return true;
  if (checker.isArrayType(type) || checker.isTupleType(type))
    return checker
      .getTypeArguments(type as ts.TypeReference)
      .every((one) => !mayBeMissing(one) && isWholeType(file, one, levels - 1, depth));
  const members = checker.getPropertiesOfType(type);
  if (depth === 0 || members.length > mostMembers || checker.getIndexInfosOfType(type).length > 0) return false;
  return members.every((one) => isWholeType(file, checker.getTypeOfSymbolAtLocation(one, tree), levels, depth - 1));
}

/** Whether the type of an expression, or of what it promises, has no list that may hold `undefined`. */
export function typeIsWhole(file: ParsedFile, node: ts.Expression, levels: number): boolean {
  const { checker, compilation } = file;
  const { strict, strictNullChecks } = compilation.options;
  if (!file.typed || !(strictNullChecks ?? strict) || !knowsDiscord(file)) return false;
  const type = checker.getTypeAtLocation(node);
  return isWholeType(file, checker.getAwaitedType(type) ?? type, levels, 2);
}
