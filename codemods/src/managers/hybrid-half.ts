/** managers/hybrid-half: which half of a bot of discord-hybrid-sharding a file has of it, its manager or its client. */
import type { WrapperGiven } from '../calls/wrapper-elsewhere.ts';
import { itself, type TakenName, under } from '../modules/held.ts';
import { namesTaken } from '../modules/names-taken.ts';
import { hybridNames, hybridParts } from '../rules/hybrid-names.ts';
import { type ParsedFile, syntaxErrors } from '../syntax/program.ts';
import { placesOf, symbolOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { loadsByText } from './hybrid-text.ts';
import { namesElsewhere } from './names-elsewhere.ts';

/** What a file brings of the two halves; `import` where other files take it out of there, or where nobody can tell. */
export type Half = 'manager' | 'client' | 'import';

/** Which half the class of that name is of. */
function halfOf(name: string): Exclude<Half, 'import'> | null {
  if (/^(?:Cluster)?Manager$/.test(name)) return 'manager';
  return /^(?:(?:AutoResharderCluster|Cluster)?Client|Shard)$/.test(name) ? 'client' : null;
}

/** Whether a name is known, and neither half is built of it. */
function isPart({ name, mixed }: Pick<TakenName, 'name' | 'mixed'>): boolean {
  return halfOf(name) === null && (mixed || hybridNames.has(name) || hybridParts.has(name));
}

/** Which half has its class by an import of the library; `null` where all that is taken of it is known to be of neither. */
export function halfTaken(file: ParsedFile, module: ts.StringLiteralLike, given: WrapperGiven): Half | null {
  // Its default holds the same names once more.
  const ways = [itself, under('default', itself)].map((held) => namesTaken(file, module, held));
  const halves = ways.flatMap((one) => one.names.map(({ name }) => halfOf(name)));
  const half = (['manager', 'client'] as const).find((one) => halves.includes(one));
  if (half !== undefined) return half;
  const exports = ways.flatMap((one) => one.exports);
  const all = [...ways, namesElsewhere(file, exports, given)];
  const isKnown = all.every((one) => one.open === null && !one.unread && one.names.every(isPart));
  return isKnown ? null : 'import';
}

/** The halves whose classes an import brings under their names. */
export const halvesOf = (file: ParsedFile, module: ts.StringLiteralLike): readonly Exclude<Half, 'import'>[] =>
  [itself, under('default', itself)].flatMap((held) =>
    namesTaken(file, module, held).names.flatMap(({ name }) => halfOf(name) ?? []),
  );

/** Whether an expression is the class of a `new`, or the one that a class extends. */
function isBuiltFrom(node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isNewExpression(parent)) return parent.expression === at;
  if (!ts.isExpressionWithTypeArguments(parent) || !ts.isHeritageClause(parent.parent)) return false;
  return parent.parent.token === ts.SyntaxKind.ExtendsKeyword && ts.isClassLike(parent.parent.parent);
}

/** Whether a class is seen to be built where a file takes it, by the name or the variable that it is given. */
function isBuilt(file: ParsedFile, node: ts.Node): boolean {
  if (ts.isShorthandPropertyAssignment(node)) return isBuilt(file, node.name);
  if (ts.isIdentifier(node)) {
    const symbol = symbolOf(file.checker, node);
    const uses = symbol === undefined ? [] : placesOf(file.tree, node.text).filter(ts.isIdentifier);
    return uses.some((use) => isBuiltFrom(use) && symbolOf(file.checker, use) === symbol);
  }
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false;
  const { parent } = wrapped(node);
  const isHeld = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
  return isBuiltFrom(node) || (isHeld && isBuilt(file, parent.name));
}

/** Whether a file can be read, and loads the library by its imports alone: by a text it may have another copy instead. */
const isSure = ({ tree }: ParsedFile): boolean => syntaxErrors(tree).length === 0 && !loadsByText(tree);

/** The halves that are seen to be built of what an import brings, here or in files that get it from here. */
export function halvesBuilt(
  file: ParsedFile,
  module: ts.StringLiteralLike,
  given: WrapperGiven,
): readonly Exclude<Half, 'import'>[] {
  if (!isSure(file)) return [];
  const { names, exports } = namesTaken(file, module);
  const places = [...names.map((one) => ({ file, ...one })), ...namesElsewhere(file, exports, given).places];
  const built = places.filter((one) => !one.mixed && isSure(one.file) && isBuilt(one.file, one.node));
  return built.flatMap(({ name }) => halfOf(name) ?? []);
}
