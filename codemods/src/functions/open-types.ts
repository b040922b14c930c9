/** functions/open-types: data whose type depends on who calls the code around the call; no handler can write that. */
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { ts } from '../typescript.js';

/** The parts of a type that its text shows: what it lists, what it is made of, its members. */
function partsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  if (type.isUnionOrIntersection()) return type.types;
  if (!(type.flags & ts.TypeFlags.Object)) return [];
  const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
  const given = isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
  // What has a name is written by it, with what it is given.
  if (type.symbol?.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) return given;
  return [...given, ...checker.getPropertiesOfType(type).map((one) => checker.getTypeOfSymbol(one))];
}

/** Whether a type is left to the caller. `this` is the class around it. */
const isOpen = (type: ts.Type): boolean =>
  (type as ts.Type & { readonly isThisType?: boolean }).isThisType !== true &&
  (type.flags & (ts.TypeFlags.TypeParameter | ts.TypeFlags.IndexedAccess | ts.TypeFlags.Index)) !== 0;

/** The type parameters in a type, a few levels deep. */
function openIn(checker: ts.TypeChecker, type: ts.Type, depth = 4): readonly ts.Type[] {
  if (isOpen(type)) return [type];
  return depth === 0 ? [] : partsOf(checker, type).flatMap((part) => openIn(checker, part, depth - 1));
}

/** Why data cannot be handed over: its type is to be written beside the function, and holds a type parameter. */
export function openData({ file, fn }: FunctionSite, context: ts.Expression | null): Finding | null {
  const second = fn.parameters[1];
  if (!file.typed || context === null || second === undefined || second.type !== undefined) return null;
  const open = openIn(file.checker, file.checker.getTypeAtLocation(context));
  const names = [...new Set(open.map((type) => file.checker.typeToString(type)))].join(', ');
  return names === '' ? null : finding('DC-G1', { names });
}
