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
  /^(\w*[cC]ommands?|cmds?|\w*[eE]vents|buttons|modals|(\w+)?[mM]enus|\w*[hH]andlers?|plugins|modules|inhibitors|listeners)$/;

/** Methods that give what their list holds, or a part of it. */
const keeping =
  /^(get|find|findLast|first|last|at|random|filter|values|toJSON|array|clone|sort|slice|concat|toSorted)$/;

/** What a member of a client holds functions by; `null` for one that is not known to. */
export function functionsAt(path: string): string | null {
  return ofDiscord.test(path) || ofBots.test(path) ? `a function (client.${path})` : null;
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

/** Whether what is spread goes into what the function gives: at once, or by a function that makes a list. */
function isGiven(fn: MovableFunction, spread: ts.Node): boolean {
  for (let at = spread; at !== fn; at = at.parent) {
    const { parent } = at;
    if (ts.isCallExpression(parent) && parent.expression !== at && ts.isFunctionLike(at)) {
      if (!/\.(map|flatMap|then)$/.test(parent.expression.getText())) return false;
    } else if (ts.isCallExpression(parent) || ts.isPropertyAccessExpression(parent)) {
      const isList = ts.isPropertyAccessExpression(parent) && /^(map|flatMap|filter)$/.test(parent.name.text);
      if (!isList && !ts.isCallExpression(parent)) return false;
    } else if (ts.isExpressionStatement(parent) || ts.isVariableDeclaration(parent)) return false;
  }
  return true;
}

/** Names what of the client that holds functions is among what a function gives, or `null`. */
export function clientFunctions(file: ParsedFile, fn: MovableFunction): string | null {
  for (const { node, is } of partsOfResult(fn)) {
    // A part may be written in another file of the bot.
    if (is !== 'value' || !ts.isExpression(node) || node.getSourceFile() !== file.tree) continue;
    const found = functionsOf(fn, node);
    if (found !== null) return found;
  }
  for (const node of descendants(fn.body)) {
    if (!ts.isSpreadAssignment(node) && !ts.isSpreadElement(node)) continue;
    const found = isGiven(fn, node) ? functionsOf(fn, node.expression) : null;
    if (found !== null) return found;
  }
  return null;
}
