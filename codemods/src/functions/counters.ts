/** functions/counters: numbers that a bot keeps on its client and only counts up: over all processes they add up to the same. */
import { dirname } from 'node:path';
import { filesMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { readSource } from '../project/source.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants, dottedNames, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { placesIn } from '../values/class-members.ts';
import { isOfEvents } from './of-events.ts';

/** What one mention of a name does to it: begins at 0, counts, only reads, or anything else. */
type Mention = 'begins' | 'counts' | 'reads' | 'other';

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
  return filesMatching(folder, sets).some((path) => {
    const source = readSource(path);
    const nodes = source === null ? [] : descendants(parseAlone(path, source.text));
    return nodes.some(
      (node) => (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && sets.test(node.getText()),
    );
  });
}

function mentionOf(folder: string, name: ts.Node): Mention {
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
  return isCounted(parent) && isOfEvents(parent, { folder, root }) ? 'counts' : 'other';
}

const askedFor = askedOnce<{ readonly is: boolean }>();

/** Whether the package around a file does nothing with a member of its client but begin it at 0, count it up for events and read it. */
export function isCounter(path: string, name: string): boolean {
  const manifest = packageFile(dirname(path));
  if (manifest === null) return false;
  const folder = dirname(manifest);
  return askedFor(`${folder}#counter#${name}`, () => {
    const mentions = placesIn(folder, name).map((one) => mentionOf(folder, one));
    const isProven = mentions.includes('begins') && mentions.includes('counts') && !mentions.includes('other');
    return { is: isProven && !isSetByText(folder, name) };
  }).is;
}
