/** analyze/client-functions: members of a client that hold functions, known by their names, among what a function gives. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { descendants, type MovableFunction, unwrap } from './syntax.ts';
import { partsOfResult } from './value-parts.ts';
import { ofClient } from './value-path.ts';

/** What discord.js keeps functions in: its hooks, and sockets with their listeners. */
const ofDiscord =
  /^(options(\.(ws|rest|sweepers|makeCache|jsonTransformer))?|ws|ws\.shards|rest|rest\.options|sweepers|actions|voice|voice\.adapters)$/;
/** What bots keep things with functions in. */
const ofBots =
  /^(\w*[cC]ommands|cmds|\w*[eE]vents|buttons|modals|\w*[mM]enus|\w*[hH]andlers|plugins|modules|inhibitors|listeners)$/;
/** `totalCommands`, `openMenus`: how many of them there are, or which ones. */
const counted = /^(total|last|used|executed|count|num|open|active|recent|ran|sent|disabled|enabled)/i;

/** Methods that give what their list holds, or a part of it. */
const keeping =
  /^(get|find|findLast|first|last|at|random|filter|values|toJSON|array|clone|sort|slice|concat|toSorted)$/;

/** What a member of a client holds functions by; `null` for one that is not known to. */
export function functionsAt(path: string): string | null {
  return ofDiscord.test(path) || (ofBots.test(path) && !counted.test(path)) ? `a function (client.${path})` : null;
}

/** What a value is a part of: `c.commands` of `[...c.commands.values()]` and `Array.from(c.commands.values())`. */
function keptBy(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  if (!ts.isCallExpression(at)) return at;
  const [first] = at.arguments;
  if (/^(Array\.from|Object\.assign)$/.test(at.expression.getText()))
    return at.arguments.length === 1 && first !== undefined ? keptBy(first) : at;
  const isKept = ts.isPropertyAccessExpression(at.expression) && keeping.test(at.expression.name.text);
  return isKept ? keptBy(at.expression.expression) : at;
}

/** What holds functions of a value that is read of the client, or of the list it is one of. */
function functionsOf(fn: MovableFunction, node: ts.Expression): string | null {
  const found = ofClient(fn, keptBy(node)).flatMap((names) => {
    const whole = names.at(-1) === null ? names.slice(0, -1) : names;
    return whole.includes(null) ? [] : (functionsAt(whole.join('.')) ?? []);
  });
  return found[0] ?? null;
}

/** Methods whose list is of what their callback gives, and no longer of what was spread. */
const changing = /^(map|flatMap|reduce|reduceRight|forEach|join|some|every)$/;

/** The body of the function around a node. */
function bodyAround(node: ts.Node): ts.Node {
  let at = node;
  while (!ts.isFunctionLike(at.parent)) at = at.parent;
  return at;
}

/** Whether what is spread goes into what the function gives: at once, or by a callback that makes a list. */
function isGiven(fn: MovableFunction, spread: ts.Node): boolean {
  for (let at = spread; at !== fn; at = at.parent) {
    if (ts.isReturnStatement(at.parent)) at = bodyAround(at);
    const { parent } = at;
    if (ts.isStatement(parent) || ts.isVariableDeclaration(parent)) return false;
    if (
      ts.isPropertyAccessExpression(parent) &&
      (!ts.isCallExpression(parent.parent) || changing.test(parent.name.text))
    )
      return false;
    const isCallback = ts.isCallExpression(parent) && parent.expression !== at && ts.isFunctionLike(at);
    if (isCallback && !/\.(map|flatMap|then)$/.test(parent.expression.getText())) return false;
  }
  return true;
}

/** Whether a type says what a value is. */
const isTyped = ({ typed, checker }: ParsedFile, node: ts.Expression): boolean =>
  typed && (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0;

/** Names what of the client that holds functions is among what a function gives, or `null`. */
export function clientFunctions(file: ParsedFile, fn: MovableFunction): string | null {
  for (const { node, is } of partsOfResult(fn)) {
    // A part may be written in another file of the bot.
    if (is !== 'value' || !ts.isExpression(node) || node.getSourceFile() !== file.tree) continue;
    const found = isTyped(file, node) ? null : functionsOf(fn, node);
    if (found !== null) return found;
  }
  for (const node of descendants(fn.body)) {
    if (!ts.isSpreadAssignment(node) && !ts.isSpreadElement(node)) continue;
    const isHeld = !isTyped(file, node.expression) && isGiven(fn, node);
    const found = isHeld ? functionsOf(fn, node.expression) : null;
    if (found !== null) return found;
  }
  return null;
}
