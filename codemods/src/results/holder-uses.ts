/** results/holder-uses: whether code that has an object notices that a member is `undefined` and not missing. */
import { anyStep } from '../doubts/any-step.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, nameText, wrapped } from '../syntax/syntax.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';

/** What is asked of an object that is followed. */
export interface Holding {
  readonly file: ParsedFile;
  /** Members that are `undefined` perhaps; `null` where it is enough that the object goes out of sight. */
  readonly missing: readonly string[] | null;
  /** Whether what goes out of sight counts: to a function of which nothing is known. */
  readonly handedOn: boolean;
  /** Whether a method is one of discord.js, which makes no difference. */
  readonly isDiscord: (call: ts.CallExpression) => boolean;
  /** The calls that print it count, with all that it has: they do for what nobody wrote. */
  readonly printed?: RegExp | null;
}

const enumerating = /^(Object\.(keys|values|entries|getOwnPropertyNames|getOwnPropertyDescriptors)|Reflect\.ownKeys)$/;
const asking = /^(Object\.hasOwn|Object\.prototype\.hasOwnProperty\.call|Reflect\.has)$/;
/** Calls that look at nothing, or at what JSON says. */
const quiet =
  /^(console\.\w+|JSON\.stringify|String|Boolean|Array\.isArray|Number(\.\w+)?|isNaN|(\w+\.)*(log|logger)(\.\w+)?|(util\.)?inspect)$/;
/** Calls that write down each member. */
export const printing = /(?:^|\.)inspect$|^console\.\w+$/;
/** Those whose text the code goes on with. */
export const showing = /(?:^|\.)inspect$|^util\.format(WithOptions)?$/;
/** What a server answers with, as JSON. */
const answering = /^(ctx|context|this)\.(response\.)?body$/;
const copying = /^(Object\.freeze|Object\.seal|structuredClone)$/;
/** Classes that take options as discord.js does, or a plain value. */
const builders = /(Builder|Embed|Attachment|ActionRow|Error|Date|Button|Modal)$/;

/** Whether a name that is asked for is one of those that may be missing; any may be meant where it is made. */
function names({ missing }: Holding, key: ts.Node | undefined): boolean {
  if (missing === null || key === undefined) return false;
  return !ts.isStringLiteralLike(key) || missing.includes(key.text) || missing.includes(anyStep);
}

/** What is left of the members behind a spread, which a later one gives a value. */
function behind({ missing }: Holding, later: readonly ts.ObjectLiteralElementLike[]): readonly string[] | null {
  const written = later.flatMap(({ name }) => (name === undefined ? [] : [nameText(name)]));
  return missing?.filter((one) => !written.includes(one)) ?? null;
}

const isAmong = (missing: Holding['missing'], name: string): boolean =>
  missing?.some((one) => one === name || one === anyStep) ?? false;

function ofSpread(holding: Holding, spread: ts.SpreadAssignment): boolean {
  const { properties } = spread.parent;
  const index = properties.indexOf(spread);
  const missing = behind(holding, properties.slice(index + 1));
  if (missing !== null && missing.length === 0) return false;
  const covers = properties
    .slice(0, index)
    .some((one) => ts.isSpreadAssignment(one) || isAmong(missing, one.name === undefined ? '' : nameText(one.name)));
  if (missing !== null && covers) return true;
  return tells({ ...holding, missing }, spread.parent);
}

function ofAssign(holding: Holding, call: ts.CallExpression, at: ts.Node): boolean {
  // What is put into an empty object alone is a copy of it.
  const [target, first, more] = call.arguments;
  const isCopy = more === undefined && first === at && target?.getText() === '{}';
  if (target !== at && !isCopy) return holding.missing !== null || holding.handedOn;
  return tells(holding, call);
}

function ofArgument(holding: Holding, call: ts.CallExpression, at: ts.Expression): boolean {
  const callee = call.expression.getText();
  if (callee === 'Object.assign') return ofAssign(holding, call, at);
  if (enumerating.test(callee)) return holding.missing !== null || /(values|entries)$/.test(callee);
  if (asking.test(callee)) return names(holding, call.arguments[1]);
  if (copying.test(callee)) return tells(holding, call);
  if (holding.printed?.test(callee) === true) return true;
  return holding.handedOn && !quiet.test(callee) && !holding.isDiscord(call);
}

