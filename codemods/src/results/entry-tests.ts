/** results/entry-tests: whether the code behind a broadcast tells `undefined` from the `null` that JSON made of it. */
import { atLeast, isShown, meansNothing, nothingsIn, type TellsNothing, worst } from '../doubts/nothing-told.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, isSetting, wrapped } from '../syntax/syntax.ts';
import { usesOf, usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { type CalledFunction, calledFunction } from '../values/called-function.ts';
import { isGuarded } from './guarded-entries.ts';

const testing = new Set(['find', 'filter', 'some', 'every', 'findIndex', 'findLast', 'findLastIndex']);
const walking = new Set([...testing, 'map', 'flatMap', 'forEach']);

const loose = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken]);
const strict = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);

const {
  PlusToken,
  MinusToken,
  AsteriskToken,
  SlashToken,
  PercentToken,
  LessThanToken,
  LessThanEqualsToken,
  GreaterThanToken,
  GreaterThanEqualsToken,
  PlusEqualsToken,
  MinusEqualsToken,
  AsteriskEqualsToken,
} = ts.SyntaxKind;
/** What gives something else for `undefined` than for `null`, which counts as 0. */
const counting: ReadonlySet<ts.SyntaxKind> = new Set([
  ...[PlusToken, MinusToken, AsteriskToken, SlashToken, PercentToken],
  ...[LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken],
  ...[PlusEqualsToken, MinusEqualsToken, AsteriskEqualsToken],
]);

function ofBinary(file: ParsedFile, node: ts.BinaryExpression, side: ts.Expression): TellsNothing {
  const { kind } = node.operatorToken;
  if (loose.has(kind)) return 'no';
  if (strict.has(kind)) return meansNothing(file, node.left === side ? node.right : node.left) ? 'strict' : 'no';
  if (isSetting(node) && node.right === side) return ofTarget(file, node);
  const other = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
  if (other && node.left === side) return 'no';
  const passes = other || kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (passes) return ofEntry(file, node);
  const isText = [node.left, node.right].some((one) => ts.isStringLiteralLike(one) || ts.isTemplateExpression(one));
  if (isText && kind === PlusToken) return 'text';
  return !isText && counting.has(kind) && (node.right === side || !assigns(node)) ? 'counts' : 'perhaps';
}

/** What is done with what an entry is set to, and with the entry there. */
function ofTarget(file: ParsedFile, set: ts.BinaryExpression): TellsNothing {
  const { left } = set;
  const named = ts.isIdentifier(left) ? ofName(file, left, file.tree) : 'perhaps';
  return atLeast(worst([named, ofEntry(file, set)]));
}

/** Whether a switch compares with nothing. */
const ofSwitch = (file: ParsedFile, { caseBlock: { clauses } }: ts.SwitchStatement): TellsNothing =>
  clauses.some((one) => ts.isCaseClause(one) && meansNothing(file, one.expression)) ? 'strict' : 'no';

/** What a function does with one of its arguments, as far as its file says. */
function ofParameter({ file, fn }: CalledFunction, index: number, told: typeof ofName): TellsNothing {
  const parameter = fn.parameters[index];
  if (parameter === undefined) return 'no';
  // A default stands for `undefined` and not for `null`.
  if (parameter.initializer !== undefined && told === ofName) return 'strict';
  if (ts.isArrayBindingPattern(parameter.name) && told === ofListName) return ofPattern(file, parameter.name);
  return ts.isIdentifier(parameter.name) ? told(file, parameter.name, fn) : 'no';
}

