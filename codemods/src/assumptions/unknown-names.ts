/** assumptions/unknown-names: what nothing is known of where a name is read: a parameter, a variable, a part of a pattern. */
import { isBuiltin } from 'node:module';
import { listOf } from '../doubts/made-entries.ts';
import { writtenType } from '../doubts/numbers.ts';
import { isDiscordByName } from '../doubts/surely-there.ts';
import { importOf, isDiscordModule } from '../modules/bindings.ts';
import { clientMembers, formerMembers, isGlobalName } from '../syntax/globals.ts';
import { nameText, symbolOf, wrapped } from '../syntax/syntax.ts';
import { writesToVariable } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { saysClient } from '../values/client-words.ts';
import { putInto } from '../values/puts.ts';
import { type Unknown, unknownIf, unknownOfAll, type ValueWalk } from './value-walk.ts';

/** Whether a member is one that discord.js, or shardlift, gives each client. */
export const isOfClient = (name: string): boolean =>
  clientMembers.has(name) || formerMembers.has(name) || name === 'cluster';

/** Whether a name is that of a client: what the function that moves is given, or, where nobody says it, by its name. */
export function isClient({ fn, file }: ValueWalk, node: ts.Expression): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return fn !== null && !ts.isMethodDeclaration(fn);
  if (fn === null)
    return (
      (ts.isIdentifier(node) && saysClient(node.text)) ||
      (ts.isPropertyAccessExpression(node) && saysClient(node.name.text))
    );
  const declared = ts.isIdentifier(node) ? symbolOf(file.checker, node)?.valueDeclaration : undefined;
  return declared !== undefined && declared === fn.parameters[0];
}

/** What a parameter of a function that something calls for each of a list, or with what a promise gives, gets of it. */
function givenTo(parameter: ts.ParameterDeclaration): readonly ts.Expression[] | null {
  const fn = parameter.parent;
  const each = listOf(parameter);
  if (each !== null) return [each];
  const call = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : fn.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return null;
  const { expression: of, name } = call.expression;
  const index = fn.parameters.indexOf(parameter);
  // What a sum has come to is made by the function itself.
  if (/^reduce(Right)?$/.test(name.text)) return index === 0 ? call.arguments.slice(1) : [of];
  const isKey = index > 0 && /^(map|forEach|flatMap|filter|some|every|find|each)$/.test(name.text);
  return isKey || /^(then|sort|toSorted|each|mapValues)$/.test(name.text) ? [of] : null;
}

function ofParameter(walk: ValueWalk, name: ts.Identifier, parameter: ts.ParameterDeclaration): Unknown {
  const { fn, file, called } = walk;
  // What is handed over is looked at where that is done.
  if (parameter.parent === fn || called.has(parameter.parent)) return [];
  const type = writtenType(file, name);
  if (type !== null && !/\b(any|unknown|object)\b|^\*/.test(type)) return [];
  const given = givenTo(parameter);
  if (given !== null) return unknownIf(walk, name, given);
  return fn === null && isDiscordByName(file, name) ? [] : [name];
}

/** What a pattern takes apart: an expression, or a parameter. */
function takenApart(pattern: ts.BindingPattern): ts.Expression | ts.ParameterDeclaration | null {
  const { parent } = pattern;
  if (ts.isBindingElement(parent)) return takenApart(parent.parent);
  if (ts.isParameter(parent)) return parent;
  const loop = parent.parent.parent;
  return parent.initializer ?? (ts.isForOfStatement(loop) ? loop.expression : null);
}

function ofElement(walk: ValueWalk, name: ts.Identifier, element: ts.BindingElement): Unknown {
  const from = takenApart(element.parent);
  if (from === null) return [name];
  const isOfClients = ts.isParameter(from) ? from === walk.fn?.parameters[0] : isClient(walk, from);
  if (isOfClients) return isOfClient(nameText(element.propertyName ?? element.name)) ? [] : [name];
  if (!ts.isParameter(from)) return unknownIf(walk, name, [from]);
  if (from.parent === walk.fn || walk.called.has(from.parent)) return [];
  const given = givenTo(from);
  return given === null ? [name] : unknownIf(walk, name, given);
}

function ofVariable(walk: ValueWalk, name: ts.Identifier, declared: ts.VariableDeclaration): Unknown {
  const symbol = symbolOf(walk.file.checker, name);
  const loop = declared.parent.parent;
  if (ts.isForOfStatement(loop)) return unknownIf(walk, name, [loop.expression]);
  if (symbol === undefined || ts.isForInStatement(loop)) return [];
  const written = [declared.initializer ?? null, ...writesToVariable(walk.file, symbol)];
  const put = putInto(name, declared).flatMap(({ value }) => (ts.isParameter(value) ? [] : [value]));
  return unknownOfAll(walk, [...written.flatMap((one) => one ?? []), ...put]);
}

/** Whether what a module gives is known: data that is written, or what Node or discord.js has. */
export const isKnownModule = (specifier: string): boolean =>
  specifier.endsWith('.json') || isBuiltin(specifier) || isDiscordModule(specifier);

/** What nothing is known of in what a name stands for. */
export function unknownName(walk: ValueWalk, name: ts.Identifier): Unknown {
  const { file } = walk;
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  const imported = importOf(file.checker, name);
  if (imported !== null) return isKnownModule(imported.specifier) ? [] : [name];
  if (declared === undefined) return isGlobalName(name.text) ? [] : [name];
  if (ts.isParameter(declared)) return ofParameter(walk, name, declared);
  if (ts.isBindingElement(declared)) return ofElement(walk, name, declared);
  return ts.isVariableDeclaration(declared) ? ofVariable(walk, name, declared) : [];
}
