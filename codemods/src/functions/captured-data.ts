/** functions/captured-data: what of a captured variable a call can hand over as data, proved by every use of it. */
import { changedItself, refusedItself } from '../syntax/json-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { dottedNames, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { type Use, useOf } from './captured-use.ts';

/** What is handed over: the variable, or a value it leads to. */
export interface DataPart {
  /** What the data is called; for the variable itself, its own name. */
  readonly hint: string;
  /** The expression that gives it, the first of its uses. */
  readonly node: ts.Expression;
  /** The places that read it. */
  readonly uses: readonly ts.Expression[];
}

/** What bots call the objects of discord.js and of their libraries: a copy of one is of no use. */
const liveName =
  /^(messages?|msg|interaction|inter|channel|guild|member|user|author|role|emoji|webhook|client|bot|ctx|db|database|pool|redis|prisma|mongoose|mongo|sequelize|knex|connection|conn|logger|log|console|queue|player|collector|socket|server|app|manager|shard|cluster)$/i;

/** Calls that give such objects. */
const liveCall =
  /\.(fetch\w*|cache\b.*|get(User|Member|Channel|Role|Mentionable|Attachment|Message)|awaitMessage\w*|create\w*|connect|send|reply|followUp|deferReply)\s*\(/s;

/** Whether an expression is written out data: a literal, made of literals. */
function isLiteral(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isLiteralExpression(at) || ts.isTemplateExpression(at)) return !ts.isRegularExpressionLiteral(at);
  if (at.kind === ts.SyntaxKind.TrueKeyword || at.kind === ts.SyntaxKind.FalseKeyword) return true;
  if (at.kind === ts.SyntaxKind.NullKeyword) return true;
  if (ts.isPrefixUnaryExpression(at)) return isLiteral(at.operand);
  if (ts.isArrayLiteralExpression(at)) return at.elements.every(isLiteral);
  if (!ts.isObjectLiteralExpression(at)) return false;
  return at.properties.every((one) => ts.isPropertyAssignment(one) && isLiteral(one.initializer));
}

function declarationOf(file: ParsedFile, node: ts.Identifier): ts.Declaration | undefined {
  return symbolOf(file.checker, node)?.valueDeclaration;
}

function initializerOf(declaration: ts.Declaration): ts.Expression | undefined {
  const variable = ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined;
  return variable ? unwrap(declaration.initializer) : undefined;
}

/** Whether a type is data through and through: no methods, nothing that a copy loses. */
function isDataType(file: ParsedFile, type: ts.Type, depth = 3): boolean {
  const { checker } = file;
  if (type.flags & ts.TypeFlags.Any) return false;
  if (type.isUnionOrIntersection()) return type.types.every((part) => isDataType(file, part, depth));
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.TypeParameter))) return true;
  if (depth === 0) return true;
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (element !== undefined && (checker.isArrayType(type) || checker.isTupleType(type))) {
    return isDataType(file, element, depth - 1);
  }
  if (refusedItself(type) !== null) return false;
  if (changedItself(type) !== null) return true;
  return checker.getPropertiesOfType(type).every((one) => {
    const of = checker.getTypeOfSymbol(one);
    return of.getCallSignatures().length === 0 && isDataType(file, of, depth - 1);
  });
}

/** What is known of a value: data, an object that a copy of is of no use, the name of one, or nothing. */
function valueKind(file: ParsedFile, node: ts.Expression): 'data' | 'live' | 'named' | 'unknown' {
  if (file.typed) {
    const type = file.checker.getTypeAtLocation(node);
    if (!(type.flags & ts.TypeFlags.Any)) return isDataType(file, type) ? 'data' : 'live';
  }
  const name = dottedNames(node)?.at(-1) ?? '';
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(file, node);
    if (declaration === undefined || ts.isFunctionLike(declaration) || ts.isClassLike(declaration)) return 'live';
    const value = initializerOf(declaration);
    if (value !== undefined && isLiteral(value)) return 'data';
    if (value !== undefined && isLive(value)) return 'live';
  }
  return liveName.test(name) ? 'named' : 'unknown';
}

