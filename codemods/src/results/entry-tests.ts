/** results/entry-tests: whether the code behind a broadcast tells `undefined` from the `null` that JSON made of it. */
import { isNeverNull } from '../doubts/never-null.ts';
import { isShown, nothingsIn, type TellsNothing, worst } from '../doubts/nothing-told.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, isSetting, wrapped } from '../syntax/syntax.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { type CalledFunction, calledFunction } from '../values/called-function.ts';
import { dropsNothing } from './dropped-entries.ts';
import { isGuarded } from './guarded-entries.ts';
import { changedName, usesOfList } from './list-places.ts';
import {
  blind,
  counting,
  isBlindPlace,
  isExportedName,
  isOwnList,
  isTestedAt,
  isTestOfList,
  listsArguments,
  loose,
  replaces,
  silent,
  strict,
  walking,
} from './telling-words.ts';

const { AmpersandAmpersandToken, EqualsToken, InstanceOfKeyword, PlusToken } = ts.SyntaxKind;

/** What a comparison with something makes of nothing: what may happen to be `null` has to be taken for it. */
const ofEqual = (file: ParsedFile, other: ts.Expression): TellsNothing => (isNeverNull(file, other) ? 'no' : 'strict');

function ofBinary(file: ParsedFile, node: ts.BinaryExpression, side: ts.Expression): TellsNothing {
  const { kind } = node.operatorToken;
  if (loose.has(kind)) return 'no';
  if (strict.has(kind)) return ofEqual(file, node.left === side ? node.right : node.left);
  if (kind === InstanceOfKeyword) return 'no';
  if (kind === EqualsToken) return node.right === side ? ofTarget(file, node) : 'no';
  if (replaces.has(kind) && node.left === side) return 'no';
  if (replaces.has(kind) || kind === AmpersandAmpersandToken) return ofEntry(file, node);
  const isText = [node.left, node.right].some((one) => ts.isStringLiteralLike(one) || ts.isTemplateExpression(one));
  if (isText && kind === PlusToken) return 'text';
  return !isText && counting.has(kind) && (node.right === side || !assigns(node)) ? 'counts' : 'perhaps';
}

/** What is done with what an entry is set to, and with the entry there. */
function ofTarget(file: ParsedFile, set: ts.BinaryExpression): TellsNothing {
  const { left } = set;
  const named = ts.isIdentifier(left) ? ofName(file, left, file.tree) : 'perhaps';
  return worst([named, ofEntry(file, set)]);
}

/** Whether a switch compares with nothing. */
const ofSwitch = (file: ParsedFile, { caseBlock: { clauses } }: ts.SwitchStatement): TellsNothing =>
  worst(clauses.map((one) => (ts.isCaseClause(one) ? ofEqual(file, one.expression) : 'no')));

/** What a function does with one of its arguments, as far as its file says. */
function ofParameter({ file, fn }: CalledFunction, index: number, told: typeof ofName): TellsNothing {
  if (listsArguments(fn)) return 'perhaps';
  const parameter = fn.parameters[index];
  if (parameter === undefined) return 'no';
  // A default stands for `undefined` and not for `null`.
  if (parameter.initializer !== undefined && told === ofName) return 'strict';
  if (ts.isArrayBindingPattern(parameter.name) && told === ofListName) return ofPattern(file, parameter.name);
  if (ts.isIdentifier(parameter.name)) return told(file, parameter.name, fn);
  // What is nothing cannot be taken apart, whichever it is.
  return told === ofName ? 'no' : 'perhaps';
}

/** What a call makes of an entry that it is given. */
function ofArgument(file: ParsedFile, call: ts.CallExpression, at: ts.Expression): TellsNothing {
  const { expression: callee, arguments: given } = call;
  // "undefined" is another text than "null".
  if (/^(String|JSON\.stringify)$/.test(callee.getText())) return given[0] === at ? 'text' : 'perhaps';
  if (callee.getText() === 'Object.is') return worst(given.map((one) => (one === at ? 'no' : ofEqual(file, one))));
  if (/^(Boolean|Array\.isArray)$/.test(callee.getText())) return 'no';
  if (ts.isPropertyAccessExpression(callee)) {
    const { name, expression: of } = callee;
    const held = nothingsIn(file, of).size;
    if (/^(includes|has)$/.test(name.text) && held === 2) return 'no';
    if (/^(includes|indexOf|lastIndexOf|has|get)$/.test(name.text) && held > 0) return 'strict';
    const isPut = /^(push|unshift|add)$/.test(name.text) || (name.text === 'set' && given[1] === at);
    if (isPut && ts.isIdentifier(of)) return ofFilled(file, of);
  }
  const called = calledFunction(file, callee);
  return called === null ? 'perhaps' : ofParameter(called, given.indexOf(at), ofName);
}