/** What a call makes of an entry that it is given. */
function ofArgument(file: ParsedFile, call: ts.CallExpression, at: ts.Expression): TellsNothing {
  const { expression: callee, arguments: given } = call;
  // "undefined" is another text than "null".
  if (/^(String|JSON\.stringify)$/.test(callee.getText())) return given[0] === at ? 'text' : 'perhaps';
  if (callee.getText() === 'Object.is')
    return given.some((one) => one !== at && meansNothing(file, one)) ? 'strict' : 'perhaps';
  if (ts.isPropertyAccessExpression(callee)) {
    const { name, expression: of } = callee;
    const held = nothingsIn(file, of).size;
    if (/^(includes|has)$/.test(name.text) && held === 2) return 'no';
    if (/^(includes|indexOf|lastIndexOf|has|get)$/.test(name.text) && held > 0) return 'strict';
    if (/^(push|unshift|add|set)$/.test(name.text) && ts.isIdentifier(of)) return ofFilled(file, of);
  }
  const called = calledFunction(file, callee);
  return called === null ? 'perhaps' : atLeast(ofParameter(called, given.indexOf(at), ofName));
}

/** What is done with a list that an entry is put into. */
const ofFilled = (file: ParsedFile, list: ts.Identifier): TellsNothing =>
  atLeast(once(knownLists, list, () => worst(usesOf(file, list).map((use) => ofUse(file, use)))));

/** Whether what a callback gives is only tested, as `find` does. */
function isTested(fn: ts.Node): boolean {
  const call = fn.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== fn) return false;
  return ts.isPropertyAccessExpression(call.expression) && testing.has(call.expression.name.text);
}

function ofReturn(node: ts.Node): TellsNothing {
  let fn = node;
  while (!ts.isFunctionLike(fn) && !ts.isSourceFile(fn)) fn = fn.parent;
  return isTested(fn) ? 'no' : 'perhaps';
}

/** What a test around an entry makes of nothing; `null` where it is none. */
function ofTest(file: ParsedFile, at: ts.Expression): TellsNothing | null {
  const { parent } = at;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken ? 'no' : 'perhaps';
  if (ts.isTypeOfExpression(parent)) return 'strict';
  if (ts.isSwitchStatement(parent)) return ofSwitch(file, parent);
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isExpressionStatement(parent)) return 'no';
  if (!ts.isConditionalExpression(parent)) return null;
  return parent.condition === at ? 'no' : ofEntry(file, parent);
}

/** What the place around one entry of the results makes of nothing. */
function ofEntry(file: ParsedFile, entry: ts.Expression): TellsNothing {
  const at = wrapped(entry);
  const { parent } = at;
  if (isGuarded(at)) return 'no';
  const tested = ofTest(file, at);
  if (tested !== null) return tested;
  if (ts.isBinaryExpression(parent)) return ofBinary(file, parent, at);
  // Both of them throw without a `?`, and give `undefined` with one.
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return parent.expression === at ? 'no' : 'perhaps';
  if (ts.isArrowFunction(parent) || ts.isReturnStatement(parent)) return ofReturn(parent);
  if (ts.isTemplateSpan(parent)) return ts.isTaggedTemplateExpression(parent.parent.parent) ? 'perhaps' : 'text';
  if (ts.isCallExpression(parent) && parent.expression !== at) return ofArgument(file, parent, at);
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return ofName(file, parent.name, file.tree);
  return 'perhaps';
}

type Known = WeakMap<ts.Node, TellsNothing>;
const knownEntries: Known = new WeakMap();
const knownLists: Known = new WeakMap();

/** What is known of a name, which may be put into what it is taken of: while it is asked for, it says nothing. */
function once(known: Known, name: ts.Node, ask: () => TellsNothing): TellsNothing {
  const found = known.get(name);
  if (found !== undefined) return found;
  known.set(name, 'no');
  const told = ask();
  known.set(name, told);
  return told;
}

/** What is done with a name that is one entry of the results. */
export function ofName(file: ParsedFile, name: ts.Identifier, scope: ts.Node): TellsNothing {
  return once(knownEntries, name, () => worst(usesOf(file, name, scope).map((use) => ofEntry(file, use))));
}

