/** results/list-use: what code takes the answer of one cluster for: the value itself, or a list of it. */
import { chooses } from '../modules/held.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, isSetting, unwrap, wrapped } from '../syntax/syntax.ts';
import { usesOf, usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { isOfValue, isShared, memberSays, patternSays, saidOf, usesOfOthers } from './answer-places.ts';
import { isIndexed, isList, isTextType, type Spoken, spokenOf, typeAsked, typeGiven } from './answer-types.ts';

/** `used` is a use that no list has, and `indexed` one that a list has; what is known of the types comes before both. */
type Proof = Spoken | 'used' | 'indexed';

/** Follows an answer to what says something of it. */
class AnswerUse {
  readonly found = new Set<Proof>();
  readonly #file: ParsedFile;
  readonly #given: ts.Type | null;
  readonly #seen = new Set<ts.Node>();
  /** Whether what is followed may be another value. */
  #isOther = false;

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
    else if (ts.isElementAccessExpression(parent) && parent.expression === at) this.#ofKey(parent);
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

  #ofMember(access: ts.PropertyAccessExpression): void {
    const { text } = access.name;
    const { parent: call } = wrapped(access);
    const isCalled = ts.isCallExpression(call) && unwrap(call.expression) === access;
    if (!isCalled || !/^(?:then|catch|finally)$/.test(text)) this.#read(access, memberSays(text, isCalled));
    else if (text === 'then') this.#ofCallback(call.arguments[0]);
    else this.follow(call);
  }

  #ofKey(access: ts.ElementAccessExpression): void {
    const { argumentExpression: key } = access;
    if (ts.isStringLiteralLike(key)) this.#read(access, memberSays(key.text, false));
    else if (isTextType(this.#file, key)) this.#add('unknown');
    else this.#ofIndex(false);
  }

  /** A member that is only written says nothing of what has it. */
  #read(access: ts.Expression, says: Proof): void {
    const { parent } = access;
    const isWritten = (isSetting(parent) && parent.left === access) || ts.isDeleteExpression(parent);
    this.#add(isWritten ? 'unknown' : says);
  }

  /** An entry of a list, of which `Promise.all` makes one of answers. */
  #ofEntry(at: ts.Expression): void {
    const uses = usesOfResult(this.#file, at);
    if (uses === null) this.#ofPlace(at);
    else for (const use of uses) this.follow(use);
  }

  #add(one: Proof): void {
    this.found.add(this.#isOther && (one === 'value' || one === 'used') ? 'unknown' : one);
  }

  #ofType(type: ts.Type | undefined): void {
    this.#add(type === undefined ? 'unknown' : spokenOf(this.#file, type, this.#given));
  }

  #ofPlace(at: ts.Expression): void {
    this.#ofType(typeAsked(this.#file, at));
  }

  /** An index, which may lead into a value that is a list itself; a pattern or a cast that says `list` speaks of one. */
  #ofIndex(said: boolean): void {
    const isOpen = this.#given === null ? !said : isIndexed(this.#file, this.#given);
    this.#add(isOpen ? 'indexed' : 'list');
  }

  #ofOperator(parent: ts.BinaryExpression, at: ts.Expression): void {
    const { left, right, operatorToken } = parent;
    if (isSetting(parent)) {
      if (left === at) return;
      this.#ofTarget(left);
      this.follow(parent);
    } else if (chooses(operatorToken)) {
      const isTest = operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && left === at;
      if (isTest) this.#add('unknown');
      else this.follow(parent);
    } else if (operatorToken.kind === ts.SyntaxKind.CommaToken) {
      if (right === at) this.follow(parent);
    } else this.#add(isOfValue(parent) && !(assigns(parent) && right === at) ? 'used' : 'unknown');
  }

  /** What is set to the answer. */
  #ofTarget(left: ts.Expression): void {
    const { checker, typed } = this.#file;
    if (ts.isArrayLiteralExpression(left)) this.#ofIndex(true);
    else if (ts.isObjectLiteralExpression(left)) this.#ofPattern(left);
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
    if (ts.isObjectBindingPattern(name)) this.#ofPattern(name);
    if (!ts.isIdentifier(name)) return;
    if (type !== undefined) this.#ofType(this.#file.checker.getTypeFromTypeNode(type));
    else if (isShared(this.#file, declaration)) this.#add('unknown');
    this.#ofUses(usesOf(this.#file, name));
  }

  #ofPattern(pattern: ts.ObjectBindingPattern | ts.ObjectLiteralExpression): void {
    for (const one of ['unknown' as const, ...patternSays(pattern)]) this.#add(one);
  }

  #ofUses(uses: readonly ts.Identifier[]): void {
    const others = usesOfOthers(uses, (node) => this.#seen.has(saidOf(node)));
    const was = this.#isOther;
    for (const use of uses) {
      this.#isOther = was || others.has(use);
      this.follow(use);
    }
    this.#isOther = was;
  }

  #ofCast(cast: ts.AsExpression | ts.TypeAssertion): void {
    const type = this.#file.checker.getTypeFromTypeNode(cast.type);
    const spoken = spokenOf(this.#file, type, this.#given);
    if (spoken === 'value' || spoken === 'list') this.#add(spoken);
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
  #ofResult(at: ts.Expression, fn: ts.SignatureDeclaration | undefined): void {
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
  const isValue = found.has('value') || (found.has('used') && !found.has('indexed'));
  if (found.has('list') !== isValue) return isValue ? 'value' : 'list';
  return found.size === 0 || (found.size === 1 && found.has('nothing')) ? 'nothing' : 'unknown';
}