/** Whether a variable is made of something that is no data: a function, an instance, what a library gives. */
function isLive(value: ts.Expression): boolean {
  const at = ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
  if (ts.isFunctionLike(at) || ts.isClassLike(at) || ts.isNewExpression(at)) return true;
  return ts.isCallExpression(at) && liveCall.test(`${at.expression.getText()}(`);
}

/** Whether the value of a variable is a text or a list, so that their methods are called on it. */
function isTextOrList(file: ParsedFile, node: ts.Identifier): boolean {
  if (file.typed) {
    const type = file.checker.getTypeAtLocation(node);
    const parts = type.isUnion() ? type.types : [type];
    return parts.every(
      (part) => part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike) || file.checker.isArrayType(part),
    );
  }
  const declaration = declarationOf(file, node);
  const value = declaration === undefined ? undefined : initializerOf(declaration);
  return (
    value !== undefined &&
    (isLiteral(value) || ts.isArrayLiteralExpression(value)) &&
    !ts.isObjectLiteralExpression(value)
  );
}

/** What a path is called as data: `interaction.channelId` -> channelId, `user.id` -> userId. */
function hintFor(root: string, names: readonly string[]): string {
  const [last = root, before = root] = [names.at(-1), names.at(-2)];
  return /^(id|name|tag|size|length|type|value)$/.test(last)
    ? `${before}${last[0]?.toUpperCase()}${last.slice(1)}`
    : last;
}

const textOperators = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.PlusToken,
]);

/** Whether a value is read as an id or a text: looked up, compared, or put into one. */
function isReadAsText(node: ts.Expression): boolean {
  const { parent } = wrapped(node);
  if (ts.isTemplateSpan(parent)) return true;
  if (ts.isBinaryExpression(parent)) return textOperators.has(parent.operatorToken.kind);
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== node) return false;
  return /\.(get|has|fetch|resolve)$/.test(parent.expression.getText());
}

/** Whether a copy of a value can stand in for it. What only has the name of an object may be its id. */
function canStand(kind: ReturnType<typeof valueKind>, uses: readonly ts.Expression[]): boolean {
  return kind === 'named' ? uses.every(isReadAsText) : kind !== 'live';
}

/** The values that `x.a` and `x.b.c` read, one part for each. */
function partsOf(file: ParsedFile, root: string, uses: readonly Use[]): readonly DataPart[] | null {
  const byPath = new Map<string, Use[]>();
  for (const use of uses) {
    const path = use.names.join('.');
    byPath.set(path, [...(byPath.get(path) ?? []), use]);
  }
  const paths = [...byPath.keys()];
  // A value and a part of it: what is read of the first is not known.
  if (paths.some((path) => path === '' || paths.some((other) => other.startsWith(`${path}.`)))) return null;
  const parts = [...byPath.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [{ hint: hintFor(root, first.names), node: first.read, uses: same.map(({ read }) => read) }];
  });
  return parts.every(({ node, uses: reads }) => canStand(valueKind(file, node), reads)) ? parts : null;
}

/**
 * What to hand over for a captured variable; `null` where data cannot stand in for it: something writes to it, calls it or
 * one of its methods, or it is an object that a copy of is of no use.
 */
export function dataParts(file: ParsedFile, name: string, uses: readonly ts.Identifier[]): readonly DataPart[] | null {
  const [first] = uses;
  if (first === undefined) return null;
  const isList = isTextOrList(file, first);
  const read = uses.map((use) => useOf(use, isList));
  const found = read.filter((use) => use !== null);
  if (found.length !== read.length) return null;
  const kind = valueKind(file, first);
  const whole = [{ hint: name, node: first, uses }];
  if (kind === 'data') return whole;
  // Of an object the values that are read are enough, and a copy of it all may not be possible.
  const parts = partsOf(file, name, found);
  if (parts !== null) return parts;
  return found.some(({ names }) => names.length === 0) && canStand(kind, uses) ? whole : null;
}
