/** plan/dead-aliases: `const { shard } = client`, when the rewritten calls were all that used it. */
import { dottedShard } from '../syntax/access.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { linesOf } from '../syntax/statements.ts';
import { descendants, isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { removals } from './imports.ts';

type Alias = ts.VariableDeclaration | ts.BindingElement;

/** A variable or a part of a pattern that only takes a member out of a dotted name, so that nothing is lost with it. */
function aliasOf(declaration: ts.Declaration | undefined): Alias | null {
  if (declaration === undefined || !(ts.isVariableDeclaration(declaration) || ts.isBindingElement(declaration)))
    return null;
  const pattern = ts.isBindingElement(declaration) ? declaration.parent : null;
  const variable = pattern === null ? declaration : pattern.parent;
  if (!ts.isVariableDeclaration(variable) || variable.initializer === undefined) return null;
  const list = variable.parent;
  const statement = list.parent;
  if (!ts.isVariableDeclarationList(list) || !ts.isVariableStatement(statement)) return null;
  if (
    list.declarations.length > 1 ||
    (ts.getModifiers(statement) ?? []).length > 0 ||
    dottedShard(variable.initializer) === null
  )
    return null;
  // A directive above would be about the next line.
  return /@ts-/.test(statement.getFullText().slice(0, statement.getStart() - statement.pos)) ? null : declaration;
}

function removedFrom(text: string, aliases: readonly Alias[]): readonly Splice[] {
  const [first] = aliases;
  if (first === undefined) return [];
  const { parent } = first;
  const whole = !ts.isObjectBindingPattern(parent) || parent.elements.length === aliases.length;
  if (!whole) {
    // What is left over for `...rest` would grow.
    const rest = parent.elements.some(({ dotDotDotToken }) => dotDotDotToken !== undefined);
    return rest ? [] : removals(text, parent, new Set(aliases.filter(ts.isBindingElement)));
  }
  let at: ts.Node = first;
  while (!ts.isVariableStatement(at)) at = at.parent;
  return [linesOf(at, null)];
}

/**
 * The splices that take away what only rewritten receivers used.
 *
 * @param receivers - the splices of the rewritten receivers of the file
 */
export function deadAliases(file: ParsedFile, receivers: readonly Splice[]): readonly Splice[] {
  // What is either a manager or a ShardClientUtil is still asked for by its name.
  const replaced = receivers.filter(({ text }) => /\.cluster$/.test(text)).map(({ start }) => start);
  if (replaced.length === 0) return [];
  // Where a name starts behind its comments is asked last: it is read from the text.
  const isReplaced = (node: ts.Node): boolean =>
    replaced.some((start) => node.pos <= start && start < node.end && node.getStart() === start);
  const names = descendants(file.tree).filter(
    (node): node is ts.Identifier => ts.isIdentifier(node) && isReplaced(node) && !isNameOnly(node),
  );
  const byPlace = new Map<ts.Node, Alias[]>();
  for (const symbol of new Set(names.map((node) => symbolOf(file.checker, node)))) {
    const alias = aliasOf(symbol?.valueDeclaration);
    if (alias === null) continue;
    const isUse = (node: ts.Node): boolean =>
      ts.isIdentifier(node) &&
      node.text === symbol?.name &&
      node !== alias.name &&
      symbolOf(file.checker, node) === symbol;
    if (!descendants(file.tree).filter(isUse).every(isReplaced)) continue;
    byPlace.set(alias.parent, [...(byPlace.get(alias.parent) ?? []), alias]);
  }
  return [...byPlace.values()].flatMap((aliases) => removedFrom(file.source.text, aliases));
}
