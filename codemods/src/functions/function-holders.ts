/** functions/function-holders: members of a client that hold functions, and what gives a part of such a one. */
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
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

/** The same, also of a member under which the bot itself puts functions, as a file of it sees that. */
export function functionsOn(file: string, path: string): string | null {
  const isKept = keptOnClient(file, path.split('.'))?.holdsFunctions === true;
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
export function keptBy(node: ts.Expression): ts.Expression {
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