/** Where it is part of something else, only that which goes out of sight counts. */
const asPart = (holding: Holding, node: ts.Expression): boolean => tells({ ...holding, missing: null }, node);

function ofBinary(holding: Holding, node: ts.BinaryExpression, at: ts.Expression): boolean {
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.InKeyword) return node.right === at && names(holding, node.left);
  if (assigns(node)) {
    if (node.right !== at) return false;
    return ts.isIdentifier(node.left)
      ? ofName(holding, node.left)
      : holding.handedOn && !answering.test(node.left.getText());
  }
  const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken } = ts.SyntaxKind;
  const passes = kind === BarBarToken || kind === QuestionQuestionToken;
  return (passes || (kind === AmpersandAmpersandToken && node.right === at)) && tells(holding, node);
}

const followed = new Set<ts.Node>();

/** What is done with a name that holds it. */
function ofName(holding: Holding, name: ts.Identifier): boolean {
  // A name that is set to itself ends somewhere.
  if (followed.has(name)) return false;
  followed.add(name);
  try {
    return usesOf(holding.file, name).some((use) => use.parent !== name.parent && tells(holding, use));
  } finally {
    followed.delete(name);
  }
}

function ofMember(holding: Holding, access: ts.PropertyAccessExpression): boolean {
  const call = access.parent;
  const asks = access.name.text === 'hasOwnProperty' && ts.isCallExpression(call) && call.expression === access;
  return asks && names(holding, call.arguments[0]);
}

/** `[...list]`, `f(...list)` */
function ofSpreadEntries(holding: Holding, spread: ts.SpreadElement): boolean {
  const { parent } = spread;
  if (ts.isArrayLiteralExpression(parent)) return asPart(holding, parent);
  return ts.isCallExpression(parent) && ofArgument({ ...holding, missing: null }, parent, spread);
}

/** `export { it }`, `export default it` */
const isExporting = (around: ts.Node): boolean => ts.isExportSpecifier(around) || ts.isExportAssignment(around);

/** Whether the place around an object that holds such members tells them from missing ones, or hands it on. */
export function tells(holding: Holding, node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isSpreadAssignment(parent)) return ofSpread(holding, parent);
  if (ts.isForInStatement(parent)) return parent.expression === at && holding.missing !== null;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === at && ofMember(holding, parent);
  if (ts.isCallExpression(parent)) return parent.expression !== at && ofArgument(holding, parent, at);
  if (ts.isNewExpression(parent))
    return holding.handedOn && parent.expression !== at && !builders.test(parent.expression.getText());
  if (ts.isBinaryExpression(parent)) return ofBinary(holding, parent, at);
  if (ts.isConditionalExpression(parent)) return parent.condition !== at && tells(holding, parent);
  if (ts.isAwaitExpression(parent)) return tells(holding, parent);
  if (isExporting(parent)) return holding.handedOn;
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) && ofName(holding, parent.name);
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent))
    return asPart(holding, parent.parent);
  if (ts.isArrayLiteralExpression(parent)) return asPart(holding, parent);
  return ts.isSpreadElement(parent) && ofSpreadEntries(holding, parent);
}

/** Methods of discord.js that take an object by its names, and of servers that answer with its JSON. */
const sending =
  /\.(send|reply|followUp|edit|editReply|update|respond|json|addFields?|setFields|addComponents|setDescription|setFooter|setAuthor|setPresence|setActivity)$/;

/** Whether a call of the code behind a broadcast makes no difference of what is missing and what is `undefined`. */
export const isSent = ({ expression }: ts.CallExpression): boolean => sending.test(expression.getText());

/** Whether a value goes to where nobody sees what is done with it. */
export const goesOutOfSight = (file: ParsedFile, value: ts.Expression): boolean =>
  tells({ file, missing: null, handedOn: true, isDiscord: isSent }, value);
