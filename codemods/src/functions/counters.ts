/** functions/counters: numbers that a bot keeps on its client and only counts up: over all processes they add up to the same. */
import { dirname } from 'node:path';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { placesIn } from '../values/class-members.ts';

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

function mentionOf(name: ts.Node): Mention {
  const { parent } = name;
  if (ts.isPropertyDeclaration(parent)) {
    const { initializer } = parent;
    return initializer === undefined || isZero(initializer) ? 'begins' : 'other';
  }
  if (!ts.isPropertyAccessExpression(parent)) return ts.isPropertySignature(parent) ? 'reads' : 'other';
  const [written] = writtenAt(parent);
  if (written === undefined) return 'reads';
  if (written !== null) return isZero(written) ? 'begins' : 'other';
  return isCounted(parent) ? 'counts' : 'other';
}

const askedFor = askedOnce<{ readonly is: boolean }>();

/** Whether the package around a file does nothing with a member of its client but begin it at 0, count it up and read it. */
export function isCounter(path: string, name: string): boolean {
  const manifest = packageFile(dirname(path));
  if (manifest === null) return false;
  const folder = dirname(manifest);
  return askedFor(`${folder}#counter#${name}`, () => {
    const mentions = placesIn(folder, name).map(mentionOf);
    return { is: mentions.includes('begins') && mentions.includes('counts') && !mentions.includes('other') };
  }).is;
}
