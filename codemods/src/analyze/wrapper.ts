/** analyze/wrapper: a function of the bot's own that hands the function it is given on to broadcastEval. */
import { ts } from 'ts-morph';
import type { ParsedFile } from './program.ts';
import { descendants, type MovableFunction, symbolOf, unwrap } from './syntax.ts';

/** A wrapper of which every caller is known, and each hands over a function that is written right there. */
export interface Wrapper {
  /** What the broadcast is given: from now on it holds the name of a handler. */
  readonly parameter: ts.ParameterDeclaration;
  readonly functions: readonly MovableFunction[];
}

/** The name a function is called by, when nobody outside of its file can know it. */
function ownName(fn: ts.SignatureDeclaration): ts.Identifier | ts.PrivateIdentifier | null {
  const exported = (node: ts.Node): boolean => ts.canHaveModifiers(node) && /^export\b/.test(node.getText());
  if (ts.isFunctionDeclaration(fn)) return exported(fn) ? null : (fn.name ?? null);
  if (ts.isMethodDeclaration(fn)) return ts.isPrivateIdentifier(fn.name) ? fn.name : null;
  if (!(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) || !ts.isVariableDeclaration(fn.parent)) return null;
  const { name, parent: list } = fn.parent;
  const fixed = (list.flags & ts.NodeFlags.Const) !== 0 && !exported(list.parent);
  return fixed && ts.isIdentifier(name) ? name : null;
}

/** Every other place that says a name of this file. */
function usesOf(file: ParsedFile, name: ts.Identifier | ts.PrivateIdentifier): readonly ts.Node[] {
  const meant = (node: ts.Node): ts.Symbol | undefined =>
    ts.isIdentifier(node) ? symbolOf(file.checker, node) : file.checker.getSymbolAtLocation(node);
  const symbol = meant(name);
  return [...descendants(file.tree)].filter(
    (node) =>
      (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) &&
      node !== name &&
      node.text === name.text &&
      meant(node) === symbol,
  );
}

/** The function that a use of the wrapper hands over; `null` when it is no plain call with one written there. */
function handedOver(use: ts.Node, index: number): MovableFunction | null {
  const callee = ts.isPropertyAccessExpression(use.parent) && use.parent.name === use ? use.parent : use;
  const call = callee.parent;
  if (!ts.isCallExpression(call) || call.expression !== callee) return null;
  if (call.arguments.slice(0, index + 1).some(ts.isSpreadElement)) return null;
  const argument = call.arguments[index];
  const fn = argument === undefined ? null : unwrap(argument);
  return fn !== null && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? fn : null;
}

/** Finds the wrapper around a broadcast of one of its parameters; `null` when some caller is not known or not plain. */
export function wrapperAround(file: ParsedFile, argument: ts.Expression | undefined): Wrapper | null {
  const at = argument === undefined ? null : unwrap(argument);
  if (at === null || !ts.isIdentifier(at)) return null;
  const parameter = symbolOf(file.checker, at)?.valueDeclaration;
  if (parameter === undefined || !ts.isParameter(parameter) || !ts.isIdentifier(parameter.name)) return null;
  if (parameter.initializer !== undefined || parameter.dotDotDotToken !== undefined) return null;
  const name = ownName(parameter.parent);
  if (name === null || usesOf(file, parameter.name).length !== 1) return null;
  const index = parameter.parent.parameters.indexOf(parameter);
  const functions = usesOf(file, name).map((use) => handedOver(use, index));
  const found = functions.filter((fn) => fn !== null);
  return found.length > 0 && found.length === functions.length ? { parameter, functions: found } : null;
}
