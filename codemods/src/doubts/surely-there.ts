/** doubts/surely-there: whether it is proven that a value is there, in the code that makes a call. */
import { importOf } from '../modules/bindings.ts';
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { mayEnd } from '../syntax/statements.ts';
import { nameText, returnedBy, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { askedByDepth } from '../values/value-asked.ts';
import { functionOf } from './made-entries.ts';
import { ofEveryProcess } from './may-lack.ts';
import { isLookedAt } from './maybe-missing.ts';
import { mayBeNothing } from './nothing.ts';
import { writtenType } from './numbers.ts';
import { isUnchecked } from './open-places.ts';
import { takenFrom, valuesOf } from './value-given.ts';

/** Names of what discord.js hands to a bot, by their last word. */
const ofDiscord =
  /(message|msg|interaction|guild|server|channel|member|user|author|role|emoji|client|bot|thread|invite|application|owner|reaction|attachment|sticker)$/i;

/** What such a thing holds others in. */
const holders =
  /^(ws|rest|shard|cluster|options|guilds|users|channels|members|roles|emojis|stickers|messages|threads|presence|cache)$/;

/** What such a thing always has, be it `null`. */
const facts =
  /^(id|(guild|channel|message|user|owner|parent|application|target|webhook|thread|author)Id|name|tag|username|displayName|globalName|nickname|discriminator|memberCount|content|cleanContent|url|createdTimestamp|createdAt|joinedTimestamp|joinedAt|locale|guildLocale|customId|commandName|commandId|token|type|bot|icon|avatar|banner|position|topic|nsfw|hexColor|color|permissions|description|values|shardId|shardCount|ping|status|count|readyAt|readyTimestamp|uptime|size|length)$/;

/** Methods that give a value or `null`, whoever has them. */
const givers =
  /^(get(String|Integer|Number|Boolean|Subcommand|SubcommandGroup|User|Member|Role|Channel|Mentionable|Attachment|TextInputValue)|(display|static)?(avatar|icon|banner|splash)URL|displayAvatarURL|getTime|substring|substr|charAt|padStart|padEnd|repeat|to[A-Z]\w*|valueOf|test|indexOf|lastIndexOf|startsWith|endsWith|equals)$/i;

const making =
  /^(JSON\.parse|Date\.\w+|(\w+\.)?(randomUUID|randomBytes|nanoid|uuidv?\d*)|Buffer\.from|structuredClone)$/;

const openType = /\b(any|unknown|undefined|void|never)\b|^\*$|\?$|=$/;

const openTypes = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Undefined | ts.TypeFlags.Void;

/** How many names and functions are followed. */
const deepest = 5;

const lastName = (node: ts.Expression): string | null =>
  ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : null;

/** Whether an expression is something of discord.js, by what it is called and what it is taken of. */
function isDiscord(file: ParsedFile, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  if (depth === 0) return false;
  if (ts.isAwaitExpression(at)) return isDiscord(file, at.expression, depth);
  if (ts.isCallExpression(at))
    return ts.isPropertyAccessExpression(at.expression) && isDiscordCall(file, at.expression, depth);
  const name = lastName(at) ?? '';
  if (!ofDiscord.test(name) && !(ts.isPropertyAccessExpression(at) && holders.test(name))) return false;
  if (ts.isPropertyAccessExpression(at))
    return (
      name === 'client' || at.expression.kind === ts.SyntaxKind.ThisKeyword || isDiscord(file, at.expression, depth - 1)
    );
  if (!ts.isIdentifier(at)) return false;
  const taken = takenFrom(file, at);
  if (taken !== null) return isDiscord(file, taken.from, depth - 1);
  const values = valuesOf(file, at);
  return values.every((one) => isDiscord(file, one, depth - 1) || makesClient(one));
}

/** Whether a name is Node's process, by itself or by its module. */
function isProcess(file: ParsedFile, node: ts.Expression): boolean {
  if (!ts.isIdentifier(node) || node.text !== 'process') return false;
  const imported = importOf(file.checker, node);
  if (imported !== null) return /^(node:)?process$/.test(imported.specifier);
  return declarationOf(node, node.getSourceFile()) === null;
}

/** `process.pid`, `process.version` */
const isOfProcess = (file: ParsedFile, { expression: of, name }: ts.PropertyAccessExpression): boolean =>
  ofEveryProcess.test(name.text) && isProcess(file, of);

const makesClient = (node: ts.Expression): boolean => {
  const at = unwrap(node);
  return ts.isNewExpression(at) && ofDiscord.test(at.expression.getText());
};

/** `guilds.cache.get(id)`, `guild.members.fetch(id)`, `options.getUser('x')` of something of discord.js. */
function isDiscordCall(
  file: ParsedFile,
  { expression: of, name }: ts.PropertyAccessExpression,
  depth: number,
): boolean {
  const at = unwrap(of);
  if (/^get(User|Member|Role|Channel)$/.test(name.text)) return /(^|\.)options$/.test(at.getText());
  if (!/^(get|fetch|find|first|create|send|reply)$/.test(name.text) || !ts.isPropertyAccessExpression(at)) return false;
  const held = at.name.text === 'cache' ? unwrap(at.expression) : at;
  return ts.isPropertyAccessExpression(held) && isDiscord(file, held.expression, depth - 1);
}

/** Whether every one of some values is there. */
const all = (file: ParsedFile, values: readonly ts.Expression[], depth: number): boolean =>
  values.length > 0 && values.every((one) => isThereWithin(file, one, depth));

function ofParameter(file: ParsedFile, name: ts.Identifier, declared: ts.ParameterDeclaration, depth: number): boolean {
  if (declared.dotDotDotToken !== undefined) return true;
  if (declared.initializer !== undefined) return isThereWithin(file, declared.initializer, depth);
  const type = writtenType(file, name);
  return (type !== null && !openType.test(type)) || isDiscord(file, name, depth);
}

function ofElement(file: ParsedFile, name: ts.Identifier, element: ts.BindingElement, depth: number): boolean {
  if (element.dotDotDotToken !== undefined) return true;
  if (element.initializer !== undefined) return isThereWithin(file, element.initializer, depth);
  const { parent: pattern } = element;
  const taken = takenFrom(file, name);
  const own = nameText(element.propertyName ?? element.name);
  if (!ts.isObjectBindingPattern(pattern) || !facts.test(own)) return isDiscord(file, name, depth);
  return taken !== null && isDiscord(file, taken.from, depth);
}

function ofName(file: ParsedFile, name: ts.Identifier, depth: number): boolean {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  if (declared === undefined) return false;
  if (ts.isParameter(declared)) return ofParameter(file, name, declared, depth);
  if (ts.isBindingElement(declared)) return ofElement(file, name, declared, depth);
  return ts.isVariableDeclaration(declared)
    ? declared.initializer !== undefined && all(file, valuesOf(file, name), depth)
    : ts.isEnumDeclaration(declared);
}

function ofCall(file: ParsedFile, call: ts.CallExpression, depth: number): boolean {
  const { expression: callee } = call;
  if (making.test(callee.getText())) return true;
  if (ts.isPropertyAccessExpression(callee) && givers.test(callee.name.text)) return true;
  const fn = functionOf(file, callee);
  if (fn === null) return false;
  return !(ts.isBlock(fn.body) && mayEnd(fn.body)) && all(file, returnedBy(fn), depth);
}

/** What the text says of a value of which nothing tells that it is missing. */
function isOpenThere(file: ParsedFile, at: ts.Expression, depth: number): boolean {
  if (ts.isConditionalExpression(at)) return all(file, [at.whenTrue, at.whenFalse], depth);
  if (ts.isAwaitExpression(at)) return isThereWithin(file, at.expression, depth);
  if (ts.isBinaryExpression(at)) {
    const isBoth = at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    return all(file, isBoth ? [at.left, at.right] : [at.right], depth);
  }
  if (ts.isIdentifier(at)) return ofName(file, at, depth);
  if (ts.isCallExpression(at)) return ofCall(file, at, depth);
  if (!ts.isPropertyAccessExpression(at)) return false;
  return isOfProcess(file, at) || (facts.test(at.name.text) && isDiscord(file, at.expression, depth));
}

/** Whether the type of a value says that it is there. */
function isTyped(file: ParsedFile, node: ts.Expression): boolean {
  const { strict, strictNullChecks } = file.compilation.options;
  if (!file.typed || !(strictNullChecks ?? strict) || isUnchecked(file, node)) return false;
  const type = file.checker.getTypeAtLocation(node);
  return (type.isUnion() ? type.types : [type]).every(({ flags }) => !(flags & openTypes));
}

const answers = askedByDepth<boolean>();

function isThereWithin(file: ParsedFile, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  const ask = (): boolean => {
    const nothing = mayBeNothing(file, at);
    if (nothing !== 'open' || depth === 0) return nothing === 'never' || isLookedAt(at);
    return isTyped(file, at) || isLookedAt(at) || isOpenThere(file, at, depth - 1);
  };
  return answers({ of: file, node: at, depth }, ask);
}

/** Whether an expression is something of discord.js, by what it is called and what it is taken of: `message.guild`. */
export const isDiscordByName = (file: ParsedFile, node: ts.Expression): boolean => isDiscord(file, node, deepest);

/** Whether a value is proven to be there: a literal, a fact of discord.js, a typed parameter, what is tested before. */
export const isThere = (file: ParsedFile, node: ts.Expression): boolean => isThereWithin(file, node, deepest);
