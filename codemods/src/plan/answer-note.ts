/** plan/answer-note: calls to one cluster that stay as they are get a list, whatever the old library gave them. */
import { dirname } from 'node:path';
import { takenFor } from '../analyze/list-use.ts';
import { parseAlone } from '../analyze/program.ts';
import { type SourcePlace, shownPlace } from '../analyze/source-place.ts';
import { descendants, nameText, unwrap, wrapped } from '../analyze/syntax.ts';
import { hybridAnswer } from '../dependency-version.ts';
import { discover } from '../discover.ts';
import { readPackage, usesHybrid } from '../package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites.ts';
import { ts } from '../typescript.js';
import { lastName } from './defining.ts';
import type { Decision } from './package-plan.ts';

const isMethod = (name: string): boolean => name === 'broadcastEval' || name === 'fetchClientValues';

/** Whether an option may name one that is asked: a list of them gives a list in any case, and nothing asks everybody. */
function namesOne(option: ts.ObjectLiteralElementLike): boolean {
  if (option.name === undefined || ts.isComputedPropertyName(option.name)) return true;
  if (!/^(?:cluster|shard|guildId)$/.test(nameText(option.name))) return false;
  return !ts.isPropertyAssignment(option) || mayBeOne(option.initializer);
}

const mayBeOne = (node: ts.Expression): boolean =>
  !ts.isArrayLiteralExpression(unwrap(node)) && unwrap(node).getText() !== 'undefined';

/** Whether a call may ask one cluster alone. */
function asksOne({ arguments: all }: ts.CallExpression): boolean {
  const [first, second] = all;
  if ([first, second].some((one) => one !== undefined && ts.isSpreadElement(one))) return true;
  if (second === undefined) return false;
  const options = unwrap(second);
  return ts.isObjectLiteralExpression(options) ? options.properties.some(namesOne) : mayBeOne(options);
}

/** Mentions that are no call of these classes: another library's, a text, a declaration, a name. */
const ofOthers = /^DC-S[14578]$/;

/** Whether what is left at a site may ask one cluster, and looks at what it answers. */
function mayTakeAnswer({ site, rewritten, findings: [why] }: Decision): boolean {
  const { access, file, method } = site;
  if (rewritten || !isMethod(method) || why === undefined || ofOthers.test(why.code)) return false;
  const call = access === null ? undefined : wrapped(access).parent;
  if (call === undefined || !ts.isCallExpression(call)) return true;
  return asksOne(call) && !['nothing', 'list'].includes(takenFor(file, call));
}

const placeOf = ({ file: { source, tree }, at }: Site): SourcePlace => ({ path: source.path, tree, at });

/** Calls of files that were not among the given paths. */
function elsewhere({ info, files }: PackageSites): readonly SourcePlace[] {
  const given = new Set(files.map(({ source }) => source.path));
  return discover([info.root], info.root, /\b(?:broadcastEval|fetchClientValues)\b/).flatMap(({ path, text }) => {
    if (given.has(path) || readPackage(dirname(path), info.root).root !== info.root) return [];
    const tree = parseAlone(path, text);
    const calls = descendants(tree).filter(ts.isCallExpression);
    return calls
      .filter((call) => isMethod(lastName(unwrap(call.expression)) ?? '') && asksOne(call))
      .map((call) => ({ path, tree, at: call.getStart() }));
  });
}

/** The calls that get a list of one from now on, where the import of discord-hybrid-sharding moves and they do not. */
export function answerNotes(group: PackageSites, decisions: readonly Decision[]): readonly Finding[] {
  const { info } = group;
  const moves = decisions.some(
    ({ site: { verdict }, rewritten }) => rewritten && verdict.kind === 'swap' && verdict.mention.kind === 'module',
  );
  if (!moves || !usesHybrid(info) || hybridAnswer(info.root) === 'list') return [];
  const places = [...decisions.filter(mayTakeAnswer).map(({ site }) => placeOf(site)), ...elsewhere(group)];
  const where = [...new Set(places.map((place) => shownPlace(place, info.root)))].join(', ');
  return where === '' ? [] : [finding('DC-W13', { where })];
}
