/** managers/hybrid-text: texts with the name of discord-hybrid-sharding, by which a file may load it unseen. */
import { lastName } from '../syntax/defining.ts';
import { assigns, descendants, unwrap } from '../syntax/syntax.ts';
import { textOf } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { isModuleName } from './mentions.ts';

/** A part of a path: `discord-hybrid-sharding/dist/index.js`, but no sentence and no address. */
const inPath = /^(?:[^\s:]*[\\/])?discord-hybrid-sharding(?:[\\/]\S*)?$/;

/** A text that is made of others where it stands: `'discord-' + 'hybrid-sharding'`. */
function madeText(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isTemplateExpression(at)) {
    const parts = at.templateSpans.map(({ expression, literal }) => [madeText(expression), literal.text] as const);
    return parts.some(([made]) => made === null) ? null : at.head.text + parts.flat().join('');
  }
  if (!ts.isBinaryExpression(at) || at.operatorToken.kind !== ts.SyntaxKind.PlusToken) return textOf(at);
  // A name is looked up beside a text alone: most sums are of numbers.
  if (ts.isIdentifier(unwrap(at.left)) && ts.isIdentifier(unwrap(at.right))) return null;
  const [left, right] = [madeText(at.left), madeText(at.right)];
  return left === null || right === null ? null : left + right;
}

/** Whether a node is a text with the name of the library, and not the one of an import that is followed. */
function isText(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) || ts.isTemplateExpression(node)) return inPath.test(madeText(node) ?? '');
  const isWritten = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
  if (!isWritten || !inPath.test(node.text)) return false;
  return !isImported(node);
}

/** The first text of a file by which it may load the library in a way that is not followed. */
export const textOfHybrid = (tree: ts.SourceFile): ts.Node | undefined => descendants(tree).find(isText);

/** `require(x)`, `import(x)`, and functions that are named like them. */
const isLoad = ({ expression }: ts.CallExpression): boolean =>
  expression.kind === ts.SyntaxKind.ImportKeyword || /^_*(?:require|import|load)/i.test(lastName(expression) ?? '');

/** Whether a file loads something by a name that is no text in the load itself. */
const loadsMade = (tree: ts.SourceFile): boolean =>
  descendants(tree).some(
    (node) => ts.isCallExpression(node) && isLoad(node) && node.arguments.some((one) => !ts.isStringLiteralLike(one)),
  );

const isImported = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) && node.text === 'discord-hybrid-sharding' && isModuleName(node);

/** A load of a file beside the one that loads it: a folder of the bot's own is no library. */
const isOfFolder = (name: ts.Expression): boolean => /__dirname|import\.meta|^['"`][./]/.test(name.getText());

/** An import of the library or of what takes its place. */
const isTaken = (node: ts.Node): boolean =>
  isImported(node) || (ts.isStringLiteralLike(node) && /^shardlift(?:\/|$)/.test(node.text) && isModuleName(node));

/** The load that may bring a half by a name made at run time: in a file that names a class and has it by no import. */
export function madeLoadOfHalf(tree: ts.SourceFile): ts.Node | undefined {
  const all = descendants(tree);
  const names = all.some((node) => ts.isIdentifier(node) && /^Cluster(?:Manager|Client)$/.test(node.text));
  if (!names || all.some(isTaken)) return undefined;
  return all.find((node) => {
    if (!ts.isCallExpression(node) || !isLoad(node)) return false;
    const [name] = node.arguments;
    return name !== undefined && !ts.isStringLiteralLike(name) && !isOfFolder(name);
  });
}

/** Whether a value is of a name that a file builds something from. */
function isOfBuilt(target: ts.Node): boolean {
  const roots = descendants(target.getSourceFile()).flatMap((node) => {
    const isExtended = ts.isExpressionWithTypeArguments(node) && ts.isHeritageClause(node.parent);
    return ts.isNewExpression(node) || isExtended
      ? (/^[\p{ID_Continue}$]+/u.exec(node.expression.getText()) ?? [])
      : [];
  });
  return [target, ...descendants(target)].some((one) => ts.isIdentifier(one) && roots.includes(one.text));
}

/** What takes a value for later: the name or the member, or the function that gives it. */
function targetOf(node: ts.Node): ts.Node | null {
  if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isPropertyDeclaration(node)) return node.name;
  if (ts.isBinaryExpression(node) && assigns(node)) return node.left;
  return ts.isReturnStatement(node) || ts.isArrowFunction(node) || ts.isExportAssignment(node) ? node : null;
}

/** Calls that make a path of texts. */
const makesPath = /^(?:resolve|join|normalize|concat|pathToFileURL)$/;

/** Whether a text is a key, by which something else is named. */
const isKey = (node: ts.Node): boolean =>
  (ts.isElementAccessExpression(node.parent) && node.parent.expression !== node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node);

/** The call that gets an expression. */
function callWith(node: ts.Node): ts.CallExpression | ts.NewExpression | null {
  const { parent } = node;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node ? parent : null;
}

/** Whether what stands at a place may be loaded: in a load, or in something that is kept where names are loaded. */
function mayBeLoaded(node: ts.Node, isHandedOn = false): boolean {
  const { parent } = node;
  if (ts.isSourceFile(parent) || ts.isBlock(parent) || isKey(node)) return false;
  if (ts.isStringLiteralLike(node) && isModuleName(node)) return true;
  const call = callWith(node);
  if (call !== null && ts.isCallExpression(call) && isLoad(call)) return true;
  const target = targetOf(parent);
  if (target === null || target === node) {
    const isGiven = call !== null && !makesPath.test(lastName(call.expression) ?? '');
    return mayBeLoaded(parent, isHandedOn || isGiven);
  }
  return (target !== parent && isOfBuilt(target)) || (!isHandedOn && loadsMade(node.getSourceFile()));
}

/** Whether a file has a text by which it may load the library, and not only speak of it. */
export const loadsByText = (tree: ts.SourceFile): boolean =>
  descendants(tree).some((node) => isText(node) && !/\.json['"`]$/.test(node.getText()) && mayBeLoaded(node));