/** What is done with a list that an entry is put into. */
const ofFilled = (file: ParsedFile, list: ts.Identifier): TellsNothing =>
  isOwnList(file, list) ? ofListName(file, list, file.tree) : 'perhaps';

function ofReturn(node: ts.Node): TellsNothing {
  let fn = node;
  while (!ts.isFunctionLike(fn) && !ts.isSourceFile(fn)) fn = fn.parent;
  return isTestOfList(fn) ? 'no' : 'perhaps';
}

/** What a test around an entry makes of nothing; `null` where it is none. */
function ofTest(file: ParsedFile, at: ts.Expression): TellsNothing | null {
  const { parent } = at;
  if (isBlindPlace(at)) return 'no';
  if (ts.isTypeOfExpression(parent)) return 'strict';
  if (ts.isSwitchStatement(parent)) return ofSwitch(file, parent);
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
  return ts.isVariableDeclaration(parent) ? ofVariable(file, parent) : 'perhaps';
}

/** What is done with a variable that holds an entry, or with what it takes of one. */
function ofVariable(file: ParsedFile, declared: ts.VariableDeclaration): TellsNothing {
  return ts.isIdentifier(declared.name) ? ofName(file, declared.name, file.tree) : 'no';
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

/** What is told by all places that use a name; others may use one that is exported. */
function worstOf(file: ParsedFile, name: ts.Identifier, { scope, told }: Asked): TellsNothing {
  const here = worst(usesOf(file, name, scope).map((use) => told(file, use)));
  return isExportedName(file, name) ? worst([here, 'perhaps']) : here;
}

interface Asked {
  readonly scope: ts.Node;
  readonly told: (file: ParsedFile, use: ts.Expression) => TellsNothing;
}

/** What is done with a name that is one entry of the results. */
export const ofName = (file: ParsedFile, name: ts.Identifier, scope: ts.Node): TellsNothing =>
  once(knownEntries, name, () => worstOf(file, name, { scope, told: ofEntry }));

function ofCallback(file: ParsedFile, fn: ts.Expression | undefined): TellsNothing {
  if (fn === undefined) return 'perhaps';
  if (ts.isIdentifier(fn) && fn.text === 'Boolean') return 'no';
  if (ts.isIdentifier(fn) && fn.text === 'String') return 'text';
  const called = calledFunction(file, fn);
  if (called === null || called.fn.parameters[2] !== undefined) return 'perhaps';
  return ofParameter(called, 0, ofName);
}

/** What becomes of an entry that is reduced; without a start the first of them is what the others are put into. */
function ofReduced(file: ParsedFile, { arguments: [fn, start] }: ts.CallExpression): TellsNothing {
  const called = fn === undefined ? null : calledFunction(file, fn);
  if (called === null || called.fn.parameters[3] !== undefined) return 'perhaps';
  const told = ofParameter(called, 1, ofName);
  return start === undefined ? worst([told, 'perhaps']) : told;
}

/** What is done with another list of the same entries, or with a set of them: by its name, or right there. */
function ofSame(file: ParsedFile, list: ts.Expression): TellsNothing {
  const { parent } = wrapped(list);
  const isNamed = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
  return isNamed ? ofListName(file, parent.name, file.tree) : ofUse(file, list);
}

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

/** What is done with the entries that a test leaves: those it leaves are no nothing, as a rule. */
function ofSifted(file: ParsedFile, method: string, call: ts.CallExpression): TellsNothing {
  if (!/^(find|findLast|filter)$/.test(method) || dropsNothing(file, call.arguments[0])) return 'no';
  return method === 'filter' ? ofSame(file, call) : ofEntry(file, call);
}

function ofMethod(file: ParsedFile, method: string, call: ts.CallExpression): TellsNothing {
  const [first] = call.arguments;
  if (walking.has(method)) return worst([ofCallback(file, first), ofSifted(file, method, call)]);
  if (/^reduce(Right)?$/.test(method)) return ofReduced(file, call);
  if (silent.test(method)) return 'no';
  if (method === 'entries') return ofNumbered(file, call);
  // What is no list stands in there as it is; as a rule it is one, which asks for no proof.
  if (method === 'flat') {
    const told = ofSame(file, call);
    return isShown(told) ? 'text' : told === 'no' ? 'no' : 'perhaps';
  }
  if (/^(concat|reverse|slice|sort|toReversed|toSorted|values)$/.test(method)) return ofSame(file, call);
  if (/^(at|pop|shift)$/.test(method)) return ofEntry(file, call);
  if (!/^(has|includes|indexOf|lastIndexOf)$/.test(method) || first === undefined) return 'perhaps';
  return ofEqual(file, first);
}

/** What a call makes of a list that it is given: a set, another list, or what a function makes of it. */
function ofHanded(file: ParsedFile, call: ts.CallExpression | ts.NewExpression, at: ts.Expression): TellsNothing {
  const { expression: callee } = call;
  const given: readonly ts.Expression[] = call.arguments ?? [];
  const text = callee.getText();
  if (ts.isNewExpression(call)) return text === 'Set' ? ofSame(file, call) : 'perhaps';
  if (blind.test(text)) return given[1] === undefined || ts.isArrayLiteralExpression(given[1]) ? 'no' : 'perhaps';
  if (text === 'Array.from') return given.length > 1 ? ofCallback(file, given[1]) : ofSame(file, call);
  if (/^\[\]\.concat$/.test(text)) return ofSame(file, call);
  const called = calledFunction(file, callee);
  return called === null ? 'perhaps' : ofParameter(called, given.indexOf(at), ofListName);
}

/** What is done with a name that is a list of the results. */
const ofListName = (file: ParsedFile, name: ts.Identifier, scope: ts.Node): TellsNothing =>
  once(knownLists, name, () => worstOf(file, name, { scope, told: ofUse }));

/** What is done with the entries that a list is taken apart into. */
function ofPattern(file: ParsedFile, { elements }: ts.ArrayBindingPattern): TellsNothing {
  return worst(
    elements.flatMap((one) => {
      if (ts.isOmittedExpression(one)) return [];
      if (one.initializer !== undefined) return ['strict' as const];
      if (!ts.isIdentifier(one.name)) return [];
      if (one.dotDotDotToken === undefined) return ofName(file, one.name, file.tree);
      return ofListName(file, one.name, file.tree);
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
  if (/^(length|size)$/.test(access.name.text)) return 'no';
  const call = access.parent;
  const isCalled = ts.isCallExpression(call) && call.expression === access;
  return isCalled ? ofMethod(file, access.name.text, call) : 'perhaps';
}

/** What is done with a list that is tested, or chosen; `null` where it is neither. */
function ofChosen(file: ParsedFile, at: ts.Expression): TellsNothing | null {
  const { parent } = at;
  if (isTestedAt(parent)) return 'no';
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? 'no' : ofUse(file, parent);
  if (!ts.isBinaryExpression(parent)) return null;
  const { kind } = parent.operatorToken;
  // A list is something: what stands behind it is taken.
  if (parent.left === at && (kind === AmpersandAmpersandToken || kind === EqualsToken)) return 'no';
  return replaces.has(kind) || kind === AmpersandAmpersandToken ? ofUse(file, parent) : null;
}

/** What one place does with the nothings in the list. */
export function ofUse(file: ParsedFile, list: ts.Expression): TellsNothing {
  const at = wrapped(list);
  const { parent } = at;
  const chosen = ofChosen(file, at);
  if (chosen !== null) return chosen;
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

/** Whether whoever gets the results of a call may notice that an entry is `undefined` and not `null`. */
export function tellsNothing(file: ParsedFile, call: ts.CallExpression): TellsNothing {
  const uses = usesOfList(file, call);
  if (uses !== null) return worst(uses.map((use) => ofUse(file, use)));
  const name = changedName(call);
  return name === null ? 'perhaps' : ofListName(file, name, file.tree);
}
