/** verify/value-sources: the calls that the values of some lines come from. */
import type { Site } from '../sites/sites.ts';
import { descendants, isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** The declaration of a variable that a name stands for, in whichever pattern it is taken out. */
function variableOf(checker: ts.TypeChecker, name: ts.Identifier): ts.VariableDeclaration | null {
  let at: ts.Node | undefined = symbolOf(checker, name)?.valueDeclaration;
  const isPart = (node: ts.Node): boolean =>
    ts.isBindingElement(node) || ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node);
  while (at !== undefined && isPart(at)) at = at.parent;
  return at !== undefined && ts.isVariableDeclaration(at) ? at : null;
}

/** The declarations of the variables that a node reads. */
function readBy(checker: ts.TypeChecker, node: ts.Node): readonly ts.VariableDeclaration[] {
  return descendants(node).flatMap((one) =>
    ts.isIdentifier(one) && !isNameOnly(one) ? (variableOf(checker, one) ?? []) : [],
  );
}

/** The sites that the values at a position come from: those of the smallest expression there that has any. */
export function sourcesAt(scope: ts.Node, at: number, sites: readonly Site[]): readonly Site[] {
  const around = descendants(scope).filter((node) => node.pos <= at && at < node.end);
  for (const node of around.reverse()) {
    const found = sourcesOf(node, sites);
    if (found.length > 0) return found;
  }
  return [];
}

/** The sites that stand where the variables get their values which a node reads, by way of others or not. */
function sourcesOf(node: ts.Node, sites: readonly Site[]): readonly Site[] {
  const [first] = sites;
  if (first === undefined) return [];
  const { tree, checker } = first.file;
  const seen = new Set<ts.Node>();
  const found = new Set<Site>();
  const follow = (from: ts.Node): void => {
    for (const one of readBy(checker, from)) {
      if (seen.has(one) || one.getSourceFile() !== tree) continue;
      seen.add(one);
      for (const site of sites) if (one.pos <= site.at && site.at < one.end) found.add(site);
      follow(one);
    }
  };
  follow(node);
  return [...found];
}
