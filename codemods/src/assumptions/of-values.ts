/** assumptions/of-values: what is taken for granted of the values that go to a function and come back from it. */
import type { HandedData } from '../doubts/may-lack.ts';
import { assumption } from '../rules/assumption.ts';
import type { Finding, ReasonCode } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { cutText } from '../syntax/short-text.ts';
import { descendants, isNameOnly, type MovableFunction, returnedBy } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { ofClient } from '../values/value-path.ts';
import { isOfClient } from './unknown-names.ts';
import { unknownIn } from './unknown-values.ts';

const sizes = /^(size|length)$/;

/** What is taken for granted of what the paths of `fetchClientValues` lead to. */
export function pathAssumptions(paths: readonly string[]): readonly Finding[] {
  const open = paths.filter((path) => {
    const names = path.split('.');
    // discord.js 11 alone had `guilds.size`.
    if (/^(guilds|users|channels|emojis)\.size$/.test(path)) return true;
    return !isOfClient(names[0] ?? '') && !sizes.test(names.at(-1) ?? '');
  });
  const what = open.map((path) => `client.${path}`);
  return open.length === 0 ? [] : [assumption('DC-A2', what)];
}

const assumed = (code: ReasonCode, nodes: readonly ts.Expression[]): readonly Finding[] =>
  nodes.length === 0 ? [] : [assumption(code, nodes.map(cutText))];

/**
 * What a guild has only where it is available.
 *
 * @see https://discord.com/developers/docs/resources/guild#unavailable-guild-object
 */
const ofAvailable =
  /^(name|icon|banner|splash|description|ownerId|memberCount|features|preferredLocale|premiumTier|premiumSubscriptionCount|verificationLevel|vanityURLCode)$/;

/** A sum counts a guild that is not available as 0. */
const isAddedUp = ({ parent }: ts.Node): boolean =>
  ts.isBinaryExpression(parent) && /^\+=?$/.test(parent.operatorToken.getText());

/** Whether a name is what a pattern takes out of an object: `({ name }) => name`. */
function isOfPattern(name: ts.Identifier): boolean {
  const declared = declarationOf(name, name.getSourceFile());
  return declared !== null && ts.isBindingElement(declared) && ts.isObjectBindingPattern(declared.parent);
}

/** What a function reads of guilds of its client that only those have which are available. */
const guildFacts = (fn: MovableFunction): readonly ts.Expression[] =>
  descendants(fn.body).flatMap((node) => {
    const isTaken = ts.isIdentifier(node) && !isNameOnly(node) && isOfPattern(node);
    if (!ts.isPropertyAccessExpression(node) && !isTaken) return [];
    const isOne = ofClient(fn, node).some(
      ([guilds, cache, , fact, more]) =>
        guilds === 'guilds' && cache === 'cache' && more === undefined && ofAvailable.test(fact ?? ''),
    );
    return isOne && !isAddedUp(node) ? [node] : [];
  });

/** What is taken for granted of what a function is handed, and of what it gives where that `isKept`. */
export function valueAssumptions(
  { file, fn }: FunctionSite,
  { data, isKept }: { readonly data: HandedData; readonly isKept: boolean },
): readonly Finding[] {
  const { context } = data;
  const isRead = context !== null && fn.parameters[1] !== undefined;
  return [
    ...assumed('DC-A6', isKept ? guildFacts(fn) : []),
    ...assumed('DC-A2', isKept ? returnedBy(fn).flatMap((one) => unknownIn({ file, fn }, one)) : []),
    ...assumed('DC-A3', isRead ? unknownIn({ file: data.file, fn: null }, context) : []),
  ];
}
