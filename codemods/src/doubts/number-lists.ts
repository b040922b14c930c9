/** doubts/number-lists: the lists that are written in a file and stay as they are, so that their entries are known. */
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isNameOnly, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

const reading =
  /^(at|concat|entries|every|filter|find|findIndex|flatMap|forEach|includes|indexOf|join|keys|length|map|reduce|slice|some|values)$/;

/** Whether a mention of a list leaves it as it is, and hands it to nobody. */
function onlyReads(mention: ts.Identifier): boolean {
  const at = wrapped(mention);
  const { parent } = at;
  if (ts.isSpreadElement(parent)) return true;
  if (ts.isForOfStatement(parent)) return parent.expression === at;
  if (ts.isElementAccessExpression(parent)) return parent.expression === at && writtenAt(parent).length === 0;
  return ts.isPropertyAccessExpression(parent) && reading.test(parent.name.text) && writtenAt(parent).length === 0;
}

function declaredList({ checker, tree }: ParsedFile, name: ts.Identifier): ts.VariableDeclaration | null {
  const symbol = symbolOf(checker, name);
  const declared = symbol?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared)) return null;
  const statement = declared.parent.parent;
  if (ts.isVariableStatement(statement) && /^export\b/.test(statement.getText())) return null;
  const kept = descendants(tree).every((one) => {
    if (!ts.isIdentifier(one) || one.text !== name.text || one === declared.name || isNameOnly(one)) return true;
    return symbolOf(checker, one) !== symbol || onlyReads(one);
  });
  return kept ? declared : null;
}

/** Every list that an expression may be, where all of them are written and stay; `null` where that is not known. */
export function writtenLists(
  file: ParsedFile,
  node: ts.Expression,
  depth = 4,
): readonly ts.ArrayLiteralExpression[] | null {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at)) return [at];
  const declared = depth > 0 && ts.isIdentifier(at) ? declaredList(file, at) : null;
  if (declared === null) return null;
  if (declared.initializer !== undefined) return writtenLists(file, declared.initializer, depth - 1);
  const loop = declared.parent.parent;
  const rows = ts.isForOfStatement(loop) ? writtenLists(file, loop.expression, depth - 1) : null;
  const lists = rows?.flatMap(({ elements }) => elements.map((one) => writtenLists(file, one, depth - 1))) ?? [null];
  return lists.includes(null) ? null : lists.flatMap((one) => one ?? []);
}

/** What stands at a place of a written list; `null` for a list that may be another, or is shorter. */
export function writtenEntries(
  file: ParsedFile,
  { expression, argumentExpression: index }: ts.ElementAccessExpression,
): readonly ts.Expression[] | null {
  const lists = ts.isNumericLiteral(index) ? writtenLists(file, expression) : null;
  if (lists === null || lists.length === 0) return null;
  const entries = lists.map(({ elements }) =>
    elements.some(ts.isSpreadElement) ? undefined : elements[Number(index.getText())],
  );
  return entries.some((one) => one === undefined) ? null : entries.flatMap((one) => one ?? []);
}
