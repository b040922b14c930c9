/** analyze/value-parts: what a value is made of, as far as it is written in its file: by names, lists, objects and calls. */
import { ts } from '../typescript.js';
import { declarationOf } from './free-names.ts';
import { isPromise } from './promise-makers.ts';
import { putInto } from './puts.ts';
import { returnedBy } from './returned.ts';
import { descendants, unwrap } from './syntax.ts';

/** Something that a value is, or holds; `promise` where nothing waits for it. */
export interface Part {
  readonly node: ts.Node;
  readonly is: 'value' | 'promise';
}

type Parts = Generator<Part, void>;

type Body = ts.SignatureDeclaration & { readonly body: ts.ConciseBody };

interface Way {
  /** What is there is waited for, */
  readonly waited: boolean;
  /** and so is what it holds, down to this depth. */
  readonly each: number;
  /** Only what it holds goes on: `[...list]`. */
  readonly opened: boolean;
  readonly seen: Map<ts.Node, Set<string>>;
}

const member = (way: Way): Way => ({ ...way, waited: false, each: 0, opened: false });
const entry = (way: Way): Way => ({ ...member(way), waited: way.each > 0, each: Math.max(0, way.each - 1) });
/** The same of lists that become one. */
const flattened = (way: Way): Way => ({ ...way, each: way.each === 0 ? 0 : way.each + 1 });
const opened = (way: Way): Way => ({ ...way, waited: true, opened: true });
const waitedFor = (way: Way): Way => ({ ...way, waited: true });

/** Whether a node was followed in this way before. */
function isSeen({ seen, waited, each, opened: open }: Way, node: ts.Node): boolean {
  const key = `${waited}${each}${open}`;
  const keys = seen.get(node) ?? new Set();
  seen.set(node, keys);
  return keys.size === keys.add(key).size;
}

const isAsync = (fn: ts.SignatureDeclaration): boolean =>
  (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) !== 0;

const hasBody = (node: ts.Node): node is Body =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && !isGenerator(node);

const isGenerator = (node: ts.Node): boolean => 'asteriskToken' in node && node.asteriskToken !== undefined;

/** The declaration of a name in its file. */
const declared = (name: ts.Identifier): ts.Node | null => declarationOf(name, name.getSourceFile());

/** The function that an expression is, or names. */
function functionOf(node: ts.Expression | undefined): Body | null {
  const at = node === undefined ? undefined : unwrap(node);
  if (at === undefined || !ts.isIdentifier(at)) return at !== undefined && hasBody(at) ? at : null;
  const found = declared(at);
  if (found === null || !ts.isVariableDeclaration(found)) return found !== null && hasBody(found) ? found : null;
  const value = found.initializer === undefined ? null : unwrap(found.initializer);
  return value !== null && hasBody(value) ? value : null;
}

/** What a function gives. */
function* ofResult(way: Way, fn: Body | null): Parts {
  if (fn === null || isSeen(way, fn)) return;
  if (isAsync(fn) && !way.waited) {
    yield { node: fn, is: 'promise' };
    return;
  }
  for (const value of returnedBy(fn)) yield* ofValue(isAsync(fn) ? waitedFor(way) : way, value);
}

function* ofAll(way: Way, nodes: readonly ts.Expression[]): Parts {
  for (const node of nodes) yield* ofValue(way, node);
}

const combining = /^Promise\.(all|allSettled|any|race)$/;
const copying = /^(Object\.(fromEntries|values|entries|assign)|structuredClone|Array\.of)$/;
const mapping = /^(map|flatMap|mapValues)$/;
/** Methods whose result holds what their list holds. */
const keeping =
  /^(filter|slice|sort|reverse|concat|flat|toSorted|toReversed|clone|each|tap|values|array|toJSON|entries)$/;

function* ofMethod(way: Way, call: ts.CallExpression, callee: ts.PropertyAccessExpression): Parts {
  const { text } = callee.name;
  const [first, start] = call.arguments;
  if (mapping.test(text)) yield* ofResult(entry(text === 'flatMap' ? flattened(way) : way), functionOf(first));
  else if (keeping.test(text))
    yield* ofAll(opened(text === 'flat' ? flattened(way) : way), [
      callee.expression,
      ...(text === 'concat' ? call.arguments : []),
    ]);
  else if (/^(then|catch|finally)$/.test(text)) {
    if (text !== 'then') yield* ofValue(waitedFor(way), callee.expression);
    if (text !== 'finally') yield* ofResult(waitedFor(way), functionOf(first));
  } else if (/^reduce(Right)?$/.test(text)) {
    yield* ofResult(way, functionOf(first));
    if (start !== undefined) yield* ofValue(way, start);
  }
}

function* ofCall(way: Way, call: ts.CallExpression): Parts {
  const callee = unwrap(call.expression);
  const text = callee.getText();
  const [, second] = call.arguments;
  if (combining.test(text)) yield* ofAll({ ...opened(way), each: 1 }, call.arguments);
  else if (text === 'Promise.resolve') yield* ofAll(waitedFor(way), call.arguments);
  else if (copying.test(text)) yield* ofAll(opened(way), call.arguments);
  else if (text === 'Array.from')
    yield* second === undefined ? ofAll(opened(way), call.arguments) : ofResult(entry(way), functionOf(second));
  else if (ts.isPropertyAccessExpression(callee)) yield* ofMethod(way, call, callee);
  else yield* ofResult(way, functionOf(callee));
}

