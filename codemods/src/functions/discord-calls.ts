/** functions/discord-calls: which calls of a function ask discord.js, to which a missing option is as good as an undefined one. */
import { declarationOf } from '../syntax/free-names.ts';
import { clientMembers } from '../syntax/globals.ts';
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Only discord.js has these. */
const own =
  /^(send|reply|followUp|editReply|deferReply|setActivity|setPresence|setStatus|awaitMessages|createMessageCollector|createDM|permissionsFor|crosspost)$/;

/** What an expression is read of: the object of a member or of the method that is called. */
function readOf(node: ts.Expression): ts.Expression | null {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node))
    return node.expression;
  return ts.isAwaitExpression(node) ? node.expression : null;
}

/** What a name is one of, or is set to: `(guild) => ...` of `guilds.cache.map`, `const channel = ...`. */
function madeBy(fn: MovableFunction, name: ts.Identifier): ts.Expression | null {
  const declared = declarationOf(name, fn);
  if (declared === null) return null;
  if (ts.isVariableDeclaration(declared)) {
    const loop = declared.parent.parent;
    return declared.initializer ?? (ts.isForOfStatement(loop) ? loop.expression : null);
  }
  if (!ts.isParameter(declared) || declared.parent === fn) return null;
  const call = declared.parent.parent;
  return ts.isCallExpression(call) ? call.expression : null;
}

function isOfClient(fn: MovableFunction, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  const client = fn.parameters[0]?.name;
  const of = readOf(at);
  if (of !== null) {
    const isMember =
      ts.isPropertyAccessExpression(at) && client !== undefined && unwrap(of).getText() === client.getText();
    return isMember ? clientMembers.has(at.name.text) : isOfClient(fn, of, depth);
  }
  if (!ts.isIdentifier(at) || depth === 0) return false;
  const made = madeBy(fn, at);
  return made !== null && isOfClient(fn, made, depth - 1);
}

/** Whether a call asks something that the client of a function leads to, or a method that only discord.js has. */
export function asksDiscord(fn: MovableFunction, { expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  // An event is for the bot's own listeners.
  return own.test(callee.name.text) || (callee.name.text !== 'emit' && isOfClient(fn, callee.expression, 4));
}
