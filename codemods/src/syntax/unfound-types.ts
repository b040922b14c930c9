/** syntax/unfound-types: types that the checker could not find, which it writes as `any`. */
import { ts } from '../typescript.js';

const deepest = 3;

/** Whether a type is what the checker has for a type with an error: an import that is not there, a name nobody declares. */
const isUnfound = (type: ts.Type): boolean =>
  (type.flags & ts.TypeFlags.Any) !== 0 && 'intrinsicName' in type && type.intrinsicName === 'error';

/** What is read by a key that its enum or object does not list, where TypeScript lets that be `any`: nothing is missing there. */
function isAnyByKey(checker: ts.TypeChecker, { valueDeclaration: declared }: ts.Symbol): boolean {
  if (declared === undefined || !ts.isPropertyAssignment(declared)) return false;
  const value = declared.initializer;
  if (!ts.isElementAccessExpression(value)) return false;
  return [value.expression, value.argumentExpression].every((one) => !isUnfound(checker.getTypeAtLocation(one)));
}

/** What a type is made of, as far as its text says it. */
function partsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  if (type.isUnionOrIntersection()) return type.types;
  if (type.aliasTypeArguments !== undefined) return type.aliasTypeArguments;
  const object = type as ts.ObjectType;
  if ((type.flags & ts.TypeFlags.Object) === 0) return [];
  if (object.objectFlags & ts.ObjectFlags.Reference) return checker.getTypeArguments(type as ts.TypeReference);
  const isWritten = object.objectFlags & ts.ObjectFlags.Anonymous;
  const members = isWritten ? checker.getPropertiesOfType(type).filter((one) => !isAnyByKey(checker, one)) : [];
  return members.map((one) => checker.getTypeOfSymbol(one));
}

/** Whether something in a type could not be found. */
export function holdsUnfound(checker: ts.TypeChecker, type: ts.Type, depth = deepest): boolean {
  if (isUnfound(type)) return true;
  return depth > 0 && partsOf(checker, type).some((part) => holdsUnfound(checker, part, depth - 1));
}
