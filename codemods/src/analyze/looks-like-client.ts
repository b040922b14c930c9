/** analyze/looks-like-client: whether code without types speaks of an object as of a client of discord.js. */
import { ts } from '../typescript.js';
import { areOfClient, membersTaken, usedAsClient } from './client-members.ts';
import { saysClient } from './client-words.ts';
import { handedTo } from './handed.ts';
import type { ParsedFile } from './program.ts';
import { symbolOf, unwrap } from './syntax.ts';

/** What there is to judge by. */
export interface Evidence {
  readonly file: ParsedFile;
  /** Whether the receiver of a call is proven. */
  readonly isOurs: (call: ts.CallExpression) => boolean;
}

/** The last name of an expression: of `a.b` and of `a.b()` it is `b`. */
function lastName(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text;
  if (ts.isPropertyAccessExpression(at)) return at.name.text;
  if (ts.isAwaitExpression(at)) return lastName(at.expression);
  return ts.isCallExpression(at) || ts.isNewExpression(at) ? lastName(at.expression) : null;
}

function classAround(node: ts.Node): ts.ClassLikeDeclaration | null {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isClassLike(at)) at = at.parent;
  return ts.isClassLike(at) ? at : null;
}

/** What is written where a name is declared: its type, the member it was taken from, or what it was made of. */
function declaredLike(evidence: Evidence, node: ts.Identifier, depth: number): boolean {
  const declaration = symbolOf(evidence.file.checker, node)?.valueDeclaration;
  if (declaration === undefined) return false;
  if (ts.isBindingElement(declaration)) return saysClient((declaration.propertyName ?? declaration.name).getText());
  if (ts.isParameter(declaration)) return parameterLike(evidence, declaration, depth);
  if (!ts.isVariableDeclaration(declaration)) return false;
  const value = declaration.initializer;
  if (saysClient((declaration.type ?? ts.getJSDocType(declaration))?.getText())) return true;
  return value !== undefined && isLike(evidence, value, depth - 1);
}

/** A parameter: by its type, by the broadcast that hands it a client, or by what every call in this file hands over. */
function parameterLike(evidence: Evidence, parameter: ts.ParameterDeclaration, depth: number): boolean {
  if (saysClient((parameter.type ?? ts.getJSDocType(parameter))?.getText())) return true;
  if (isGiven(evidence, parameter)) return true;
  const given = handedTo(evidence.file, parameter) ?? [];
  return given.length > 0 && given.every((value) => value !== undefined && isLike(evidence, value, depth - 1));
}

/** The client that a broadcast hands to its function. */
function isGiven({ isOurs }: Evidence, parameter: ts.ParameterDeclaration): boolean {
  const fn = parameter.parent;
  const call = fn.parent;
  if (fn.parameters[0] !== parameter || !ts.isCallExpression(call) || call.arguments[0] !== fn) return false;
  return /broadcastEval$/.test(call.expression.getText()) && isOurs(call);
}

function isLike(evidence: Evidence, holder: ts.Expression, depth: number): boolean {
  if (depth === 0) return false;
  const { file } = evidence;
  const at = unwrap(holder);
  if (at.kind === ts.SyntaxKind.ThisKeyword) {
    const own = classAround(at);
    // A function of its own may be called on any client; a class says what it is.
    return (
      own === null || saysClient(own.name?.text) || (own.heritageClauses ?? []).some((one) => saysClient(one.getText()))
    );
  }
  if (saysClient(lastName(at) ?? undefined)) return true;
  if (saysClient(file.checker.getTypeAtLocation(at).symbol?.name)) return true;
  return (ts.isIdentifier(at) && declaredLike(evidence, at, depth)) || usedAsClient(file, at);
}

/** Whether an object whose `shard` is asked is evidently a client: by its name, its type, its class, what else is read of it. */
export function looksLikeClient(evidence: Evidence, holder: ts.Expression): boolean {
  return isLike(evidence, holder, 4);
}

/** The same of an object that only a pattern sees: `({ client: { shard } }) =>`. */
export function patternLooksLikeClient(evidence: Evidence, pattern: ts.ObjectBindingPattern): boolean {
  const taken = membersTaken(pattern);
  if (areOfClient(taken)) return true;
  const { parent } = pattern;
  if (ts.isBindingElement(parent)) return saysClient(parent.propertyName?.getText());
  // What is handed over together with a client belongs to it.
  if (ts.isParameter(parent))
    return taken.some((name) => /^(?:client|bot)$/.test(name)) || parameterLike(evidence, parent, 4);
  const loop = parent.parent.parent;
  return ts.isForOfStatement(loop) && saysClient(lastName(loop.expression) ?? undefined);
}
