/** calls/options: reads the second argument of a broadcast: whom it asks and what it hands over. */
import { changing } from '../clients/effects.ts';
import { isNumber, mayBeNothing, writtenType } from '../doubts/numbers.ts';
import { mayBeNoNumber } from '../doubts/value-finite.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { isAccess } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isInert, isNameOnly, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenAt, writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { shortened } from '../wording/shortened.ts';

/** Whom a call asks when it does not ask everybody. */
export interface Aim {
  readonly kind: 'shard' | 'cluster' | 'guild';
  readonly node: ts.Expression;
  /** How the call writes it, where that is not the text of `node`. */
  readonly text?: string;
  /** What is to be said where nothing proves that it is an id. */
  readonly note: Finding | null;
}

/** The parts of a call's options, as nodes. */
export interface CallOptions {
  readonly context: ts.Expression | null;
  /** How the call writes its context, where that is not the text of `context`. */
  readonly contextText: string | null;
  readonly aim: Aim | null;
  /** hybrid-sharding's time limit, in milliseconds. */
  readonly timeout: ts.Expression | null;
}

/** No options at all. */
export const noOptions: CallOptions = { context: null, contextText: null, aim: null, timeout: null };

/** Whether an expression is `undefined`, by that name. */
export const isUndefined = (node: ts.Expression): boolean => ts.isIdentifier(node) && node.text === 'undefined';

/** An id that is no id: to discord.js and to discord-hybrid-sharding `null` is the same as `undefined`. */
const meansEverybody = (node: ts.Expression): boolean =>
  isUndefined(node) || unwrap(node).kind === ts.SyntaxKind.NullKeyword;

function propertyValue(property: ts.ObjectLiteralElementLike): ts.Expression | null {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : null;
}

const aims: Readonly<Record<string, Aim['kind']>> = { shard: 'shard', cluster: 'cluster', guildId: 'guild' };

const maybeEverybody = (node: ts.Expression): Finding =>
  finding('DC-R3', { what: `${node.getText().slice(0, 40)} may be undefined, which means everybody` });

const idOf = { shard: 'the id of a shard', cluster: 'the id of a cluster', guild: 'the id of a guild' } as const;

/** Whether a value is sure to be an id, where no type says so. */
function isId(file: ParsedFile, node: ts.Expression, kind: Aim['kind']): boolean {
  // A cluster knows which one it is.
  if (kind === 'cluster' && /\.cluster\.id$/.test(node.getText())) return true;
  if (kind !== 'guild') return isNumber(file, node);
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return /^(string|Snowflake)$/.test(writtenType(file, at) ?? '');
  return ts.isStringLiteralLike(at) || /^(?!.*\?\.).*\bguild\.id$/s.test(at.getText());
}

/** Whether a value is a list that is written there, or the constant of one. */
function isListWritten(file: ParsedFile, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (!ts.isIdentifier(at)) return ts.isArrayLiteralExpression(at);
  const declared = symbolOf(file.checker, at)?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return false;
  const isConst = (declared.parent.flags & ts.NodeFlags.Const) !== 0;
  return isConst && ts.isArrayLiteralExpression(unwrap(declared.initializer));
}

/** An id that may be missing means everybody; one that nothing proves gets a note, since it is refused from now on. */
function aimOf(file: ParsedFile, kind: Aim['kind'], node: ts.Expression): Aim | Finding {
  const what = node.getText().slice(0, 40);
  if (isListWritten(file, node)) return finding('DC-R9', { what });
  const noted: Aim = { kind, node, note: finding('DC-R8', { what, id: idOf[kind] }) };
  // JSON made `null` of NaN, which is a number to types.
  const sure: Aim = kind !== 'guild' && mayBeNoNumber(file, node) ? noted : { kind, node, note: null };
  const type = file.typed ? file.checker.getTypeAtLocation(node) : null;
  if (type !== null && !(type.flags & ts.TypeFlags.Any)) {
    const flags = kind === 'guild' ? ts.TypeFlags.StringLike : ts.TypeFlags.NumberLike;
    const parts = type.isUnion() ? type.types : [type];
    return parts.every((part) => part.flags & flags) ? sure : maybeEverybody(node);
  }
  if (isId(file, node, kind)) return sure;
  return mayBeNothing(file, node) ? maybeEverybody(node) : noted;
}

