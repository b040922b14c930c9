/** verify/value-sources: the calls that the values of some lines come from. */
import type { Site } from '../sites/sites.ts';
import { descendants, isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isWithin } from './site-places.ts';

/** What gives a value: a variable, a function, a member of a class, or what a callback is handed to. */
type Source = ts.VariableDeclaration | ts.FunctionDeclaration | ts.ClassElement | ts.Expression;

// A value that comes a longer way is not followed.
const most = 300;

const isPart = (node: ts.Node): boolean =>
  ts.isBindingElement(node) || ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node);

/** Whether a function gives something. */
function gives(checker: ts.TypeChecker, fn: ts.SignatureDeclaration): boolean {
  const signature = checker.getSignatureFromDeclaration(fn);
  if (signature === undefined) return true;
  const given = checker.getReturnTypeOfSignature(signature);
  const type = checker.getAwaitedType(given) ?? given;
  return (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Never)) === 0;
}

/** What calls a callback, which gives it its parameters. */
function callerOf({ parent: fn }: ts.ParameterDeclaration): ts.Expression | null {
  const call = fn.parent;
  const isCallback = (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) && ts.isCallExpression(call);
  return isCallback && call.expression !== fn ? call.expression : null;
}

/** What a name stands for, in whichever pattern or file it is taken out. */
function sourceOf(checker: ts.TypeChecker, name: ts.Identifier | ts.PrivateIdentifier): Source | null {
  const found = ts.isIdentifier(name) ? symbolOf(checker, name) : checker.getSymbolAtLocation(name);
  const symbol = found !== undefined && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  let at: ts.Node | undefined = symbol?.valueDeclaration;
  while (at !== undefined && isPart(at)) at = at.parent;
  if (at === undefined || at.getSourceFile().isDeclarationFile) return null;
  if (ts.isVariableDeclaration(at)) return at;
  if (ts.isParameter(at)) return callerOf(at);
  if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return gives(checker, at) ? at : null;
  return ts.isPropertyDeclaration(at) || ts.isGetAccessorDeclaration(at) ? at : null;
}

/** Whether a node is a name that stands for something: a member is, where its class is in the bot. */
const isRead = (node: ts.Node): node is ts.Identifier | ts.PrivateIdentifier =>
  ts.isPrivateIdentifier(node) ||
  (ts.isIdentifier(node) &&
    (!isNameOnly(node) || (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)));

/** The sites that the values at a position come from: those of the smallest expression there that has any. */
export function sourcesAt(
  { scope, at }: { readonly scope: ts.Node; readonly at: number },
  checker: ts.TypeChecker,
  sites: readonly Site[],
): readonly Site[] {
  const around = descendants(scope).filter((node) => node.pos <= at && at < node.end);
  // What a part of an expression reads leads nowhere where a larger one is asked.
  const seen = new Set<ts.Node>();
  for (const node of around.reverse()) {
    const found = sourcesOf(node, { checker, sites, seen });
    if (found.length > 0) return found;
  }
  return [];
}

interface Following {
  readonly checker: ts.TypeChecker;
  readonly sites: readonly Site[];
  /** What was followed before. */
  readonly seen: Set<ts.Node>;
}

/** The sites that stand where that gets its value which a node reads, by way of others or not. */
function sourcesOf(node: ts.Node, { checker, sites, seen }: Following): readonly Site[] {
  const found = new Set<Site>();
  const ahead: ts.Node[] = [node];
  for (let from = ahead.pop(); from !== undefined && seen.size < most; from = ahead.pop()) {
    for (const name of descendants(from).filter(isRead)) {
      const one = sourceOf(checker, name);
      if (one === null || seen.has(one)) continue;
      seen.add(one);
      const path = one.getSourceFile().fileName;
      for (const site of sites) if (isWithin(site, path, one)) found.add(site);
      ahead.push(one);
    }
  }
  return [...found];
}
