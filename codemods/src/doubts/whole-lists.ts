/** doubts/whole-lists: whether the lists of a value surely hold nothing that is missing, as its text or its type proves. */
import { declarationOf } from '../syntax/free-names.ts';
import { mayEnd } from '../syntax/statements.ts';
import { isNameOnly, isSetting, placesOf, returnedBy, returnsOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { isNothing, writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { askedByDepth } from '../values/value-asked.ts';
import { pathsIn } from '../values/value-path.ts';
import { isWithoutNothing } from './held-nothing.ts';
import { facts } from './known-entries.ts';
import { functionOf } from './made-entries.ts';
import type { Reading } from './may-lack.ts';
import { functionGivesOne, givesOne } from './method-words.ts';
import { mayBeNothing } from './nothing.ts';
import { isTakenOfRest } from './tested-before.ts';
import { typeIsWhole } from './whole-types.ts';

/** What looks one up, or does something: no list. */
const single =
  /^(at|codePointAt|count|delete|fetch|find|findKey|findLast|first|firstKey|forEach|get|last|lastKey|pop|random|randomKey|send|shift|slice)$/;
/** What gives texts and numbers alone, in lists as well. */
const plain = /^(JSON\.\w+|Object\.keys|process\.\w+)$/;

const isPlain = (text: string): boolean => plain.test(text) || functionGivesOne.test(text);

/** Methods whose list holds what theirs holds, and what they are given. */
const keeping = /^(concat|filter|reverse|slice|sort|toReversed|toSorted)$/;
/** What discord.js keeps in collections. */
const collections = /\.(cache|guilds|users|channels|members|roles|emojis)$/;
/** Methods that put nothing into what they belong to. */
const reading =
  /^(at|concat|entries|every|filter|find|findIndex|findLast|flat|flatMap|forEach|includes|indexOf|join|keys|length|map|pop|reduce|reduceRight|reverse|shift|size|slice|some|sort|toReversed|toSorted|toString|values)$/;
const filling = /^(add|push|unshift)$/;
/** Functions that leave a list as it is. */
const looking =
  /^(Promise\.all(Settled)?|Array\.(from|isArray)|JSON\.stringify|Object\.(keys|values|entries)|console\.\w+)$/;

interface Within {
  readonly reading: Reading;
  /** How many lists, one inside the other, have to be whole. */
  readonly levels: number;
  /** How many names are followed yet. */
  readonly depth: number;
  /** Whether a test takes out of the list what is nothing. */
  readonly isSifted: boolean;
  /** The names that are asked for: one that is made of itself is as whole as the rest of it. */
  readonly open: readonly ts.Node[];
}

const inside = (within: Within): Within => ({ ...within, levels: within.levels - 1, isSifted: false });

const isThere = ({ reading }: Within, node: ts.Expression): boolean =>
  mayBeNothing(reading.file, node, reading) === 'never';

/** Whether something may be put into a list. */
function isEntry(within: Within, node: ts.Expression): boolean {
  if (ts.isSpreadElement(node)) return isWholeValue(within, node.expression);
  if (ts.isOmittedExpression(node)) return within.isSifted;
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && isTakenOfRest(node))
    return isWholeValue(within, node.expression.expression);
  return (within.isSifted || isThere(within, node)) && isWholeValue(inside(within), node);
}

/** The function of the file that an expression says, if it gives what it returns. */
function functionSaid({ reading }: Within, node: ts.Expression | undefined) {
  const made = node === undefined ? null : functionOf(reading.file, node);
  return made === null || made.asteriskToken !== undefined ? null : made;
}

/** What a function gives; `null` where it is not written in the file. */
function givenBy(within: Within, fn: ts.Expression | undefined): readonly ts.Expression[] | null {
  const made = functionSaid(within, fn);
  return made === null ? null : returnedBy(made);
}

const mayGiveNothing = (body: ts.ConciseBody): boolean =>
  ts.isBlock(body) && (mayEnd(body) || returnsOf(body).some(({ expression }) => expression === undefined));

/** Whether a callback gives entries that are surely there. */
function makesEntries(within: Within, fn: ts.Expression | undefined): boolean {
  if (fn !== undefined && isPlain(fn.getText())) return true;
  const made = functionSaid(within, fn);
  if (made === null || (!within.isSifted && mayGiveNothing(made.body))) return false;
  return returnedBy(made).every((one) => isEntry(within, one));
}

const areWhole = (within: Within, all: readonly ts.Expression[] | null): boolean =>
  all?.every((one) => isWholeValue(within, one)) ?? false;

function ofFunction(within: Within, { expression: callee, arguments: given }: ts.CallExpression): boolean | null {
  const text = callee.getText();
  const [first, second] = given;
  if (isPlain(text)) return true;
  if (text === 'Promise.all') return areWhole(within, given);
  if (text === 'Promise.allSettled') return true;
  if (text === 'Array.from' && second !== undefined) return makesEntries(within, second);
  if (text === 'Array.from')
    return first !== undefined && !ts.isObjectLiteralExpression(unwrap(first)) && isWholeValue(within, first);
  if (text === 'Object.assign') return areWhole(within, given);
  if (/^Object\.(values|entries)$/.test(text) && first !== undefined) return ofMembers(within, unwrap(first));
  return ts.isIdentifier(callee) ? areWhole({ ...within, depth: within.depth - 1 }, givenBy(within, callee)) : null;
}

/** Whether all members of a literal are surely there. */
const ofMembers = (within: Within, at: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(at) &&
  at.properties.every((one) => ts.isPropertyAssignment(one) && isEntry(within, one.initializer));

/** A set of a list is as whole as that is; of a map only what is put into it is known. */
function ofNew(within: Within, { expression, arguments: given }: ts.NewExpression): boolean {
  const from: readonly ts.Expression[] = given ?? [];
  return expression.getText() === 'Set' ? areWhole(within, from) : from.length === 0;
}

/** What comes of a promise, or of a list that is reduced. */
function ofCallback(within: Within, { arguments: given }: ts.CallExpression, callee: ts.PropertyAccessExpression) {
  const { name, expression: of } = callee;
  const [fn, start] = given;
  const from = name.text === 'then' ? [] : name.text === 'catch' ? [of] : start === undefined ? null : [start];
  return areWhole(within, from) && areWhole(within, givenBy(within, fn));
}

const spreadOut = (node: ts.Expression): ts.Expression => (ts.isSpreadElement(node) ? node.expression : node);

function ofMethod(within: Within, call: ts.CallExpression, callee: ts.PropertyAccessExpression): boolean {
  const { name, expression: of } = callee;
  const { arguments: given } = call;
  const [first] = given;
  const { text } = name;
  if (text === 'map') return makesEntries(within, first);
  if (text === 'flatMap') return areWhole(within, givenBy(within, first));
  if (text === 'flat') return isWholeValue({ ...within, levels: within.levels + 1, isSifted: false }, of);
  if (isWithoutNothing(call)) return within.levels === 1 || isWholeValue({ ...within, isSifted: true }, of);
  if (text === 'concat' && !given.every((one) => ts.isSpreadElement(one) || isThere(within, one))) return false;
  if (keeping.test(text)) return areWhole(within, [of, ...(text === 'concat' ? given.map(spreadOut) : [])]);
  if (text === 'fill') return first !== undefined && isEntry(within, first);
  if (/^(catch|reduce|reduceRight|then)$/.test(text)) return ofCallback(within, call, callee);
  if (/^match(All)?$/.test(text)) return /\/\w*g\w*$/.test(first?.getText() ?? '');
  if (/^(array|entries|toJSON|values)$/.test(text))
    return collections.test(unwrap(of).getText()) || isWholeValue(within, of);
  return /^(keyArray|keys|split)$/.test(text) || single.test(text) || givesOne.test(text);
}

/** Whether a use of a name leaves what it holds whole. */
function leavesWhole(within: Within, place: ts.Identifier): boolean {
  let at = wrapped(place);
  let last: string | null = null;
  while (
    (ts.isPropertyAccessExpression(at.parent) || ts.isElementAccessExpression(at.parent)) &&
    at.parent.expression === at
  ) {
    last = ts.isPropertyAccessExpression(at.parent) ? at.parent.name.text : null;
    at = wrapped(at.parent);
  }
  const { parent } = at;
  const isCalled = ts.isCallExpression(parent) && parent.expression === at;
  if (isCalled && last === 'set') return parent.arguments.slice(1).every((one) => isEntry(within, one));
  if (isCalled && last !== null)
    return filling.test(last) ? parent.arguments.every((one) => isEntry(within, one)) : reading.test(last);
  const written = writtenAt(at);
  if (written.length > 0) {
    const isList = last === 'length' || ts.isElementAccessExpression(at);
    return !isList && written.every((one) => one === null || isWholeValue(within, one));
  }
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return looking.test(parent.expression.getText());
  return !ts.isVariableDeclaration(parent) && !ts.isDeleteExpression(parent) && !isSetting(parent);
}

/** What a name is made by: a variable by what it is declared with, what a list is reduced into by its start. */
function beginningOf(declared: ts.Node): ts.Expression | null | undefined {
  if (ts.isVariableDeclaration(declared) && ts.isVariableDeclarationList(declared.parent))
    return ts.isForOfStatement(declared.parent.parent) ? undefined : (declared.initializer ?? null);
  if (!ts.isParameter(declared) || declared.parent.parameters[0] !== declared) return undefined;
  const call = declared.parent.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  return /^reduce(Right)?$/.test(call.expression.name.text) ? call.arguments[1] : undefined;
}

function ofName(within: Within, name: ts.Identifier): boolean {
  const tree = name.getSourceFile();
  const declared = declarationOf(name, tree);
  const from = declared === null ? undefined : beginningOf(declared);
  if (declared === null || from === undefined || within.depth === 0) return false;
  if (within.open.includes(declared)) return true;
  const next = { ...within, depth: within.depth - 1, open: [...within.open, declared] };
  if (from !== null && !isWholeValue(next, from)) return false;
  return placesOf(tree, name.text).every((one) => {
    if (!ts.isIdentifier(one) || isNameOnly(one) || one.parent === declared) return true;
    return declarationOf(one, tree) !== declared || leavesWhole(next, one);
  });
}

const isSingle = (at: ts.Expression): boolean =>
  ts.isLiteralExpression(at) ||
  ts.isTemplateExpression(at) ||
  ts.isPrefixUnaryExpression(at) ||
  ts.isPostfixUnaryExpression(at) ||
  ts.isTypeOfExpression(at) ||
  at.kind === ts.SyntaxKind.TrueKeyword ||
  at.kind === ts.SyntaxKind.FalseKeyword ||
  isNothing(at) ||
  (ts.isPropertyAccessExpression(at) && facts.test(at.name.text));

function ofOperator(within: Within, { left, right, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken, CommaToken, EqualsToken } = ts.SyntaxKind;
  if (kind === BarBarToken || kind === QuestionQuestionToken) return areWhole(within, [left, right]);
  const isRight = [AmpersandAmpersandToken, CommaToken, EqualsToken].includes(kind);
  return !isRight || isWholeValue(within, right);
}

function ofObject(within: Within, { properties }: ts.ObjectLiteralExpression): boolean {
  return properties.every((one) => {
    if (ts.isPropertyAssignment(one)) return isWholeValue(within, one.initializer);
    if (ts.isShorthandPropertyAssignment(one)) return isWholeValue(within, one.name);
    return !ts.isSpreadAssignment(one) || isWholeValue(within, one.expression);
  });
}

/** What is handed over has notes of its own. */
function isData({ reading }: Within, at: ts.Expression): boolean {
  const paths = pathsIn(reading.fn, at);
  return paths.length > 0 && paths.every(({ root }) => root === 'data');
}

function ofText(within: Within, at: ts.Expression): boolean {
  if (isSingle(at)) return true;
  if (ts.isArrayLiteralExpression(at)) return at.elements.every((one) => isEntry(within, one));
  if (ts.isObjectLiteralExpression(at)) return ofObject(within, at);
  if (ts.isConditionalExpression(at)) return areWhole(within, [at.whenTrue, at.whenFalse]);
  if (ts.isBinaryExpression(at)) return ofOperator(within, at);
  if (ts.isCallExpression(at)) {
    const callee = unwrap(at.expression);
    const found = ofFunction(within, at);
    return found ?? (ts.isPropertyAccessExpression(callee) && ofMethod(within, at, callee));
  }
  if (ts.isNewExpression(at)) return /^(Set|Map|Collection)$/.test(at.expression.getText()) && ofNew(within, at);
  const isNamed = ts.isIdentifier(at) || ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at);
  return isNamed && (isData(within, at) || (ts.isIdentifier(at) && ofName(within, at)));
}

const answers = askedByDepth<boolean>();

function isWholeValue(within: Within, node: ts.Expression): boolean {
  const { reading, levels, depth, isSifted } = within;
  if (levels <= 0) return true;
  if (depth < 0) return false;
  const outer = unwrap(node);
  const at = ts.isAwaitExpression(outer) ? unwrap(outer.expression) : outer;
  return answers({ of: reading, node: at, depth: (depth * 8 + levels) * 2 + Number(isSifted) }, () => {
    return ofText(within, at) || (asksType.has(at.kind) && typeIsWhole(reading.file, outer, levels));
  });
}

/** Of what is written, the text says more than its type does. */
const asksType: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.PropertyAccessExpression,
]);

/** Whether the lists of a value, one inside the other up to some levels, surely hold nothing that is missing. */
export const isWhole = (reading: Reading, node: ts.Expression, levels: number): boolean =>
  isWholeValue({ reading, levels, depth: 4, isSifted: false, open: [] }, node);