/** What an instance of a class holds. */
function* ofInstance(way: Way, of: ts.ClassLikeDeclaration): Parts {
  const asked = of.members.find((one) => ts.isMethodDeclaration(one) && one.name.getText() === 'toJSON');
  if (asked !== undefined) {
    if (hasBody(asked)) yield* ofResult(way, asked);
    return;
  }
  for (const one of of.members) {
    const isStatic = ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Static;
    if (ts.isPropertyDeclaration(one) && one.initializer !== undefined && !isStatic)
      yield* ofValue(member(way), one.initializer);
    if (!ts.isConstructorDeclaration(one) || one.body === undefined) continue;
    for (const set of descendants(one.body)) {
      if (ts.isBinaryExpression(set) && /^this\.\w+$/.test(set.left.getText())) yield* ofValue(member(way), set.right);
    }
  }
}

function* ofNew(way: Way, made: ts.NewExpression): Parts {
  if (/^(Map|Set|Array|Collection)$/.test(made.expression.getText())) {
    yield* ofAll(opened(member(way)), made.arguments ?? []);
    return;
  }
  const of = ts.isIdentifier(made.expression) ? declared(made.expression) : null;
  if (of !== null && ts.isClassLike(of) && !isSeen(way, of)) yield* ofInstance(way, of);
}

function* ofMember(way: Way, one: ts.ObjectLiteralElementLike): Parts {
  if (ts.isPropertyAssignment(one)) yield* ofValue(entry(way), one.initializer);
  else if (ts.isShorthandPropertyAssignment(one)) yield* ofValue(entry(way), one.name);
  else if (ts.isSpreadAssignment(one)) yield* ofValue(opened(way), one.expression);
  else if (ts.isGetAccessor(one)) yield* hasBody(one) ? ofResult(entry(way), one) : [];
  else if (ts.isMethodDeclaration(one)) yield { node: one, is: 'value' };
}

/** What a name stands for: what it was set to, and what is put into it. */
function* ofName(way: Way, name: ts.Identifier): Parts {
  const found = declared(name);
  if (found === null || isSeen(way, found)) return;
  if (ts.isFunctionDeclaration(found) || ts.isClassDeclaration(found)) {
    if (!way.opened) yield { node: found, is: 'value' };
    return;
  }
  const whole = ts.isVariableDeclaration(found) && ts.isIdentifier(found.name) ? found.initializer : undefined;
  if (whole !== undefined) yield* ofValue(way, whole);
  if (ts.isBindingElement(found)) return;
  for (const { value, as } of putInto(name, found)) {
    yield* ofValue(as === 'whole' ? way : as === 'part' ? entry(way) : opened(way), value);
  }
}

/** What an operator gives of its sides; an assignment gives what it assigns. */
function ofOperator({ operatorToken: { kind }, left, right }: ts.BinaryExpression): readonly ts.Expression[] {
  const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken, CommaToken, EqualsToken } = ts.SyntaxKind;
  if (kind === BarBarToken || kind === QuestionQuestionToken) return [left, right];
  return kind === AmpersandAmpersandToken || kind === CommaToken || kind === EqualsToken ? [right] : [];
}

function* ofValue(way: Way, node: ts.Expression): Parts {
  const at = unwrap(node);
  if (!way.waited && isPromise(at)) {
    yield { node: at, is: 'promise' };
    return;
  }
  if (!way.opened) yield { node: at, is: 'value' };
  if (ts.isIdentifier(at)) yield* ofName(way, at);
  else if (ts.isCallExpression(at)) yield* ofCall(way, at);
  else if (ts.isNewExpression(at)) yield* ofNew(way, at);
  else if (ts.isAwaitExpression(at)) yield* ofValue(waitedFor(way), at.expression);
  else if (ts.isConditionalExpression(at)) yield* ofAll(way, [at.whenTrue, at.whenFalse]);
  else if (ts.isBinaryExpression(at)) yield* ofAll(way, ofOperator(at));
  else if (ts.isArrayLiteralExpression(at)) {
    for (const one of at.elements)
      yield* ts.isSpreadElement(one) ? ofValue(opened(way), one.expression) : ofValue(entry(way), one);
  } else if (ts.isObjectLiteralExpression(at)) {
    if (at.properties.some((one) => one.name?.getText() === 'toJSON')) return;
    for (const one of at.properties) yield* ofMember(way, one);
  }
}

const begin = (waited: boolean): Way => ({ waited, each: 0, opened: false, seen: new Map() });

/** What a value is and holds. */
export const partsOf = (node: ts.Expression): Parts => ofValue(begin(false), node);

/** What a function gives, once that has been waited for. */
export const partsOfResult = (fn: Body): Parts => ofResult(begin(true), fn);
