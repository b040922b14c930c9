/** analyze/looks-like-client: whether code without types speaks of an object as of a client of discord.js. */
import { ts } from '../typescript.js';
import { importOf } from './bindings.ts';
import { extendedBy } from './class-owner.ts';
import { areOfClient, membersTaken, usedAsClient } from './client-members.ts';
import { saysClient, saysClientModule } from './client-words.ts';
import { extendsForeign } from './foreign.ts';
import { handedTo } from './handed.ts';
import { loadedValues } from './loaded-values.ts';
import type { ParsedFile } from './program.ts';
import { requiredModule, symbolOf, unwrap } from './syntax.ts';
import { typeSaysClient } from './type-says-client.ts';

/** What there is to judge by. */
export interface Evidence {
  readonly file: ParsedFile;
  /** Whether the receiver of a call is proven. */
  readonly isOurs: (call: ts.CallExpression) => boolean;
}

/** Steps from one name to the next, and from one file to the next. */
const deepest = 7;

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

/** A class that extends a client, or is called one. */
function classLike(evidence: Evidence, own: ts.ClassLikeDeclaration, depth: number): boolean {
  if (extendsForeign(evidence.file, own)) return false;
  if (saysClient(own.name?.text) || (own.heritageClauses ?? []).some((one) => saysClient(one.getText()))) return true;
  const parent = extendedBy(own);
  return parent !== undefined && isLike(evidence, parent, depth - 1);
}

/** What is written where a name is declared: its type, the member it was taken from, or what it was made of. */
function declaredLike(evidence: Evidence, node: ts.Identifier, depth: number): boolean {
  const symbol = symbolOf(evidence.file.checker, node);
  // Of `require('./x').y` there is no value to the checker.
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  if (declaration === undefined) return false;
  if (ts.isBindingElement(declaration)) return saysClient((declaration.propertyName ?? declaration.name).getText());
  if (ts.isParameter(declaration)) return parameterLike(evidence, declaration, depth);
  if (ts.isClassLike(declaration)) return classLike(evidence, declaration, depth);
  if (!ts.isVariableDeclaration(declaration)) return false;
  const value = declaration.initializer;
  if (typeSaysClient(evidence.file, declaration)) return true;
  return value !== undefined && isLike(evidence, value, depth - 1);
}

/** A parameter: by its type, by the broadcast that hands it a client, or by what every call in this file hands over. */
function parameterLike(evidence: Evidence, parameter: ts.ParameterDeclaration, depth: number): boolean {
  if (typeSaysClient(evidence.file, parameter) || isGiven(evidence, parameter)) return true;
  const given = handedTo(evidence.file, parameter) ?? [];
  return given.length > 0 && given.every((value) => value !== undefined && isLike(evidence, value, depth - 1));
}

/** What another file of the bot exports: by what stands there, or, if it is not there, by the path to it. */
function loadedLike({ file }: Evidence, node: ts.Expression, depth: number): boolean {
  const binding = ts.isIdentifier(node) ? importOf(file.checker, node) : null;
  const direct = ts.isPropertyAccessExpression(node) ? requiredModule(node.expression) : null;
  const specifier = binding?.specifier ?? direct;
  if (specifier === null || !/^\.{1,2}(?:\/|$)/.test(specifier)) return false;
  const name = binding?.imported ?? (ts.isPropertyAccessExpression(node) ? node.name.text : '*');
  const loaded = loadedValues(file.source.path, specifier, name);
  if (loaded === null) return saysClientModule(specifier);
  const there: Evidence = { file: loaded.file, isOurs: () => false };
  return loaded.values.some((value) => isLike(there, value, depth - 1));
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
    return own === null || classLike(evidence, own, depth);
  }
  if (saysClient(lastName(at) ?? undefined)) return true;
  if (saysClient(file.checker.getTypeAtLocation(at).symbol?.name)) return true;
  if (ts.isClassExpression(at)) return classLike(evidence, at, depth);
  if (ts.isNewExpression(at)) return isLike(evidence, at.expression, depth);
  if (ts.isIdentifier(at) && declaredLike(evidence, at, depth)) return true;
  return usedAsClient(file, at) || loadedLike(evidence, at, depth);
}

/** Whether an object whose `shard` is asked is evidently a client: by its name, its type, its class, what else is read of it. */
export function looksLikeClient(evidence: Evidence, holder: ts.Expression): boolean {
  return isLike(evidence, holder, deepest);
}

/** The same of an object that only a pattern sees: `({ client: { shard } }) =>`. */
export function patternLooksLikeClient(evidence: Evidence, pattern: ts.ObjectBindingPattern): boolean {
  const taken = membersTaken(pattern);
  if (areOfClient(taken)) return true;
  const { parent } = pattern;
  if (ts.isBindingElement(parent)) return saysClient(parent.propertyName?.getText());
  // What is handed over together with a client belongs to it.
  if (ts.isParameter(parent))
    return taken.some((name) => /^(?:client|bot)$/.test(name)) || parameterLike(evidence, parent, deepest);
  const loop = parent.parent.parent;
  return ts.isForOfStatement(loop) && saysClient(lastName(loop.expression) ?? undefined);
}
