/** doubts/discord-things: whether a value is one of the things of discord.js, or a list of them: a guild, a user, a member. */
import { knowsDiscord } from '../syntax/discord-types.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { logs } from '../syntax/logs.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { returnedBy, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { typingsOfOurs } from '../values/typed-owner.ts';
import { listOf } from './made-entries.ts';

/** Methods of a cache that give one of it. */
export const choosing = /^(?:get|find|findLast|first|last|random|at)$/;
/** Methods that give one thing of Discord, or its members as they are. */
const asking = /^(?:fetch|resolve|fetchOwner|fetchMe|toJSON)$/;
/** Methods that make or change one thing, and give it: those of a manager, and of a thing. */
const making = /^create$/;
const changing = /^(?:send|reply|followUp|edit|leave|kick|set[A-Z]\w*)$/;
/** Methods whose list holds what theirs holds. */
export const keeping = /^(?:filter|values|array|clone|toJSON|sort|sorted|slice|reverse|concat)$/;
const managers = /^(?:guilds|channels|users|members|roles|emojis|messages|stickers|threads)$/;
/** What a thing has that is another one, or a client. */
const parts = /^(?:user|application|guild|channel|member|author|owner|me|role|systemChannel)$/;

/** Names for one thing, one after the other. */
const deepest = 6;

/** Whether a type is that of a thing, all of which know their client; `null` where types say nothing. */
function byType(file: ParsedFile, node: ts.Expression): boolean | null {
  if (!file.typed || !knowsDiscord(file)) return null;
  const { checker } = file;
  const type = checker.getNonNullableType(
    checker.getAwaitedType(checker.getTypeAtLocation(node)) ?? checker.getAnyType(),
  );
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return null;
  return (type.isUnion() ? type.types : [type]).some((one) =>
    ['client', 'toJSON'].every((name) =>
      one.getProperty(name)?.declarations?.some((at) => typingsOfOurs.test(at.getSourceFile().fileName)),
    ),
  );
}

const memberName = (node: ts.Expression): string => {
  const at = unwrap(node);
  return ts.isPropertyAccessExpression(at) ? at.name.text : '';
};

/** What a name of the file is set to, or is one of. */
function ofName(file: ParsedFile, name: ts.Identifier, depth: number): boolean {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || depth === 0) return false;
  const list = listOf(declared as ts.Declaration);
  if (list !== null) return isThingList(file, list, depth - 1);
  const value = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return value !== undefined && isThing(file, value, depth - 1);
}

/** Whether what catches an error gives nothing of its own for it: `() => null`, `() => {}`, `console.error`. */
export function isQuiet(caught: ts.Expression | undefined): boolean {
  const at = caught === undefined ? caught : unwrap(caught);
  if (at === undefined || logs.test(at.getText())) return true;
  if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) return false;
  return returnedBy(at).every((one) => isNothing(unwrap(one)) || unwrap(one).kind === ts.SyntaxKind.FalseKeyword);
}

function ofCall(file: ParsedFile, { expression, arguments: [first] }: ts.CallExpression, depth: number): boolean {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee) || depth === 0) return false;
  const { name, expression: of } = callee;
  if (choosing.test(name.text)) return isThingList(file, of, depth - 1);
  if (name.text === 'finally' || (name.text === 'catch' && isQuiet(first))) return isThing(file, of, depth);
  const isOfManager = managers.test(memberName(of));
  if (making.test(name.text)) return isOfManager;
  if (changing.test(name.text)) return isThing(file, of, depth - 1);
  return asking.test(name.text) && (isOfManager || isThing(file, of, depth - 1));
}

/** Whether a member of a thing, or of the client that a function is given, is another thing. */
function ofMember(file: ParsedFile, { name, expression }: ts.PropertyAccessExpression, depth: number): boolean {
  if (!parts.test(name.text) || depth === 0) return false;
  const of = unwrap(expression);
  const declared = ts.isIdentifier(of) ? declarationOf(of, of.getSourceFile()) : null;
  const isClient = declared !== null && ts.isParameter(declared) && declared.parent.parameters[0] === declared;
  return (isClient && /^(?:user|application)$/.test(name.text)) || isThing(file, of, depth - 1);
}

/** Whether a value is a thing of discord.js: by its type, or by where it is taken out. */
export function isThing(file: ParsedFile, node: ts.Expression, depth = deepest): boolean {
  const at = unwrap(node);
  const typed = byType(file, at);
  if (typed !== null) return typed;
  if (ts.isAwaitExpression(at)) return isThing(file, at.expression, depth);
  if (ts.isIdentifier(at)) return ofName(file, at, depth);
  if (ts.isCallExpression(at)) return ofCall(file, at, depth);
  return ts.isPropertyAccessExpression(at) && ofMember(file, at, depth);
}

/** Whether a value is a list or a collection of such things, with what their methods leave of it. */
export function isThingList(file: ParsedFile, node: ts.Expression, depth = deepest): boolean {
  const at = unwrap(node);
  if (depth === 0) return false;
  if (ts.isArrayLiteralExpression(at))
    return at.elements.some((one) =>
      ts.isSpreadElement(one) ? isThingList(file, one.expression, depth - 1) : isThing(file, one, depth - 1),
    );
  if (ts.isPropertyAccessExpression(at)) return at.name.text === 'cache' && managers.test(memberName(at.expression));
  if (!ts.isCallExpression(at)) return false;
  const callee = unwrap(at.expression);
  const [first] = at.arguments;
  if (callee.getText() === 'Array.from')
    return at.arguments.length === 1 && first !== undefined && isThingList(file, first, depth - 1);
  return (
    ts.isPropertyAccessExpression(callee) &&
    keeping.test(callee.name.text) &&
    isThingList(file, callee.expression, depth)
  );
}
