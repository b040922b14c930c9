/** values/client-members: what is read of an object, as far as it tells that the object is a client of discord.js. */
import { isCallee } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, dottedNames, nameText, placesOf, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { classOf } from './class-owner.ts';

/** Hardly anything else has one of these. */
const telling =
  /^(?:guilds|readyAt|readyTimestamp|users\.cache|users\.fetch|channels\.cache|emojis\.cache|ws\.ping|shard\.ids|shard\.respawnAll|shard\.parentPort)(?:\.|$)/;
/** Other objects have one of these, but not one of two kinds. */
const usual: readonly RegExp[] = [/^(?:users?|application)(?=\.|$)/, /^shard\.(?:id|count|mode)(?=\.|$)/, /^isReady$/];

/** Whether the dotted paths that are read of one object are those of a client. */
export function areOfClient(paths: readonly string[]): boolean {
  const some = usual.filter((one) => paths.some((path) => one.test(path)));
  return paths.some((path) => telling.test(path)) || some.length > 1;
}

// A socket is pinged by a call; the `ping` of a client is a number.
const isPing = (path: string, node: ts.Node): boolean => /(?:^|\.)ws\.ping$/.test(path) && isCallee(node);

/** What a node and all below it read of an object, which is given by its dotted name. */
export function pathsRead(within: ts.Node, object: string): readonly string[] {
  const start = `${object}.`;
  return descendants(within).flatMap((node) => {
    const said = ts.isPropertyAccessExpression(node) ? (dottedNames(node)?.join('.') ?? '') : '';
    return said.startsWith(start) && !isPing(said, node) ? [said.slice(start.length)] : [];
  });
}

/** The name, or the `this`, that an expression begins with. */
function beginning(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  const more = ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) || ts.isCallExpression(at);
  return more ? beginning(at.expression) : at;
}

/** What is read further on of an expression: `guilds.cache` of `client`. */
function readOf(object: ts.Expression): readonly string[] {
  let at: ts.Node = object;
  let path = '';
  const paths: string[] = [];
  for (;;) {
    const { parent } = at;
    if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) at = parent;
    else if (ts.isPropertyAccessExpression(parent) && parent.expression === at) {
      path = path === '' ? parent.name.text : `${path}.${parent.name.text}`;
      if (!isPing(path, parent)) paths.push(path);
      at = parent;
    } else return paths;
  }
}

function isSameObject({ checker }: ParsedFile, one: ts.Expression, other: ts.Expression): boolean {
  const [a, b] = [beginning(one), beginning(other)];
  if (a.kind === ts.SyntaxKind.ThisKeyword) return b.kind === a.kind && classOf(a) === classOf(b);
  return ts.isIdentifier(a) && ts.isIdentifier(b) && symbolOf(checker, a) === symbolOf(checker, b);
}

const textOf = (node: ts.Expression): string => dottedNames(node)?.join('.') ?? unwrap(node).getText();

/** The places of a file that end an expression like this one. */
function likeIt(file: ParsedFile, object: ts.Expression): readonly ts.Expression[] {
  const at = unwrap(object);
  if (ts.isIdentifier(at)) return placesOf(file.tree, at.text).filter(ts.isIdentifier);
  if (ts.isPropertyAccessExpression(at))
    return placesOf(file.tree, at.name.text).flatMap(({ parent }) =>
      ts.isPropertyAccessExpression(parent) && textOf(parent) === textOf(at) ? [parent] : [],
    );
  return descendants(file.tree).filter(
    (node): node is ts.Expression => node.kind === at.kind && node.getText() === at.getText(),
  );
}

/** Whether this file reads of the same object what only a client has. */
export function usedAsClient(file: ParsedFile, object: ts.Expression): boolean {
  return areOfClient(likeIt(file, object).flatMap((one) => (isSameObject(file, object, one) ? readOf(one) : [])));
}

/** The members that a pattern takes out of an object. */
export function membersTaken(pattern: ts.ObjectBindingPattern): readonly string[] {
  return pattern.elements.map(({ propertyName, name }) => nameText(propertyName ?? name));
}
