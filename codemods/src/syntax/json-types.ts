/** syntax/json-types: what a type says of values that JSON changes, or that arrive as their JSON. */
import { ts } from '../typescript.js';

const notJson = new Set([
  ...['Date', 'Map', 'Set', 'ReadonlyMap', 'ReadonlySet', 'RegExp', 'Error', 'Buffer', 'ArrayBuffer', 'DataView'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
]);

/** Types that hold themselves in ever new forms end somewhere; a written type rarely holds so many. */
const most = 1_000;

/** What to say of one type; `null` where there is nothing to say of it and of what it holds. */
type Look = (type: ts.Type) => string | 'deeper' | null;

/** `a Date`, `an Error`. */
export const withArticle = (name: string): string => `${/^[AEI]/.test(name) ? 'an' : 'a'} ${name}`;

const isClass = ({ symbol }: ts.Type): boolean => symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0;

/** The class that another one extends. */
const baseOf = ({ heritageClauses }: ts.ClassLikeDeclaration): ts.Expression | undefined =>
  heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;

/** Whether an instance of a class has a property itself; a method and a getter stay with the class, a `#name` inside. */
function isField({ flags, valueDeclaration }: ts.Symbol): boolean {
  const name = valueDeclaration === undefined ? undefined : ts.getNameOfDeclaration(valueDeclaration);
  const isPrivate = name !== undefined && ts.isPrivateIdentifier(name);
  return !(flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)) && !isPrivate;
}

/** What a `toJSON` gives, which arrives in place of what has it; `null` where there is none. */
function givenToJson(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] | null {
  const asked = type.getProperty('toJSON');
  if (asked === undefined) return null;
  const signatures = checker.getTypeOfSymbol(asked).getCallSignatures();
  return signatures.map((one) => checker.getReturnTypeOfSignature(one));
}

/** Whether a type is a map or a set, of whose entries its arguments tell. */
const isContainer = ({ symbol }: ts.Type): boolean => /^(Readonly)?(Map|Set)$/.test(symbol?.name ?? '');

function heldBy(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  if (type.isUnionOrIntersection()) return type.types;
  const json = givenToJson(checker, type);
  if (json !== null) return json;
  if (isContainer(type)) return checker.getTypeArguments(type as ts.TypeReference);
  const entry = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (entry !== undefined) return [entry];
  const named = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const all = checker.getPropertiesOfType(type);
  const fields = all.length > 40 ? [] : isClass(type) ? all.filter(isField) : all;
  return [...(named === undefined ? [] : [named]), ...fields.map((one) => checker.getTypeOfSymbol(one))];
}

/** What is said of the first part of a type that there is something to say of, the nearest first. */
function firstPart(checker: ts.TypeChecker, whole: ts.Type, look: Look): string | null {
  const parts = new Set([whole]);
  // What is added on the way is looked at as well.
  for (const part of parts) {
    const said = part.isUnionOrIntersection() ? 'deeper' : look(part);
    if (said !== 'deeper' && said !== null) return said;
    for (const held of said === null || parts.size > most ? [] : heldBy(checker, part)) parts.add(held);
  }
  return null;
}

/** The names of a class or an interface and of those it extends; a Collection, which has a toJSON, is no Map for JSON. */
function namesOf(type: ts.Type): readonly string[] {
  const name = type.symbol?.name ?? '';
  if (name === 'Collection') return [];
  const { target = type } = type as Partial<ts.TypeReference>;
  return [name, ...(target.getBaseTypes() ?? []).flatMap(namesOf)];
}

const isThenable = (type: ts.Type): boolean => type.getProperty('then') !== undefined;

/** What JSON hides and shardlift refuses, a type itself and not what it holds. */
export function refusedItself(type: ts.Type): string | null {
  if (type.flags & ts.TypeFlags.ESSymbolLike) return 'a symbol';
  if (isObject(type) && isThenable(type)) return 'a promise';
  // Its listeners are fields that no type tells of.
  if (type.getProperty('toJSON') === undefined && namesOf(type).includes('EventEmitter')) return 'an event emitter';
  // Anything else with a toJSON, such as a Guild, still arrives as its JSON.
  return type.getCallSignatures().length > 0 && type.getProperty('toJSON') === undefined ? 'a function' : null;
}

/** What JSON makes something else of, a type itself and not what it holds. */
export function changedItself(type: ts.Type): string | null {
  if (type.flags & ts.TypeFlags.BigIntLike) return 'a bigint';
  const name = namesOf(type).find((one) => notJson.has(one));
  return name === undefined ? refusedItself(type) : withArticle(name);
}

const isObject = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Object) !== 0;

/** Names the first part of a type that JSON makes something else of (Date, Map, bigint ...), or `null`. */
export function changedByJson(checker: ts.TypeChecker, type: ts.Type): string | null {
  return firstPart(checker, type, (part) => {
    if (refusedItself(part) !== null) return null;
    return changedItself(part) ?? (isObject(part) ? 'deeper' : null);
  });
}

/** What a class is built on of which nothing is known, be it by way of others; `null` where all is known, or JSON is made of it. */
function unknownBase(checker: ts.TypeChecker, type: ts.Type): string | null {
  if (!isClass(type) || type.getProperty('toJSON') !== undefined) return null;
  const bases = (type.symbol.declarations ?? []).flatMap((one) => (ts.isClassLike(one) ? (baseOf(one) ?? []) : []));
  const unknown = bases.find((one) => (checker.getTypeAtLocation(one).flags & ts.TypeFlags.Any) !== 0);
  if (unknown !== undefined) return unknown.getText();
  const { target = type } = type as Partial<ts.TypeReference>;
  return (target.getBaseTypes() ?? []).map((one) => unknownBase(checker, one)).find((one) => one !== null) ?? null;
}

/**
 * Names the first part of a type that a handler is refused with (a function, a symbol, a promise, an event emitter), beside
 * whatever JSON changes; so may be what a class has of one that nothing is known of. `null` where there is none.
 */
export function refusedInType(checker: ts.TypeChecker, type: ts.Type): string | null {
  return firstPart(checker, type, (part) => {
    const refused = refusedItself(part);
    const base = refused === null ? unknownBase(checker, part) : null;
    if (base !== null) return `a function (of ${base}, whose types are not found)`;
    return refused ?? (isObject(part) && (changedItself(part) === null || isContainer(part)) ? 'deeper' : null);
  });
}

/** Names the first promise among what a value of a type holds, or `null`. */
export function heldPromise(checker: ts.TypeChecker, type: ts.Type): string | null {
  return firstPart(checker, type, (part) => {
    if (!isObject(part) || changedItself(part) === 'a function') return null;
    return isThenable(part) ? checker.typeToString(part) : 'deeper';
  });
}

/** Names the first part of a type of which only the JSON arrives, such as a Message: its methods stay behind. */
export function arrivesAsJson(checker: ts.TypeChecker, type: ts.Type): string | null {
  return firstPart(checker, type, (part) => {
    if (!isObject(part) || changedItself(part) !== null) return null;
    return part.getProperty('toJSON') === undefined ? 'deeper' : (part.symbol?.name ?? 'an object with a toJSON');
  });
}
