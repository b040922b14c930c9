/** clients/named-alone: receivers that nothing proves but a name, or what is read of them. */
import type { Method } from '../rules/methods.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { Root } from '../values/roots.ts';
import { typedOwner } from '../values/typed-owner.ts';
import { shortened } from '../wording/shortened.ts';
import { Origins } from './origins.ts';

/** The client that a broadcast hands to its function is one. */
function isGiven({ node }: Extract<Root, { kind: 'open' }>): boolean {
  const call = node !== null && ts.isParameter(node) ? node.parent.parent : null;
  return call !== null && ts.isCallExpression(call) && /broadcastEval$/.test(call.expression.getText());
}

/** The text of what is a client only by its name, or by what is read of it; `null` where its type or its making says so. */
export function namedAlone(file: ParsedFile, access: Access, method: Method): string | null {
  if (file.typed && typedOwner(file, access.expression, method) !== 'unknown') return null;
  const receiver = unwrap(access.expression);
  const holder = isAccess(receiver) ? receiver.expression : receiver;
  const isOpen = new Origins(file).of(holder).some((root) => root.kind === 'open' && !isGiven(root));
  return isOpen ? shortened(holder.getText(), 60) : null;
}
