/** values/written-functions: the functions that the files of a bot write under the name of a member: methods, getters, what is set there. */

import { saidIn } from '../modules/said-in.ts';
import { askedOnce } from '../project/read-once.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { nameText, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { type Body, hasBody } from './value-way.ts';

/** What the files of a bot write under a name, in any class and any object. */
export interface WrittenUnder {
  readonly methods: readonly Body[];
  readonly getters: readonly Body[];
  /** Something is put there of which the text does not say whether it is a function. */
  readonly open: boolean;
}

type Written = Body | 'open' | null;

/** What is looked at on the way to a function. */
interface Look {
  /** The name that it is written under. */
  readonly name: string;
  /** The declarations on the way, so that names which are set from one another end somewhere. */
  readonly seen: ReadonlySet<ts.Node>;
}

const lookFor = (name: string): Look => ({ name, seen: new Set() });

/** What a name was declared as, where its file says it. */
function declaredAs(name: ts.Identifier, { seen }: Look): Written {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || seen.has(declared)) return 'open';
  if (!ts.isVariableDeclaration(declared)) return hasBody(declared) ? declared : 'open';
  const look: Look = { name: name.text, seen: new Set([...seen, declared]) };
  return declared.initializer === undefined ? 'open' : ofValue(declared.initializer, look);
}

/** The function that a value is; `null` for what is surely none. */
function ofValue(value: ts.Expression, look: Look): Written {
  const { name } = look;
  const at = unwrap(value);
  if (hasBody(at)) return at;
  if (ts.isIdentifier(at)) return at.text === 'undefined' ? null : at.text === name ? 'open' : declaredAs(at, look);
  if (ts.isPropertyAccessExpression(at)) return at.name.text === name ? null : 'open';
  if (!ts.isCallExpression(at)) return ts.isConditionalExpression(at) || ts.isBinaryExpression(at) ? 'open' : null;
  const { expression: callee } = at;
  const isBound = ts.isPropertyAccessExpression(callee) && callee.name.text === 'bind';
  return isBound ? ofValue(callee.expression, look) : 'open';
}

/** What a place that says a name of a member writes there. */
function writtenBy(name: ts.Node): readonly Written[] {
  const { parent } = name;
  const { text } = name as ts.Identifier;
  if (ts.isMethodDeclaration(parent) || ts.isGetAccessor(parent) || ts.isFunctionDeclaration(parent)) {
    // A function with a name of its own is a member of its module alone.
    const isMember = !ts.isFunctionDeclaration(parent) || (ts.getCombinedModifierFlags(parent) & exported) !== 0;
    return parent.name === name && isMember && hasBody(parent) ? [parent] : [];
  }
  if (ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent)) {
    const isPut = parent.name === name && parent.initializer !== undefined;
    return isPut ? [ofValue(parent.initializer, lookFor(text))] : [];
  }
  if (ts.isShorthandPropertyAssignment(parent)) return ts.isIdentifier(name) ? [declaredAs(name, lookFor(text))] : [];
  if (!ts.isPropertyAccessExpression(parent) || parent.name !== name) return [];
  return writtenAt(parent).map((value) => (value === null ? null : ofValue(value, lookFor(text))));
}

const exported = ts.ModifierFlags.Export;

/** The getter that is defined by a text of its name: `Object.defineProperty(client, 'load', { get() { ... } })`. */
function getterDefined(key: ts.Node): readonly Body[] {
  const { parent: call } = key;
  if (!ts.isCallExpression(call) || !/\.defineProperty$/.test(call.expression.getText())) return [];
  const [, second, described] = call.arguments;
  if (second !== key || described === undefined || !ts.isObjectLiteralExpression(described)) return [];
  return described.properties.flatMap((one) => {
    if (one.name === undefined || nameText(one.name) !== 'get') return [];
    const made = ts.isPropertyAssignment(one) ? one.initializer : one;
    return hasBody(made) ? [made] : [];
  });
}

const writtenOnce = askedOnce<WrittenUnder>();

/** Finds what the files of a folder write under a name. */
export function writtenUnder(folder: string, name: string): WrittenUnder {
  // A name that is computed may be any.
  if (!/^#?[\w$]+$/.test(name)) return { methods: [], getters: [], open: true };
  return writtenOnce(`${folder}#${name}`, () => findWritten(folder, name));
}

function findWritten(folder: string, name: string): WrittenUnder {
  const places = saidIn(folder, name);
  const all = places.flatMap((one) => (ts.isStringLiteralLike(one) ? [] : writtenBy(one)));
  const bodies = all.filter((one): one is Body => one !== null && one !== 'open');
  return {
    methods: bodies.filter((one) => !ts.isGetAccessor(one)),
    getters: [...bodies.filter(ts.isGetAccessor), ...places.flatMap(getterDefined)],
    open: all.includes('open'),
  };
}
