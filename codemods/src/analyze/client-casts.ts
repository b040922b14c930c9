/** analyze/client-casts: a function that calls its client a class of the bot's own, as a handler, whose client is discord.js's. */
import { ts } from '../typescript.js';
import type { FunctionSite } from './call-site.ts';
import type { Splice } from './receiver.ts';
import { descendants, isNameOnly } from './syntax.ts';
import { typingsOfOurs } from './typed-owner.ts';
import { writesToVariable } from './writes.ts';

/** The parameter of a function that is its client, where its written type is a class of the bot's own. */
function ownClient({ file, fn }: FunctionSite) {
  const [parameter] = fn.parameters;
  if (parameter?.type === undefined || !ts.isIdentifier(parameter.name) || parameter.dotDotDotToken !== undefined)
    return null;
  const { name, type } = parameter;
  const declarations = file.checker.getTypeFromTypeNode(type).symbol?.declarations ?? [];
  const isOwn =
    declarations.length > 0 &&
    declarations.every((one) => ts.isClassLike(one) && !typingsOfOurs.test(one.getSourceFile().fileName));
  return isOwn ? { name, type } : null;
}

/**
 * The edits that say of each use of the client what it is, instead of once at the parameter: `(c: Bot) => c.x` becomes
 * `(c) => (c as Bot).x`. A handler may be called with any client of discord.js, so that TypeScript does not take the first
 * for one, and forgets the types of all other handlers with it.
 *
 * @returns none where the parameter says nothing of the kind, or is given another value
 */
export function clientCasts(at: FunctionSite): readonly Splice[] {
  const client = at.file.typed ? ownClient(at) : null;
  const { body } = at.fn;
  if (client === null || body === undefined) return [];
  const { checker } = at.file;
  const { name, type } = client;
  const meant = checker.getSymbolAtLocation(name);
  if (meant === undefined || writesToVariable(at.file, meant).length > 0) return [];
  const said = `${name.text} as ${type.getText()}`;
  const uses = descendants(body).filter(
    (node): node is ts.Identifier => ts.isIdentifier(node) && node.text === name.text,
  );
  const edits = uses.flatMap((node): Splice[] => {
    const [start, end] = [node.getStart(), node.end];
    if (ts.isShorthandPropertyAssignment(node.parent)) {
      const symbol = checker.getShorthandAssignmentValueSymbol(node.parent);
      return symbol === meant ? [{ start, end, text: `${name.text}: ${said}` }] : [];
    }
    if (isNameOnly(node) || checker.getSymbolAtLocation(node) !== meant) return [];
    return [{ start, end, text: `(${said})` }];
  });
  // `typeof c` takes no more than a name.
  if (uses.some(({ parent }) => ts.isTypeQueryNode(parent))) return [];
  return [{ start: name.end, end: type.end, text: '' }, ...edits];
}