/** What one property adds to the options; `null` for one that nobody knows. */
function withProperty(
  file: ParsedFile,
  read: CallOptions,
  { name, value, hybrid }: { readonly name: string; readonly value: ts.Expression; readonly hybrid: boolean },
): CallOptions | Finding | null {
  if (name === 'context') return { ...read, context: isUndefined(value) ? null : value };
  if (name === 'timeout' && hybrid) return { ...read, timeout: value };
  if (name !== 'shard' && !(hybrid && (name === 'cluster' || name === 'guildId'))) return null;
  // Which of two is asked is for the old library to say.
  if (read.aim !== null) return null;
  if (meansEverybody(value)) return read;
  const aim = aimOf(file, aims[name] ?? 'shard', value);
  return 'code' in aim ? aim : { ...read, aim };
}

function ofLiteral(file: ParsedFile, literal: ts.ObjectLiteralExpression, hybrid: boolean): CallOptions | Finding {
  let read = noOptions;
  const names = new Set<string>();
  for (const property of literal.properties) {
    const value = propertyValue(property);
    const name = property.name?.getText() ?? '';
    const next = value === null || names.has(name) ? null : withProperty(file, read, { name, value, hybrid });
    if (next === null) return finding('DC-R3', { what: property.getText().slice(0, 40) });
    if ('code' in next) return next;
    names.add(name);
    read = next;
  }
  return inOrder(file, literal, read);
}

/** What a node sets, counts, or calls a changing method of: `queue.shift()`. */
function changedBy(node: ts.Node): ts.Expression | null {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : null;
  if (callee === null) return writtenBy(node);
  if (!ts.isPropertyAccessExpression(callee) || !(changing.test(callee.name.text) || callee.name.text === 'next'))
    return null;
  // What is made right there is nobody else's.
  const holder = unwrap(callee.expression);
  return ts.isIdentifier(holder) || isAccess(holder) ? holder : null;
}

/** What a value changes that another one may read: more than variables of its own functions. */
function changedIn({ checker }: ParsedFile, value: ts.Expression): readonly ts.Expression[] {
  const isOwn = (target: ts.Expression): boolean => {
    const declared = ts.isIdentifier(target) ? symbolOf(checker, target)?.valueDeclaration : undefined;
    return declared !== undefined && value.pos <= declared.pos && declared.end <= value.end;
  };
  return descendants(value).flatMap((node) => {
    const target = changedBy(node);
    return target === null || isOwn(unwrap(target)) ? [] : [unwrap(target)];
  });
}

/** Whether a value may read what another one changes: it calls what may, or says it; what is written to may have other names. */
function mayRead(value: ts.Expression, changed: ts.Expression): boolean {
  if (!isInert(value)) return true;
  const isCalled = ts.isPropertyAccessExpression(wrapped(changed).parent) && writtenAt(changed).length === 0;
  return descendants(value).some((one) =>
    isCalled ? ts.isExpression(one) && one.getText() === changed.getText() : ts.isIdentifier(one) && !isNameOnly(one),
  );
}

/** The request says the id first and the context behind it, which is another order where values change what others read. */
function inOrder(file: ParsedFile, literal: ts.ObjectLiteralExpression, read: CallOptions): CallOptions | Finding {
  const values = [read.aim?.node, read.context, read.timeout].filter((one) => one !== null && one !== undefined);
  const isAsWritten = values.every((one, i) => (values[i - 1]?.pos ?? -1) < one.pos);
  const isRead = values.some((one) =>
    changedIn(file, one).some((changed) => values.some((other) => other !== one && mayRead(other, changed))),
  );
  return isAsWritten || !isRead ? read : finding('DC-R3', { what: literal.getText().slice(0, 40) });
}

/** Whether a mention of an object only reads a member, copies it, or hands it to a broadcast, so that it stays as it is. */
function leavesAsItIs(mention: ts.Identifier): boolean {
  const at = wrapped(mention);
  const { parent } = at;
  if (ts.isSpreadAssignment(parent)) return true;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === at && ts.isObjectBindingPattern(parent.name);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === at) {
    const called = ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
    return !called && writtenAt(parent).length === 0;
  }
  const callee = ts.isCallExpression(parent) && parent.expression !== at ? parent.expression : null;
  return callee !== null && ts.isPropertyAccessExpression(callee) && callee.name.text === 'broadcastEval';
}

/** An object in a variable of this file that nothing changes, so that what it was made with is what it holds. */
export function constLiteral(file: ParsedFile, node: ts.Identifier): ts.ObjectLiteralExpression | null {
  const symbol = symbolOf(file.checker, node);
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
    return null;
  const literal = unwrap(declaration.initializer);
  const exported = /^export\b/.test(declaration.parent.parent.getText());
  if (!ts.isObjectLiteralExpression(literal) || exported) return null;
  const kept = descendants(file.tree).every((one) => {
    if (!ts.isIdentifier(one) || one.text !== node.text || one === declaration.name || isNameOnly(one)) return true;
    return symbolOf(file.checker, one) !== symbol || leavesAsItIs(one);
  });
  return kept ? literal : null;
}

