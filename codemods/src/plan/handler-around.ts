/** plan/handler-around: the handler that a place of a bot stands in, and what that sees of its client. */
import { exportedHandlers } from '../handlers/exported-handlers.ts';
import type { PackageSites } from '../sites/sites.ts';
import { isDefined, isHandlerItself } from '../syntax/defining.ts';
import { wrapped } from '../syntax/syntax.ts';
import { plainName, textOf } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { askedOf, type Seen } from './asked-handlers.ts';

/** Whether an object holds handlers: what `defineHandlers` gets, or what its file exports as them. */
function holdsHandlers(object: ts.ObjectLiteralExpression): boolean {
  if (isDefined(object)) return true;
  const exported = exportedHandlers(object.getSourceFile().fileName, true).object;
  return exported?.pos === object.pos && exported.end === object.end;
}

/** The name of the handler that a node is: a member of their object, or what `ipc.handle('name', fn)` gets. */
function handlerNamed(node: ts.Node): string | null {
  const isMember = ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node);
  if (isMember && ts.isObjectLiteralExpression(node.parent) && holdsHandlers(node.parent)) return plainName(node.name);
  const isValue = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  const call = isValue && isHandlerItself(node) ? wrapped(node).parent : null;
  const [name] = call !== null && ts.isCallExpression(call) ? call.arguments : [];
  return name === undefined ? null : textOf(name);
}

/** The name of the handler around a place; `null` where none is. */
function handlerAround(node: ts.Node): string | null {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const name = handlerNamed(at);
    if (name !== null) return name;
  }
  return null;
}

/** What the handler around a place sees of its client where the bot asks for it; nothing where no handler is, or nobody asks. */
export function seenAround(group: PackageSites, node: ts.Node): ReadonlySet<Seen> {
  const name = handlerAround(node);
  return (name === null ? undefined : askedOf(group).get(name)) ?? new Set();
}
