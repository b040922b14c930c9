/** analyze/client-members: what is read of an object, as far as it tells that the object is a client of discord.js. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { descendants, dottedNames, unwrap } from './syntax.ts';

/** Hardly anything else has one of these. */
const telling =
  /^(?:guilds|readyAt|readyTimestamp|isReady|users\.cache|users\.fetch|channels\.cache|emojis\.cache|ws\.ping|shard\.ids|shard\.respawnAll|shard\.parentPort)(?:\.|$)/;
/** Other objects have one of these, but not two. */
const usual = /^(?:user|users|application|shard\.(?:id|count|mode))(?=\.|$)/;

/** Whether the dotted paths that are read of one object are those of a client. */
export function areOfClient(paths: readonly string[]): boolean {
  const some = new Set(paths.flatMap((path) => usual.exec(path)?.[0] ?? []));
  return paths.some((path) => telling.test(path)) || some.size > 1;
}

const isCalled = (node: ts.Node): boolean => ts.isCallExpression(node.parent) && node.parent.expression === node;

/** What a node and all below it read of an object, which is given by its text or by its dotted name. */
export function pathsRead(within: ts.Node, object: string): readonly string[] {
  const start = `${object}.`;
  const byText = object.includes('(') || object.includes('[');
  return descendants(within).flatMap((node) => {
    if (!ts.isPropertyAccessExpression(node)) return [];
    const said =
      dottedNames(node)?.join('.') ?? (byText ? `${unwrap(node.expression).getText()}.${node.name.text}` : '');
    // A socket is pinged by a call; the `ping` of a client is a number.
    return said.startsWith(start) && !(said.endsWith('.ws.ping') && isCalled(node)) ? [said.slice(start.length)] : [];
  });
}

/** Whether this file reads of the same object what only a client has. */
export function usedAsClient(file: ParsedFile, object: ts.Expression): boolean {
  const text = dottedNames(object)?.join('.') ?? unwrap(object).getText();
  return areOfClient(pathsRead(file.tree, text));
}

/** The members that a pattern takes out of an object. */
export function membersTaken(pattern: ts.ObjectBindingPattern): readonly string[] {
  return pattern.elements.map(({ propertyName, name }) => (propertyName ?? name).getText());
}
