/** clients/own-told: whether a function says how much the bot has, or takes one of all: a process has that of all its shards. */
import { isCallee } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { clientMembers } from '../syntax/globals.ts';
import { descendants, isNameOnly, type MovableFunction, nameText, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isAlone } from './call-alone.ts';
import { clientReads } from './client-paths.ts';
import { asksById, isPlainCall, type Taken, type Told, toldBy } from './own-methods.ts';
import { goesOn, listing, ofWhole } from './whole-taken.ts';

/** What is looked at, and for what of it. */
interface Asked {
  readonly fn: MovableFunction;
  /** What is done by itself, whatever it gives; `null` where all counts. */
  readonly act: ts.Node | null;
}

const tells = (fn: MovableFunction, name: string, taken: Taken): Told | null =>
  toldBy(fn.body.getSourceFile().fileName, name, taken);

/** Whether what a method of the bot's own gives is told of a process, and looked at. */
function isCallTold({ fn, act }: Asked, call: ts.CallExpression, name: string): boolean {
  if (call === act || isPlainCall(call, name) || isAlone(call)) return false;
  const told = tells(fn, name, 'called');
  // Of what is written nowhere nobody knows.
  return told === null ? !asksById(call, name) : told !== 'nothing';
}

/** The member that an expression reads, or that a name was taken out by a pattern as: `c.busy`, `const { busy: b } = c`. */
function memberRead(at: ts.Expression): string | null {
  if (ts.isPropertyAccessExpression(at)) return at.name.text;
  const declared = ts.isIdentifier(at) ? declarationOf(at, at.getSourceFile()) : null;
  if (declared === null || !ts.isBindingElement(declared) || !ts.isObjectBindingPattern(declared.parent)) return null;
  return declared.dotDotDotToken === undefined ? nameText(declared.propertyName ?? declared.name) : null;
}

/** Whether a getter of the bot's own tells of a process, and is looked at. */
function isGetterTold({ fn }: Asked, at: ts.Expression): boolean {
  const name = memberRead(at);
  if (name === null || isCallee(at) || isAlone(at)) return false;
  return /^(own|view)$/.test(tells(fn, name, 'read') ?? '');
}

/** Whether a member of a list, or of what the bot has, tells of a process; the expression to go on with where it is a list, or a part, again. */
function ofMember(asked: Asked, access: ts.PropertyAccessExpression): boolean | ts.Expression {
  const { text } = access.name;
  if (ofWhole.test(text)) return true;
  const at = wrapped(access);
  const { parent } = at;
  if (!ts.isCallExpression(parent) || parent.expression !== at) return access;
  return goesOn.test(text) ? parent : isCallTold(asked, parent, text);
}

/** Every other place that says a name which is declared there. */
const placesOfName = ({ fn }: Asked, name: ts.Identifier): readonly ts.Identifier[] =>
  descendants(fn.body).filter(
    (one): one is ts.Identifier =>
      ts.isIdentifier(one) &&
      one !== name &&
      one.text === name.text &&
      one.pos > name.end &&
      !isNameOnly(one) &&
      declarationOf(one, fn.body) === name.parent,
  );

/** Whether what is taken out by a pattern is a size, or told of further on. */
const takesTold = (asked: Asked, pattern: ts.BindingName): boolean =>
  ts.isArrayBindingPattern(pattern) ||
  (ts.isObjectBindingPattern(pattern) &&
    pattern.elements.some(
      ({ propertyName, name }) =>
        ofWhole.test(nameText(propertyName ?? name)) || (ts.isIdentifier(name) && isNameTold(asked, name)),
    ));

const isNameTold = (asked: Asked, name: ts.Identifier): boolean =>
  placesOfName(asked, name).some((one) => isReadTold(asked, one));

function isReadTold(asked: Asked, read: ts.Expression): boolean {
  const at = wrapped(read);
  const { parent } = at;
  if (isGetterTold(asked, at)) return true;
  if (ts.isPropertyAccessExpression(parent)) {
    const next = ofMember(asked, parent);
    return typeof next === 'boolean' ? next : isReadTold(asked, next);
  }
  if (ts.isElementAccessExpression(parent))
    return parent.expression === at && ts.isNumericLiteral(parent.argumentExpression);
  if (ts.isSpreadElement(parent)) return ts.isArrayLiteralExpression(parent.parent) && isReadTold(asked, parent.parent);
  if (ts.isAwaitExpression(parent)) return isReadTold(asked, parent);
  if (ts.isCallExpression(parent)) {
    if (parent.expression === at) return isCallTold(asked, parent, lastName(at));
    return listing.test(parent.expression.getText()) && isReadTold(asked, parent);
  }
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== at) return false;
  return ts.isIdentifier(parent.name) ? isNameTold(asked, parent.name) : takesTold(asked, parent.name);
}

const lastName = (at: ts.Expression): string => (ts.isPropertyAccessExpression(at) ? at.name.text : at.getText());

/**
 * Whether what is read of the bot's own ends as a number of all of it, as one of all by its place, or as what a method gives
 * that is looked at.
 *
 * @param act - what is done by itself: what it gives says nothing of what it does
 */
export const isTold = (fn: MovableFunction, read: ts.Expression, act: ts.Node | null = null): boolean =>
  isReadTold({ fn, act }, read);

/** What getters of the bot's own on a path tell: `music.busy`. Of those further in, nobody asks a shard for its own. */
export function toldOfPath(names: readonly string[], from: string): Told {
  const told = names.map((name, i) => ({ told: clientMembers.has(name) ? null : toldBy(from, name, 'read'), i }));
  if (told.some((one) => one.told === 'own' || (one.told === 'view' && one.i > 0))) return 'own';
  return told[0]?.told === 'view' ? 'view' : 'nothing';
}

/** The members of a client that are its methods and getters, and see nothing but its shards: those of one, where a shard is asked. */
export function viewMembers(fn: MovableFunction): ReadonlySet<string> {
  const own = clientReads(fn).flatMap(({ kind, node, member }) =>
    kind === 'own' && member !== undefined ? [{ node, member }] : [],
  );
  const others = own.filter(({ node, member }) => {
    const at = wrapped(node);
    return tells(fn, member, isCallee(at) ? 'called' : 'read') !== 'view';
  });
  const not = new Set(others.map(({ member }) => member));
  return new Set(own.flatMap(({ member }) => (not.has(member) ? [] : [member])));
}
