/** functions/counters: numbers that a bot keeps on its client and only counts up: over all processes they add up to the same. */
import { dirname } from 'node:path';
import { isComputed } from '../clients/computed-members.ts';
import { placesIn, treesMatching } from '../modules/said-in.ts';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { descendants, dottedNames, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { type CallerSearch, callerSearch, reachedByEvent } from './of-events.ts';

/** What one mention of a name does to it: begins at 0, counts for events or for nobody that is known, only reads, or anything else. */
type Mention = 'begins' | 'counts' | 'open' | 'reads' | 'other';

const isZero = (value: ts.Expression): boolean => {
  const at = unwrap(value);
  return ts.isNumericLiteral(at) && Number(at.text) === 0;
};

/** `client.hits++`, `client.hits += n` */
function isCounted({ parent }: ts.Node): boolean {
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken;
  const counts = ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent);
  return counts && parent.operator === ts.SyntaxKind.PlusPlusToken;
}

/** Whether a text of a file sets a member, where it is evaluated: `'this.hits++'`. */
function isSetByText(folder: string, name: string): boolean {
  const sets = new RegExp(`\\.${name.replaceAll('$', '\\$')}\\s*(\\+\\+|--|[-+*/]?=(?!=))`);
  return treesMatching(folder, sets).some((tree) =>
    descendants(tree).some(
      (node) => (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && sets.test(node.getText()),
    ),
  );
}

function mentionOf(search: CallerSearch, name: ts.Node): Mention {
  const { parent } = name;
  if (ts.isPropertyDeclaration(parent)) {
    const { initializer } = parent;
    return initializer === undefined || isZero(initializer) ? 'begins' : 'other';
  }
  if (!ts.isPropertyAccessExpression(parent)) return ts.isPropertySignature(parent) ? 'reads' : 'other';
  const [written] = writtenAt(parent);
  if (written === undefined) return 'reads';
  if (written !== null) return isZero(written) ? 'begins' : 'other';
  const root = dottedNames(parent)?.[0] ?? '';
  if (!isCounted(parent)) return 'other';
  const by = reachedByEvent(parent, root, search);
  return by === 'event' ? 'counts' : by === null ? 'open' : 'other';
}

/** Who counts a number up, as far as that is known. */
export type CountedBy = 'events' | 'open';

const searchOf = askedOnce<CallerSearch>();

const askedFor = askedOnce<{ readonly by: CountedBy | null }>();

/**
 * Who counts up a member of a client that the package around a file does nothing else with but begin it at 0 and read it;
 * `null` for any other member, one by a name that is computed among them, and where a process counts it by itself.
 */
export function countedBy(path: string, name: string): CountedBy | null {
  // It may be any.
  if (isComputed(name)) return null;
  const manifest = packageFile(dirname(path));
  if (manifest === null) return null;
  const folder = dirname(manifest);
  return askedFor(`${folder}#counter#${name}`, () => {
    const search = searchOf(folder, callerSearch);
    const mentions = placesIn(folder, name).map((one) => mentionOf(search, one));
    const isOpen = mentions.includes('open');
    const isCounter = mentions.includes('begins') && (isOpen || mentions.includes('counts'));
    if (!isCounter || mentions.includes('other') || isSetByText(folder, name)) return { by: null };
    return { by: isOpen ? 'open' : 'events' };
  }).by;
}

/** Whether a member of a client is a number that the package around a file only counts up, for events as far as that is known. */
export const isCounter = (path: string, name: string): boolean => countedBy(path, name) !== null;