function ofCallback(file: ParsedFile, method: string, fn: ts.Expression | undefined): TellsNothing {
  if (fn === undefined) return 'perhaps';
  if (ts.isIdentifier(fn) && fn.text === 'Boolean') return testing.has(method) ? 'no' : 'perhaps';
  if (ts.isIdentifier(fn) && fn.text === 'String') return 'text';
  const called = calledFunction(file, fn);
  if (called === null || called.fn.parameters[2] !== undefined) return 'perhaps';
  const told = ofParameter(called, 0, ofName);
  return called.isElsewhere ? atLeast(told) : told;
}

/** What becomes of an entry is in what it is reduced to; a test of it is a test all the same. */
function ofReduced(file: ParsedFile, fn: ts.Expression | undefined): TellsNothing {
  const called = fn === undefined ? null : calledFunction(file, fn);
  return called === null ? 'perhaps' : worst([ofParameter(called, 1, ofName), 'perhaps']);
}

/** The places that use what a method gives: by its name, or right there. */
function placesOf(file: ParsedFile, value: ts.Expression): readonly ts.Expression[] {
  const { parent } = wrapped(value);
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? usesOf(file, parent.name) : [value];
}

/** What is done with another list of the same entries, or with a set of them. */
const ofSame = (file: ParsedFile, list: ts.Expression): TellsNothing =>
  atLeast(once(knownLists, list, () => worst(placesOf(file, list).map((use) => ofUse(file, use)))));

/** `for (const [i, x] of r.entries())`: what is done with the entries there. */
function ofNumbered(file: ParsedFile, call: ts.CallExpression): TellsNothing {
  const { parent } = call;
  if (!ts.isForOfStatement(parent) || !ts.isVariableDeclarationList(parent.initializer)) return 'perhaps';
  const name = parent.initializer.declarations[0]?.name;
  if (name === undefined || !ts.isArrayBindingPattern(name)) return 'perhaps';
  const [, entry] = name.elements;
  if (entry === undefined || ts.isOmittedExpression(entry)) return 'no';
  if (entry.initializer !== undefined) return 'strict';
  return ts.isIdentifier(entry.name) ? ofName(file, entry.name, parent.statement) : 'no';
}

function ofMethod(file: ParsedFile, method: string, call: ts.CallExpression): TellsNothing {
  const [first] = call.arguments;
  if (walking.has(method)) return ofCallback(file, method, first);
  if (/^reduce(Right)?$/.test(method)) return ofReduced(file, first);
  if (method === 'join') return 'no';
  if (method === 'entries') return ofNumbered(file, call);
  // What is no list stands in there as it is; as a rule it is one, which asks for no proof.
  if (method === 'flat') return isShown(ofSame(file, call)) ? 'text' : 'perhaps';
  if (/^(concat|reverse|slice|sort|toReversed|toSorted|values)$/.test(method)) return ofSame(file, call);
  if (/^(at|pop|shift)$/.test(method)) return atLeast(ofEntry(file, call));
  if (!/^(has|includes|indexOf|lastIndexOf)$/.test(method) || first === undefined) return 'perhaps';
  return meansNothing(file, first) ? 'strict' : 'no';
}

/** What a call makes of a list that it is given: a set, another list, or what a function makes of it. */
function ofHanded(file: ParsedFile, call: ts.CallExpression | ts.NewExpression, at: ts.Expression): TellsNothing {
  const { expression: callee } = call;
  const given: readonly ts.Expression[] = call.arguments ?? [];
  const text = callee.getText();
  if (ts.isNewExpression(call)) return text === 'Set' ? ofSame(file, call) : 'perhaps';
  if (text === 'Array.from') return given.length > 1 ? ofCallback(file, 'map', given[1]) : ofSame(file, call);
  if (/^\[\]\.concat$/.test(text)) return ofSame(file, call);
  const called = calledFunction(file, callee);
  return called === null ? 'perhaps' : atLeast(ofParameter(called, given.indexOf(at), ofListName));
}