/** An id as a member of the object that holds it; `null` where its type there says less than what it was made with. */
function aimByName({ typed, checker }: ParsedFile, name: ts.Identifier, aim: Aim): Aim | null {
  const key = { shard: 'shard', cluster: 'cluster', guild: 'guildId' }[aim.kind];
  const member = checker.getTypeAtLocation(name).getProperty(key);
  const type = !typed || member === undefined ? null : checker.getTypeOfSymbolAtLocation(member, name);
  const isOpen = type?.isUnion() === true && type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined);
  return isOpen ? null : { ...aim, text: `${name.text}.${key}` };
}

function ofVariable(file: ParsedFile, node: ts.Identifier, hybrid: boolean): CallOptions | Finding {
  const literal = constLiteral(file, node);
  if (literal === null) return finding('DC-R3', { what: node.text });
  const read = ofLiteral(file, literal, hybrid);
  if ('code' in read) return read;
  const aim = read.aim === null ? null : aimByName(file, node, read.aim);
  if (read.timeout !== null || (read.aim !== null && aim === null)) return finding('DC-R3', { what: node.text });
  return { ...read, aim, contextText: read.context === null ? null : `${node.text}.context` };
}

/** Reads the options of broadcastEval; anything it cannot read is a reason to leave the call. */
export function optionsOf(file: ParsedFile, node: ts.Expression | undefined, hybrid: boolean): CallOptions | Finding {
  if (node === undefined || isUndefined(node)) return noOptions;
  const at = unwrap(node);
  if (ts.isObjectLiteralExpression(at)) return ofLiteral(file, at, hybrid);
  if (ts.isIdentifier(at)) return ofVariable(file, at, hybrid);
  return finding('DC-R3', { what: node.getText().slice(0, 40) });
}

/** Reads a plain id as the second argument: `fetchClientValues(path, shard)`, and broadcastEval of discord.js 11 and 12. */
export function idArgument(
  file: ParsedFile,
  node: ts.Expression | undefined,
  kind: 'shard' | 'cluster',
): CallOptions | Finding {
  if (node === undefined || meansEverybody(node)) return noOptions;
  // What is spread may be nothing at all.
  const aim = ts.isSpreadElement(node) ? null : aimOf(file, kind, node);
  return aim === null || 'code' in aim
    ? finding('DC-R3', { what: node.getText().slice(0, 40) })
    : { ...noOptions, aim };
}

/** What of a call's arguments is still there afterwards; the comments between them stay as well. */
export const argumentsKept = (call: ts.CallExpression, options: CallOptions): readonly (ts.Node | null)[] => [
  call.arguments[0] ?? null,
  options.aim?.node ?? null,
  options.context,
  options.timeout,
];

/** What no broadcast reads of its arguments goes with them, so it may do nothing by itself. */
export function unreadArguments(call: ts.CallExpression): Finding | null {
  const loud = call.arguments.slice(2).find((one) => !isInert(one));
  return loud === undefined ? null : unread(loud);
}

/** What is said of arguments behind the options, which somebody meant something by. */
export function neverRead(file: ParsedFile, call: ts.CallExpression): readonly Finding[] {
  const meant = call.arguments.slice(2).filter((one) => !isUndefined(one) && !isNumber(file, one));
  return meant.length === 0
    ? []
    : [finding('DC-R12', { what: meant.map((one) => shortened(one.getText(), 40)).join(', ') })];
}

/** Something that runs today and that nothing reads. */
export const unread = (node: ts.Expression): Finding =>
  finding('DC-R3', { what: `${node.getText().slice(0, 40)}, which nothing reads` });

/** What is handed over: `null` where no function declares a second parameter, and the context does nothing by itself. */
export function contextFor(fns: readonly ts.SignatureDeclaration[], { context }: CallOptions): ts.Expression | null {
  const isUnread = fns.every((fn) => fn.parameters.length < 2 && fn.parameters[0]?.dotDotDotToken === undefined);
  // JSON asks for what is got by a function.
  const isCalm = (node: ts.Expression): boolean => isInert(node) && !descendants(node).some(ts.isAccessor);
  return context !== null && isUnread && isCalm(context) ? null : context;
}
