/** clients/done-to-all: what a function does to the bot's own where one shard is chosen, and so to what all shards of a process share. */
import { isAccess } from '../syntax/access.ts';
import { logs } from '../syntax/logs.ts';
import { leaves } from '../syntax/statements.ts';
import { descendants, type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isAlone } from './call-alone.ts';
import { clientReads } from './client-paths.ts';
import { changing, reading } from './effects.ts';
import { readsBehind } from './reads-behind.ts';

/** A chain of members and calls that begins at a member of the bot's own. */
interface Chain {
  /** The chain as far as it goes. */
  readonly end: ts.Expression;
  /** What it is given on its way: ids, and what is done with them. */
  readonly given: readonly ts.Expression[];
  /** The name of the last method that is called, or `null` where none is. */
  readonly called: string | null;
}

/** Follows a member of the bot's own to where its chain ends. */
function chainFrom(read: ts.Expression): Chain {
  const given: ts.Expression[] = [];
  let called: string | null = null;
  let at = wrapped(read);
  for (;;) {
    const { parent } = at;
    if (isAccess(parent) && parent.expression === at) {
      if (ts.isElementAccessExpression(parent)) given.push(parent.argumentExpression);
      called = null;
    } else if (ts.isCallExpression(parent) && parent.expression === at) {
      given.push(...parent.arguments);
      called = ts.isPropertyAccessExpression(at) ? at.name.text : '';
    } else return { end: at, given, called };
    at = wrapped(parent);
  }
}

/** Methods that put one more to what is there, as their names say, which is the same however much that is. */
const adding = /^(push|unshift|(add|inc|incr|increase|increment|count|track|record)([A-Z]\w*)?)$/;

const counts: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusPlusToken,
  ts.SyntaxKind.MinusMinusToken,
  ts.SyntaxKind.PlusEqualsToken,
  ts.SyntaxKind.MinusEqualsToken,
]);

/** Whether a statement only counts: `c.stats.n++`, `c.stats.n += 2`. */
const isCount = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node)
    ? counts.has(node.operatorToken.kind)
    : (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && counts.has(node.operator);

/** Whether what is done next to something is that it is set: `c.stats.n = 0`, `delete c.stats.n`. */
function isSet(end: ts.Expression): boolean {
  const target = writtenBy(end.parent);
  return target !== null && wrapped(target) === end && !isCount(end.parent);
}

/** Whether a method says by its name that it only reads, does something to each, which is told of otherwise, or adds one. */
const isQuiet = (name: string): boolean => adding.test(name) || (reading.test(name) && !changing.test(name));

/** Whether a chain does something, and nobody looks at what it gives. */
const isDone = (fn: MovableFunction, { end, called }: Chain): boolean =>
  isSet(end) || (called !== null && !isQuiet(called) && !isWord(end) && (isAlone(end) || isGiven(fn, end)));

/** A word in a log. */
const isWord = (end: ts.Expression): boolean => {
  const at = unwrap(end);
  return ts.isCallExpression(at) && logs.test(at.expression.getText());
};

/** Whether something is all that a function gives, behind what it looks at: `(c) => c.guilds.cache.has(id) && c.queue.clear()`. */
function isGiven(fn: MovableFunction, end: ts.Expression): boolean {
  const { parent } = end;
  if (parent === fn) return true;
  if (ts.isAwaitExpression(parent)) return isGiven(fn, wrapped(parent));
  const isArm = ts.isConditionalExpression(parent) && parent.condition !== end;
  const isRight = ts.isBinaryExpression(parent) && parent.right === end && writtenBy(parent) === null;
  return (isArm || isRight) && isGiven(fn, wrapped(parent));
}

/** What is looked at before a node of a function is reached. */
function testsBefore(fn: MovableFunction, node: ts.Node): readonly ts.Expression[] {
  const tests: ts.Expression[] = [];
  for (let at = node; at !== fn.body && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression !== at) tests.push(parent.expression);
    if (ts.isConditionalExpression(parent) && parent.condition !== at) tests.push(parent.condition);
    if (ts.isBinaryExpression(parent) && parent.right === at && writtenBy(parent) === null) tests.push(parent.left);
    if (!ts.isBlock(parent)) continue;
    for (const one of parent.statements)
      if (one.pos < at.pos && ts.isIfStatement(one) && leaves(one.thenStatement)) tests.push(one.expression);
  }
  return tests;
}

/** The ids by which things are looked up in an expression, as they are written. */
const idsIn = (fn: MovableFunction, test: ts.Expression): readonly string[] =>
  readsBehind(fn, test).reads.flatMap(({ kind, node }) => {
    const { parent } = node;
    return kind === 'one' && ts.isCallExpression(parent) ? parent.arguments.map((one) => one.getText()) : [];
  });

/** Whether a value is one of some ids, or of a thing of the shard. */
const isNamedBy = (fn: MovableFunction, value: ts.Expression, ids: readonly string[]): boolean =>
  descendants(value).some((one) => ids.includes(one.getText())) || readsBehind(fn, value).reads.length > 0;

/** Whether a value may be the id of something: nobody knows of what. */
const isId = (value: ts.Expression): boolean => /(^|[.\s])\w*ids?$/i.test(value.getText());

/** Methods that set something as a whole, as their names say, and not something of the one they are given. */
const setting = /^(set|reset|toggle|enable|disable)([A-Z]\w*)?$/;

/** Whether nothing says that a chain does something with what it is given alone, as `c.economy.pay(5)` does. */
const isOfAll = ({ end, given, called }: Chain): boolean =>
  given.length === 0 ||
  (!given.some(isId) && (isSet(end) || (called !== null && (changing.test(called) || setting.test(called)))));

/** Members of the bot's own to which something is done that is not done to one thing of a shard. */
export interface DoneToAll {
  /** Where a thing is that is looked up by its id: `if (c.guilds.cache.has(id)) c.queue.clear()`. */
  readonly whereThing: readonly string[];
  /** By whatever it is reached, unless to something by an id: `if (c.shard.ids.includes(1)) c.queue.clear()`. */
  readonly anywhere: readonly string[];
}

/** Says to which members of the bot's own a function does something as a whole. */
export function doneToAll(fn: MovableFunction): DoneToAll {
  const done = clientReads(fn).flatMap(({ kind, node, member }) => {
    const chain = chainFrom(node);
    return kind === 'own' && member !== undefined && isDone(fn, chain) ? [{ member, chain }] : [];
  });
  const ofThing = done.filter(({ chain: { end, given } }) => {
    const ids = testsBefore(fn, end).flatMap((test) => idsIn(fn, test));
    return ids.length > 0 && !given.some((one) => isNamedBy(fn, one, ids));
  });
  const anywhere = done.filter(({ chain }) => isOfAll(chain));
  return {
    whereThing: [...new Set(ofThing.map(({ member }) => member))],
    anywhere: [...new Set(anywhere.map(({ member }) => member))],
  };
}
