/** doubts/known-entries: names of what every entry of a collection of discord.js has: its key, and the facts of its value. */
import { declarationOf } from '../syntax/free-names.ts';
import { nameText, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

const walking = /^(each|every|filter|find|forEach|map|some)$/;

/** What each thing of discord.js has that has it at all, and Node of its process. */
export const facts =
  /^(size|length|count|ping|ids?|name|tag|username|discriminator|memberCount|shardId|ownerId|joinedTimestamp|readyTimestamp|preferredLocale|rss|heapUsed|heapTotal|external|pid|createdTimestamp|status|uptime)$/;

const user = /(^|\.)(user|author|member|owner)[!?]*$/;

/** Whether a member is always there, by its name and the text of what has it: users have a `username`, and no `name`. */
export function isFact(name: string, of: string): boolean {
  if (name === 'name') return !user.test(of);
  return name === 'bot' ? user.test(of) : facts.test(name);
}

/** Whether an expression is a collection of discord.js, or its entries: `c.guilds.cache`, `[...c.guilds.cache]`. */
function isCollection(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at))
    return (
      at.elements.length === 1 && at.elements.every((one) => ts.isSpreadElement(one) && isCollection(one.expression))
    );
  if (ts.isPropertyAccessExpression(at)) return at.name.text === 'cache';
  if (!ts.isCallExpression(at)) return false;
  const [first] = at.arguments;
  if (at.expression.getText() === 'Array.from')
    return at.arguments.length === 1 && first !== undefined && isCollection(first);
  const { expression: callee } = at;
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'entries' && isCollection(callee.expression);
}

/** Whether an expression is a list of what a collection holds: `[...c.guilds.cache.values()]`. */
function isValues(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at))
    return at.elements.length > 0 && at.elements.every((one) => ts.isSpreadElement(one) && isValues(one.expression));
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false;
  const [first] = at.arguments;
  if (at.expression.getText() === 'Array.from')
    return first !== undefined && at.arguments.length === 1 && isValues(first);
  return at.expression.name.text === 'values' && isCollection(at.expression.expression);
}

/** The list or collection that a parameter of a callback goes through, and the place of the parameter. */
function walkedBy(parameter: ts.ParameterDeclaration) {
  const fn = parameter.parent;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return null;
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return null;
  const { name, expression } = call.expression;
  return walking.test(name.text) ? { of: unwrap(expression), index: fn.parameters.indexOf(parameter) } : null;
}

/** `for (const [id] of c.guilds.cache)`, `[...c.guilds.cache].map(([id]) => id)` */
function isKeyIn(pattern: ts.ArrayBindingPattern): boolean {
  const holder = pattern.parent;
  if (ts.isParameter(holder)) {
    const walked = walkedBy(holder);
    return walked?.index === 0 && !ts.isPropertyAccessExpression(walked.of) && isCollection(walked.of);
  }
  const loop = ts.isVariableDeclaration(holder) ? holder.parent.parent : null;
  return loop !== null && ts.isForOfStatement(loop) && isCollection(loop.expression);
}

/** The text of what a pattern takes apart; `null` where that may be something else instead. */
function takenApart({ parent: holder }: ts.ObjectBindingPattern): string | null {
  if (ts.isBindingElement(holder))
    return holder.initializer === undefined ? nameText(holder.propertyName ?? holder.name) : null;
  if (ts.isParameter(holder)) return walkedBy(holder)?.index === 0 && holder.initializer === undefined ? '' : null;
  const from = holder.initializer === undefined ? null : unwrap(holder.initializer);
  if (from === null) return ts.isForOfStatement(holder.parent.parent) ? '' : null;
  const isOne = ts.isPropertyAccessExpression(from) || ts.isCallExpression(from);
  return isOne && (from.flags & ts.NodeFlags.OptionalChain) === 0 ? from.getText() : null;
}

/** Whether a name is an entry of a collection or its key, or a fact that is taken of something. */
export function isKnownEntry(name: ts.Identifier): boolean {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null) return false;
  if (ts.isParameter(declared)) {
    const walked = walkedBy(declared);
    // Each entry is there, and so is its key.
    if (walked === null || declared.initializer !== undefined) return false;
    return (walked.index < 2 && isCollection(walked.of)) || (walked.index === 0 && isValues(walked.of));
  }
  if (!ts.isBindingElement(declared) || declared.initializer !== undefined || declared.dotDotDotToken !== undefined)
    return false;
  const { parent: pattern } = declared;
  if (ts.isArrayBindingPattern(pattern)) return pattern.elements.indexOf(declared) === 0 && isKeyIn(pattern);
  const of = takenApart(pattern);
  return of !== null && isFact(nameText(declared.propertyName ?? declared.name), of);
}
