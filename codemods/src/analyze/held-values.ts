/** analyze/held-values: what the data of a call holds, member by member, as far as it is written. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { nameText, placesOf, returnedBy, symbolOf, unwrap } from './syntax.ts';
import { writtenAt } from './writes.ts';

/** One value that is not taken apart further, and where it is held. */
export interface HeldValue {
  readonly names: readonly string[];
  readonly value: ts.Expression;
  /** Whether it is an entry of a list. */
  readonly inList: boolean;
  /** The file that it is written in. */
  readonly file: ParsedFile;
}

interface At {
  readonly file: ParsedFile;
  readonly names: readonly string[];
  readonly inList: boolean;
  readonly depth: number;
}

const below = (at: At, name: string, inList: boolean): At => ({ ...at, names: [...at.names, name], inList });

function ofObject(at: At, { properties }: ts.ObjectLiteralExpression): readonly HeldValue[] {
  const nameOf = (one: ts.ObjectLiteralElementLike): string => (one.name === undefined ? '' : nameText(one.name));
  const last = new Map(properties.map((one) => [nameOf(one), one] as const));
  return properties.flatMap((one) => {
    if (ts.isSpreadAssignment(one)) return heldIn(at, one.expression);
    const name = nameOf(one);
    // A later one takes its place.
    if (last.get(name) !== one) return [];
    if (ts.isShorthandPropertyAssignment(one)) return heldIn(below(at, name, false), one.name);
    return ts.isPropertyAssignment(one) ? heldIn(below(at, name, false), one.initializer) : [];
  });
}

/** What is put into a member of an object that a name holds, after its declaration. */
function putLater(at: At, name: ts.Identifier): readonly HeldValue[] {
  const symbol = symbolOf(at.file.checker, name);
  return placesOf(at.file.tree, name.text).flatMap((place) => {
    const { parent } = place;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.expression === place;
    if (!isMember || !ts.isIdentifier(place) || symbolOf(at.file.checker, place) !== symbol) return [];
    return writtenAt(parent).flatMap((value) =>
      value === null ? [] : heldIn(below(at, parent.name.text, false), value),
    );
  });
}

function ofName(at: At, name: ts.Identifier): readonly HeldValue[] | null {
  const declared = symbolOf(at.file.checker, name)?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  const made = unwrap(declared.initializer);
  if (!ts.isObjectLiteralExpression(made) && !ts.isArrayLiteralExpression(made) && !ts.isCallExpression(made))
    return null;
  const held = heldIn(at, made);
  const isWhole = held.some(({ value }) => value === made);
  return isWhole ? null : [...held, ...(ts.isIdentifier(declared.name) ? putLater(at, declared.name) : [])];
}

/** What a function of the file gives, and what is frozen or assigned. */
function ofCall(at: At, call: ts.CallExpression): readonly HeldValue[] | null {
  if (/^Object\.(freeze|seal|assign)$/.test(call.expression.getText()))
    return call.arguments.flatMap((one) => heldIn(at, one));
  if (!ts.isIdentifier(call.expression)) return null;
  const declared = symbolOf(at.file.checker, call.expression)?.valueDeclaration;
  const made = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : declared;
  if (made === undefined || !ts.isFunctionLike(made) || !('body' in made) || made.body === undefined) return null;
  const given = returnedBy(made as { readonly body: ts.ConciseBody }).filter((one) =>
    ts.isObjectLiteralExpression(unwrap(one)),
  );
  return given.length === 0 ? null : given.flatMap((one) => heldIn(at, one));
}

function ofParts(at: At, node: ts.Expression): readonly HeldValue[] | null {
  if (ts.isObjectLiteralExpression(node)) return ofObject(at, node);
  if (ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((one, i) =>
      ts.isSpreadElement(one) || ts.isOmittedExpression(one) ? [] : heldIn(below(at, String(i), true), one),
    );
  if (ts.isIdentifier(node)) return ofName(at, node);
  return ts.isCallExpression(node) ? ofCall(at, node) : null;
}

function heldIn(from: At, value: ts.Expression): readonly HeldValue[] {
  const node = unwrap(value);
  const at = { ...from, depth: from.depth - 1 };
  const whole = [{ names: at.names, value: node, inList: at.inList, file: at.file }];
  return at.depth < 0 ? whole : (ofParts(at, node) ?? whole);
}

/** What a value holds: itself alone where it is not written as an object or a list. */
export const heldValues = (file: ParsedFile, value: ts.Expression): readonly HeldValue[] =>
  heldIn({ file, names: [], inList: false, depth: 8 }, value);
