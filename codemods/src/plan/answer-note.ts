/** plan/answer-note: calls to one cluster that stay as they are get a list, whatever the old library gave them. */
import { constLiteral } from '../calls/options.ts';
import { isCalled } from '../managers/mentions.ts';
import { hybridAnswer } from '../project/dependency-version.ts';
import { foldersOf, usesHybrid } from '../project/package-info.ts';
import { takenFor } from '../results/list-use.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { isAccess } from '../syntax/access.ts';
import { lastName } from '../syntax/defining.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { type SourcePlace, shownPlace } from '../syntax/source-place.ts';
import { descendants, nameText, unwrap, wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { saysOther } from '../values/client-words.ts';
import type { Decision } from './decision.ts';
import { importMoves, ownFiles } from './own-files.ts';

/** Whether an option may name one that is asked: a list of them gives a list in any case, and nothing asks everybody. */
function namesOne(option: ts.ObjectLiteralElementLike): boolean {
  if (option.name === undefined || ts.isComputedPropertyName(option.name)) return true;
  if (!/^(?:cluster|shard|guildId)$/.test(nameText(option.name))) return false;
  return !ts.isPropertyAssignment(option) || mayBeOne(option.initializer);
}

const mayBeOne = (node: ts.Expression): boolean => !ts.isArrayLiteralExpression(unwrap(node)) && !isNothing(node);

/** Options as they are written; in a file of a program also those that a name holds. */
function optionsAt(node: ts.Expression, file: ParsedFile | null): ts.Expression {
  const at = unwrap(node);
  return (file !== null && ts.isIdentifier(at) ? constLiteral(file, at) : null) ?? at;
}

/** Whether a call may ask one cluster alone. */
function asksOne({ arguments: all }: ts.CallExpression, file: ParsedFile | null): boolean {
  const [first, second] = all;
  if ([first, second].some((one) => one !== undefined && ts.isSpreadElement(one))) return true;
  if (second === undefined) return false;
  const options = optionsAt(second, file);
  return ts.isObjectLiteralExpression(options) ? options.properties.some(namesOne) : mayBeOne(options);
}

/** Mentions that are no call of these classes: another library's, a text, a declaration, a name. */
const ofOthers = /^DC-S[14578]$/;

/** Whether a receiver says by its last name that it is something else, or the shards of discord.js. */
function saysNoCluster(receiver: ts.Expression): boolean {
  const name = lastName(receiver);
  return name !== null && (name === 'shard' || saysOther(name));
}

/** Whether what is left at a site may ask one cluster, and looks at what it answers. */
function mayTakeAnswer({ site, rewritten, findings: [why] }: Decision): boolean {
  const { access, file, method } = site;
  if (rewritten || !isCalled(method) || why === undefined || ofOthers.test(why.code)) return false;
  if (access !== null && saysNoCluster(access.expression)) return false;
  const call = access === null ? undefined : wrapped(access).parent;
  if (call === undefined || !ts.isCallExpression(call)) return true;
  return asksOne(call, file) && !['nothing', 'list'].includes(takenFor(file, call));
}

const placeOf = ({ file: { source, tree }, at }: Site): SourcePlace => ({ path: source.path, tree, at });

/** Whether an expression of a file that is read alone is a call of one of the methods that may ask one cluster. */
function mayAskOne(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  if (!isCalled(lastName(callee) ?? '') || !asksOne(node, null)) return false;
  return !isAccess(callee) || !saysNoCluster(callee.expression);
}

/** Calls of files that were not among the given paths. */
function elsewhere(group: PackageSites): readonly SourcePlace[] {
  const without = new Set(group.files.map(({ source }) => source.path));
  return ownFiles(group, /\b(?:broadcastEval|fetchClientValues)\b/, { without }).flatMap(({ path, tree }) =>
    descendants(tree)
      .filter(mayAskOne)
      .map((call) => ({ path, tree, at: call.getStart() })),
  );
}

/** The calls that get a list of one from now on, where the import of discord-hybrid-sharding moves and they do not. */
export function answerNotes(group: PackageSites, decisions: readonly Decision[]): readonly Finding[] {
  const { info } = group;
  if (!importMoves(decisions) || !usesHybrid(info) || foldersOf(info).every((one) => hybridAnswer(one) === 'list'))
    return [];
  const places = [...decisions.filter(mayTakeAnswer).map(({ site }) => placeOf(site)), ...elsewhere(group)];
  const where = [...new Set(places.map((place) => shownPlace(place, info.root)))].join(', ');
  return where === '' ? [] : [finding('DC-W13', { where })];
}