/** What is done with a name that is a list of the results. */
function ofListName(file: ParsedFile, name: ts.Identifier, scope: ts.Node): TellsNothing {
  return once(knownLists, name, () => worst(usesOf(file, name, scope).map((use) => ofUse(file, use))));
}

/** What is done with the entries that a list is taken apart into. */
function ofPattern(file: ParsedFile, { elements }: ts.ArrayBindingPattern): TellsNothing {
  return worst(
    elements.flatMap((one) => {
      if (ts.isOmittedExpression(one)) return [];
      if (one.initializer !== undefined) return ['strict' as const];
      if (!ts.isIdentifier(one.name)) return [];
      if (one.dotDotDotToken === undefined) return ofName(file, one.name, file.tree);
      return usesOf(file, one.name).map((use) => ofUse(file, use));
    }),
  );
}

/** What a loop does with each entry. */
function ofLoop(file: ParsedFile, { initializer, statement }: ts.ForOfStatement): TellsNothing {
  const declared = ts.isVariableDeclarationList(initializer) ? initializer.declarations[0] : undefined;
  if (declared === undefined) return 'perhaps';
  return ts.isIdentifier(declared.name) ? ofName(file, declared.name, statement) : 'no';
}

/** What a member of a list, or a method of it, makes of its entries. */
function ofMember(file: ParsedFile, access: ts.PropertyAccessExpression): TellsNothing {
  if (access.name.text === 'length') return 'no';
  const call = access.parent;
  const isCalled = ts.isCallExpression(call) && call.expression === access;
  return isCalled ? ofMethod(file, access.name.text, call) : 'perhaps';
}

/** What one place does with the nothings in the list. */
export function ofUse(file: ParsedFile, list: ts.Expression): TellsNothing {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isForOfStatement(parent) && parent.expression === at) return ofLoop(file, parent);
  if (ts.isElementAccessExpression(parent) && parent.expression === at) return ofEntry(file, parent);
  if (ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name)) return ofPattern(file, parent.name);
  if (ts.isSpreadElement(parent) && ts.isArrayLiteralExpression(parent.parent)) return ofUse(file, parent.parent);
  const isHanded = ts.isCallExpression(parent) || ts.isNewExpression(parent);
  if (isHanded && parent.expression !== at) return ofHanded(file, parent, at);
  // A default stands for `undefined` and not for `null`.
  const [first] = isSetting(parent) && ts.isArrayLiteralExpression(parent.left) ? parent.left.elements : [];
  if (first !== undefined) return ts.isBinaryExpression(first) ? 'strict' : 'perhaps';
  return ts.isPropertyAccessExpression(parent) ? ofMember(file, parent) : 'perhaps';
}

/** The places that use the results of a call, a pattern that takes them apart included; `null` where they are not seen. */
export function usesOfList(file: ParsedFile, call: ts.CallExpression): readonly ts.Expression[] | null {
  const { parent } = wrapped(call);
  const declaration = ts.isAwaitExpression(parent) ? wrapped(parent).parent : parent;
  const isApart = ts.isVariableDeclaration(declaration) && ts.isArrayBindingPattern(declaration.name);
  return isApart && ts.isAwaitExpression(parent) ? [parent] : usesOfResult(file, wrapped(call));
}

/** The name of a variable that holds the results of a call, and may be set to something else. */
function changedName(call: ts.CallExpression): ts.Identifier | null {
  const { parent } = wrapped(call);
  const holder = ts.isAwaitExpression(parent) ? wrapped(parent).parent : parent;
  if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) return holder.name;
  return isSetting(holder) && ts.isIdentifier(holder.left) ? holder.left : null;
}

/** Whether whoever gets the results of a call may notice that an entry is `undefined` and not `null`. */
export function tellsNothing(file: ParsedFile, call: ts.CallExpression): TellsNothing {
  const uses = usesOfList(file, call);
  if (uses !== null) return worst(uses.map((use) => ofUse(file, use)));
  const name = changedName(call);
  return name === null ? 'perhaps' : atLeast(ofListName(file, name, file.tree));
}
