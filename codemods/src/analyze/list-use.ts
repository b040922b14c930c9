/** analyze/list-use: what code takes the answer of one cluster for: the value itself, or a list of it. */
import { ts } from '../typescript.js';
import { loadersOf, loadsByMadeNames } from '../wrapper-files.ts';
import { isIndexed, isList, type Spoken, spokenOf, typeAsked, typeGiven } from './answer-types.ts';
import { chooses } from './held.ts';
import type { ParsedFile } from './program.ts';
import { assigns, wrapped } from './syntax.ts';
import { usesOf, usesOfResult } from './uses.ts';

/** What an expression is, with what is only said of it: in parentheses, surely there. */
function saidOf(node: ts.Expression): ts.Expression {
  const { parent } = node;
  return ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) ? saidOf(parent) : node;
}

type Given = ts.SignatureDeclaration | undefined;

const isNothing = (node: ts.Expression): boolean => /^(?:null|undefined|void 0)$/.test(node.getText());

/** Whether an operator is about a value that is no list: it calculates, or compares with something that is there. */
function isOfValue({ left, right, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const { InKeyword, InstanceOfKeyword } = ts.SyntaxKind;
  return ![InKeyword, InstanceOfKeyword].includes(kind) && ![left, right].some((one) => isNothing(one) || isText(one));
}

/** Beside a text a list becomes one, too. */
const isText = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** Whether a pattern takes a member that no list has. */
const takesMember = (names: readonly (ts.PropertyName | ts.BindingName | undefined)[]): boolean =>
  names.some((name) => name !== undefined && ts.isIdentifier(name) && !(name.text in []));

/** Whether files beside its own may get what one declares. */
function isShared({ source: { path } }: ParsedFile, declaration: ts.Declaration): boolean {
  const isExported = ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export;
  return isExported !== 0 && (loadersOf(path).length > 0 || loadsByMadeNames(path));
}

/** Follows an answer to what says something of it. */
class AnswerUse {
  readonly found = new Set<Spoken>();
  readonly #file: ParsedFile;
  readonly #given: ts.Type | null;
  readonly #seen = new Set<ts.Node>();

  constructor(file: ParsedFile, given: ts.Type | null) {
    this.#file = file;
    this.#given = given;
  }

  /** What becomes of the answer, or of a promise of it. */
  follow(value: ts.Expression): void {
    const at = saidOf(value);
    const { parent } = at;
    if (this.#seen.has(at)) return;
    this.#seen.add(at);
    if (ts.isAwaitExpression(parent)) this.follow(parent);
    else if (ts.isPropertyAccessExpression(parent)) this.#ofMember(parent);
    else if (ts.isElementAccessExpression(parent) && parent.expression === at) this.#ofIndex(false);
    else if (ts.isSpreadElement(parent) || ts.isForOfStatement(parent)) this.#ofIndex(false);
    else if (ts.isArrayLiteralExpression(parent)) this.#ofEntry(at);
    else if (ts.isBinaryExpression(parent)) this.#ofOperator(parent, at);
    else if (ts.isConditionalExpression(parent) && parent.condition !== at) this.follow(parent);
    else if (ts.isVariableDeclaration(parent)) this.#ofName(parent);
    else if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent)) this.#ofCast(parent);
    else if (ts.isReturnStatement(parent)) this.#ofResult(at, ts.findAncestor(parent, ts.isFunctionLike));
    else if (ts.isArrowFunction(parent)) this.#ofResult(at, parent);
    else if (!ts.isExpressionStatement(parent) && !ts.isVoidExpression(parent)) this.#ofPlace(at);
  }

  #ofMember({ name: { text }, parent: call }: ts.PropertyAccessExpression): void {
    if (!ts.isCallExpression(call) || !/^(?:then|catch|finally)$/.test(text))
      this.#add(text in [] ? 'unknown' : 'value');
    else if (text === 'then') this.#ofCallback(call.arguments[0]);
    else this.follow(call);
  }

  /** An entry of a list, of which `Promise.all` makes one of answers. */
  #ofEntry(at: ts.Expression): void {
    const uses = usesOfResult(this.#file, at);
    if (uses === null) this.#ofPlace(at);
    else for (const use of uses) this.follow(use);
  }

  #add(one: Spoken): void {
    this.found.add(one);
  }

  #ofType(type: ts.Type | undefined): void {
    this.#add(type === undefined ? 'unknown' : spokenOf(this.#file, type, this.#given));
  }

  #ofPlace(at: ts.Expression): void {
    this.#ofType(typeAsked(this.#file, at));
  }

  /** An index, which may lead into a value that is a list itself; a pattern or a cast that says `list` speaks of one. */
  #ofIndex(said: boolean): void {
    if (this.#given === null) this.#add(said ? 'list' : 'unknown');
    else this.#add(isIndexed(this.#file, this.#given) ? 'unknown' : 'list');
  }

  #ofOperator(parent: ts.BinaryExpression, at: ts.Expression): void {
    const { left, right, operatorToken } = parent;
    if (parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      if (left === at) return;
      this.#ofTarget(left);
      this.follow(parent);
    } else if (chooses(operatorToken)) {
      const isTest = operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && left === at;
      if (isTest) this.#add('unknown');
      else this.follow(parent);
    } else if (operatorToken.kind === ts.SyntaxKind.CommaToken) {
      if (right === at) this.follow(parent);
    } else this.#add(isOfValue(parent) && !(assigns(parent) && right === at) ? 'value' : 'unknown');
  }

  /** What is set to the answer. */
  #ofTarget(left: ts.Expression): void {
    const { checker, typed } = this.#file;
    if (ts.isArrayLiteralExpression(left)) this.#ofIndex(true);
    else if (ts.isObjectLiteralExpression(left))
      this.#add(takesMember(left.properties.map((one) => one.name)) ? 'value' : 'unknown');
    else if (!ts.isIdentifier(left)) this.#ofType(typed ? checker.getTypeAtLocation(left) : undefined);
    else {
      const declared = checker.getSymbolAtLocation(left)?.valueDeclaration;
      if (declared !== undefined && ts.isVariableDeclaration(declared)) this.#ofName(declared);
      else this.#add('unknown');
    }
  }

  /** A variable or a parameter that is the answer. */
  #ofName(declaration: ts.VariableDeclaration | ts.ParameterDeclaration): void {
    const { name, type } = declaration;
    if (ts.isArrayBindingPattern(name)) this.#ofIndex(true);
    if (ts.isObjectBindingPattern(name))
      this.#add(takesMember(name.elements.map((one) => one.propertyName ?? one.name)) ? 'value' : 'unknown');
    if (!ts.isIdentifier(name)) return;
    if (type !== undefined) this.#ofType(this.#file.checker.getTypeFromTypeNode(type));
    else if (isShared(this.#file, declaration)) this.#add('unknown');
    for (const use of usesOf(this.#file, name)) this.follow(use);
  }

  #ofCast(cast: ts.AsExpression | ts.TypeAssertion): void {
    const type = this.#file.checker.getTypeFromTypeNode(cast.type);
    const spoken = spokenOf(this.#file, type, this.#given);
    if (spoken === 'value') this.#add(spoken);
    else if (isList(this.#file, type)) this.#ofIndex(true);
    else this.follow(cast);
  }

  /** `promise.then(fn)` */
  #ofCallback(fn: ts.Expression | undefined): void {
    if (fn === undefined || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) {
      this.#add('unknown');
      return;
    }
    const [first] = fn.parameters;
    if (first?.dotDotDotToken !== undefined) this.#add('unknown');
    else if (first !== undefined) this.#ofName(first);
  }

  /** What a function gives to those who call it. */
  #ofResult(at: ts.Expression, fn: Given): void {
    if (fn?.type !== undefined) this.#ofPlace(at);
    else if (fn !== undefined && ts.isFunctionDeclaration(fn)) this.#ofFunction(fn);
    else if (fn !== undefined && ts.isVariableDeclaration(fn.parent)) this.#ofFunction(fn.parent);
    else this.#add('unknown');
  }

  /** What becomes of the results of a function, which are promises of the answer. */
  #ofFunction(declaration: ts.FunctionDeclaration | ts.VariableDeclaration): void {
    const { name, type } = declaration;
    if (name === undefined || !ts.isIdentifier(name) || type !== undefined || isShared(this.#file, declaration)) {
      this.#add('unknown');
      return;
    }
    for (const use of usesOf(this.#file, name)) {
      const call = wrapped(use).parent;
      if (ts.isCallExpression(call) && call.expression === wrapped(use)) this.follow(call);
      else this.#add('unknown');
    }
  }
}

/** What code takes the answer to a call for, where one of its uses or a declared type proves it. */
export function takenFor(file: ParsedFile, call: ts.CallExpression): Spoken {
  const use = new AnswerUse(file, typeGiven(file, call));
  use.follow(call);
  const { found } = use;
  if (found.has('list') !== found.has('value')) return found.has('list') ? 'list' : 'value';
  return found.size === 0 || (found.size === 1 && found.has('nothing')) ? 'nothing' : 'unknown';
}
