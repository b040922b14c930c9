/** functions/counters: numbers that a bot keeps on its client and only counts up: over all processes they add up to the same. */
import { dirname } from 'node:path';
import { filesMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { readSource } from '../project/source.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants, dottedNames, placesOf, unwrap, wrapped } from '../syntax/syntax.ts';
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

const listens = /\.(on|once|addListener|prependListener)$/;

/** Events of a process, which each has once. */
const ofProcess = /^['"`](ready|clientReady)['"`]$/;

/** Functions that call what they get there and then, for what they were called on. */
const calling = /\.(forEach|each|map|filter|then|catch|finally|reduce|some|every|find)$/;

/** What is handed to a call at a place: `counts` for a listener, `other` where a process may do it once. */
function handedOver(call: ts.CallExpression, fn: ts.Node, root: string): Mention | null {
  const callee = call.expression.getText();
  const [event] = call.arguments;
  if (listens.test(callee)) return event !== undefined && ofProcess.test(event.getText()) ? 'other' : 'counts';
  if (calling.test(callee)) return null;
  const [first] = ts.isFunctionLike(fn) ? fn.parameters : [];
  // Who hands a client over may ask each process for it.
  const getsClient = first !== undefined && descendants(first.name).some((one) => one.getText() === root);
  return getsClient || /(^|\.)(broadcastEval|set(Interval|Timeout|Immediate))$/.test(callee) ? 'other' : null;
}

/** What a function is called, by which it may be handed over. */
function nameOf(fn: ts.Node): string | null {
  if (ts.isFunctionDeclaration(fn)) return fn.name?.text ?? null;
  return ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name) ? fn.parent.name.text : null;
}

/** The calls that a function of a file is handed to by its name. */
const callsWith = (fn: ts.Node): readonly ts.CallExpression[] => {
  const name = nameOf(fn);
  return name === null
    ? []
    : placesOf(fn.getSourceFile(), name).flatMap(({ parent }) =>
        ts.isCallExpression(parent) && parent.expression.getText() !== name ? [parent] : [],
      );
};

/** The file of an event that each process has once: `events/ready.js`. */
const isOfReady = (tree: ts.SourceFile): boolean => /(^|[/\\])(client)?ready\.[cm]?[jt]sx?$/i.test(tree.fileName);

/** Whether a number is counted up by what happens to the shards, and not by what each process does once. */
function isOfEvents(access: ts.PropertyAccessExpression): boolean {
  const root = dottedNames(access)?.[0] ?? '';
  let isInside = false;
  for (let at: ts.Node = access; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    isInside = true;
    const { parent } = ts.isArrowFunction(at) || ts.isFunctionExpression(at) ? wrapped(at) : at;
    const calls = ts.isCallExpression(parent) ? [parent] : callsWith(at);
    const found = calls.map((call) => handedOver(call, at, root));
    if (found.includes('other')) return false;
    if (found.includes('counts')) return true;
  }
  return isInside && !isOfReady(access.getSourceFile());
}

/** Whether a text of a file sets a member, where it is evaluated: `'this.hits++'`. */
function isSetByText(folder: string, name: string): boolean {
  const sets = new RegExp(`\\.${name}\\s*(\\+\\+|--|[-+*/]?=(?!=))`);
  return filesMatching(folder, sets).some((path) => {
    const source = readSource(path);
    const nodes = source === null ? [] : descendants(parseAlone(path, source.text));
    return nodes.some(
      (node) => (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && sets.test(node.getText()),
    );
  });
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
  return isCounted(parent) && isOfEvents(parent) ? 'counts' : 'other';
}

const askedFor = askedOnce<{ readonly is: boolean }>();

/** Whether the package around a file does nothing with a member of its client but begin it at 0, count it up for events and read it. */
export function isCounter(path: string, name: string): boolean {
  const manifest = packageFile(dirname(path));
  if (manifest === null) return false;
  const folder = dirname(manifest);
  return askedFor(`${folder}#counter#${name}`, () => {
    const mentions = placesIn(folder, name).map(mentionOf);
    const isProven = mentions.includes('begins') && mentions.includes('counts') && !mentions.includes('other');
    return { is: isProven && !isSetByText(folder, name) };
  }).is;
}
