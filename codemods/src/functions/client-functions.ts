/** functions/client-functions: members of a client that hold functions, known by their names, among what a function gives. */
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, type MovableFunction, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { partsOfResult } from '../values/value-parts.ts';
import { ofClient } from '../values/value-path.ts';
import { keptOnClient } from './kept-on-client.ts';

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
  /^(get|find|findLast|first|last|at|random|filter|values|entries|toJSON|array|clone|(to)?(sort|revers|splic)e?(ed)?|slice|concat|partition|each|tap|(inter|differ)\w+|union|flat|with)$/;
/** Functions that give what they are handed, or what it holds. */
const handingOn =
  /^(Array\.from|Object\.(assign|values|entries|fromEntries|freeze|seal)|structuredClone|Promise\.(resolve|all))$/;

/** What a member of a client holds functions by; `null` for one that is not known to. */
function functionsAt(path: string): string | null {
  return ofDiscord.test(path) || (ofBots.test(path) && !counted.test(path)) ? `a function (client.${path})` : null;
}

/** The same, also of a member under which the bot itself puts functions. */
export function functionsOn({ source }: ParsedFile, path: string): string | null {
  const isKept = keptOnClient(source.path, path.split('.'))?.holdsFunctions === true;
  return isKept ? `a function (client.${path})` : functionsAt(path);
}

/** Whether a callback gives each entry as it is: `mapValues((x) => x)`. */
function givesEntry(given: ts.Expression | undefined): boolean {
  if (given === undefined || !ts.isArrowFunction(given) || ts.isBlock(given.body)) return false;
  return unwrap(given.body).getText() === given.parameters[0]?.name.getText();
}

/** What a list is spread of that holds nothing else: `[...x]`. */
function spreadAlone(at: ts.Expression): ts.Expression | null {
  const [first, second] = ts.isArrayLiteralExpression(at) ? at.elements : [];
  return first !== undefined && second === undefined && ts.isSpreadElement(first) ? first.expression : null;
}

/** What a value is a part of: `c.commands` of `[...c.commands.values()]` and `Array.from(c.commands.values())`. */
function keptBy(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  const spread = spreadAlone(at);
  if (spread !== null) return keptBy(spread);
  if (!ts.isCallExpression(at) && !ts.isNewExpression(at)) return at;
  const { expression: callee, arguments: given = [] } = at;
  const [first, second] = given;
  const whole = ts.isNewExpression(at) ? /^(Map|Set|Collection)$/ : handingOn;
  if (whole.test(callee.getText())) return second === undefined && first !== undefined ? keptBy(first) : at;
  if (!ts.isPropertyAccessExpression(callee)) return at;
  const isKept = keeping.test(callee.name.text) || (callee.name.text === 'mapValues' && givesEntry(first));
  return isKept ? keptBy(callee.expression) : at;
}

/** What the value of a pair is taken of: `c.commands` of `v` in `[...c.commands].map(([k, v]) => v)`. */
function pairedBy(file: ParsedFile, node: ts.Expression): ts.Expression | null {
  const at = unwrap(node);
  const declared = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  if (declared === undefined || !ts.isBindingElement(declared) || declared.parent.elements[1] !== declared) return null;
  const parameter = declared.parent.parent;
  if (!ts.isArrayBindingPattern(declared.parent) || !ts.isParameter(parameter)) return null;
  const call = parameter.parent.parent;
  const callee = ts.isCallExpression(call) && parameter.parent.parameters[0] === parameter ? call.expression : null;
  return callee !== null && ts.isPropertyAccessExpression(callee) ? keptBy(callee.expression) : null;
}

/** What holds functions of a value that is read of the client, or of the list it is one of. */
function functionsOf(file: ParsedFile, fn: MovableFunction, node: ts.Expression): string | null {
  const found = ofClient(fn, pairedBy(file, node) ?? keptBy(node)).flatMap((names) => {
    const whole = names.at(-1) === null ? names.slice(0, -1) : names;
    return whole.includes(null) ? [] : (functionsOn(file, whole.join('.')) ?? []);
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
    const found = isTyped(file, node) ? null : functionsOf(file, fn, node);
    if (found !== null) return found;
  }
  for (const node of descendants(fn.body)) {
    if (!ts.isSpreadAssignment(node) && !ts.isSpreadElement(node)) continue;
    const isHeld = !isTyped(file, node.expression) && isGiven(fn, node);
    const found = isHeld ? functionsOf(file, fn, node.expression) : null;
    if (found !== null) return found;
  }
  return null;
}
