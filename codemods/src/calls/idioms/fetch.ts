/** calls/idioms/fetch: a search for one guild is `cluster.guilds.fetch(id)`. */
import { dottedNames, unwrap, wrapped } from '../../syntax/syntax.ts';
import { ts } from '../../typescript.js';
import { losesNothing, valueHere } from './data-values.ts';
import {
  asksThroughClient,
  type DirectPlan,
  hasComments,
  newReceiver,
  standsAlone,
  type Understanding,
} from './direct.ts';
import { isInGuild } from './guild-guard.ts';
import { usesOfConst } from './results.ts';

/** What a GuildSummary has in common with the JSON of a Guild, under the same name and with the same meaning. */
const sharedFields = new Set([
  'id',
  'name',
  'icon',
  'ownerId',
  'memberCount',
  'available',
  'features',
  'preferredLocale',
]);

/** `(c, { id }) => c.guilds.cache.get(id)`: the id as the call has it, where the rest of the data does nothing. */
function guildLookedFor(given: Understanding): ts.Expression | null {
  const { fn } = given;
  const client = fn?.parameters[0]?.name;
  if (fn === null || ts.isBlock(fn.body) || client === undefined || !ts.isIdentifier(client)) return null;
  const lookup = unwrap(fn.body);
  if (!ts.isCallExpression(lookup) || lookup.arguments.length !== 1) return null;
  if (dottedNames(lookup.expression)?.join('.') !== `${client.text}.guilds.cache.get`) return null;
  const [id] = lookup.arguments;
  return id === undefined || !losesNothing(given, [id]) ? null : valueHere(given, id);
}

/**
 * Anything else may be what somebody typed; a cache has no such guild, and `fetch` refuses what is no id. So it does with
 * the `null` that `x.guildId` is outside of guilds: a test, or a type, has to say that it is not.
 */
function isGuildId({ file, call }: Understanding, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isStringLiteralLike(at)) return /^\d{17,20}$/.test(at.text);
  if (!ts.isPropertyAccessExpression(at) || at.getText().includes('?.')) return false;
  const path = dottedNames(at)?.join('.') ?? '';
  if (/(^|\.)guild\.id$/.test(path)) return true;
  if (!/\.(guildId|guild_id)$/.test(path)) return false;
  const typed = file.typed && (file.checker.getTypeAtLocation(at).flags & ts.TypeFlags.StringLike) !== 0;
  return typed || isInGuild(call, at.expression.getText());
}

/** `.find(Boolean)`, `.find((guild) => guild)`: whichever shard has it. */
function findOf(array: ts.Expression): ts.CallExpression | null {
  const access = wrapped(array).parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'find' || access.questionDotToken !== undefined)
    return null;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access || call.arguments.length !== 1) return null;
  const [test] = call.arguments;
  if (test?.getText() === 'Boolean') return call;
  if (test === undefined || !ts.isArrowFunction(test) || test.parameters.length !== 1) return null;
  const name = test.parameters[0]?.name.getText() ?? '';
  return [name, `!!${name}`].includes(test.body.getText()) ? call : null;
}

/** Whether a use of the guild only asks if there is one, or reads a field that both have. */
function isShared(use: ts.Expression): boolean {
  const at = wrapped(use);
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === at) return sharedFields.has(parent.name.text);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  return (
    (ts.isIfStatement(parent) && parent.expression === at) ||
    (ts.isConditionalExpression(parent) && parent.condition === at)
  );
}

/** Finds lookups of one guild of which only facts are read that `guilds.fetch` gives, too. */
export function guildFetch(given: Understanding): DirectPlan | null {
  const { file, call } = given;
  const id = guildLookedFor(given);
  const awaited = wrapped(call).parent;
  if (id === null || !isGuildId(given, id) || !asksThroughClient(given) || !ts.isAwaitExpression(awaited)) return null;
  const found = findOf(awaited);
  const holder = found === null ? null : wrapped(found).parent;
  if (found === null || holder === null || !ts.isVariableDeclaration(holder) || holder.initializer !== found)
    return null;
  const uses = usesOfConst(file, holder);
  if (uses === null || uses.length === 0 || !uses.every(isShared) || hasComments(file, found)) return null;
  const asked = `await ${newReceiver(given)}.guilds.fetch(${id.getText()})`;
  const text = standsAlone(found) ? asked : `(${asked})`;
  return { splices: [{ start: found.getStart(), end: found.end, text }], notes: [], method: 'guilds.fetch(id)' };
}
