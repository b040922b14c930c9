/** values/sources: where a name gets its values from: its declaration, what is put into it, and who calls its function. */
import { declarationOf } from '../syntax/free-names.ts';
import { placesOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { memberName } from './value-members.ts';
import { anyName, atPlace, type Step, wait } from './value-way.ts';

/** One value that a name gets, or a part of it does. */
export interface Source {
  readonly value: ts.Expression | ts.ParameterDeclaration;
  /** Whether something else is got where it is missing. */
  readonly replaced?: boolean;
  /** From the value to what is got of it. */
  readonly steps?: readonly Step[];
  /** The members of the name that get it; the name itself does where there are none. */
  readonly under?: readonly string[];
  /** All that the value holds is got, without the names that are listed here. */
  readonly spread?: readonly string[];
}

/** The values that a declared name, or the pattern around it, has where it is declared. */
type Declared = (name: ts.VariableDeclaration | ts.ParameterDeclaration) => readonly Source[];

const then = (steps: readonly Step[] | undefined, more: readonly Step[]): readonly Step[] => [
  ...(steps ?? []),
  ...more,
];

/** What a pattern takes: `const { a: [name] } = value`. */
function ofBinding(element: ts.BindingElement, declared: Declared): readonly Source[] {
  const pattern = element.parent;
  const around = pattern.parent;
  const whole = ts.isBindingElement(around) ? ofBinding(around, declared) : declared(around);
  const own: readonly Source[] = element.initializer === undefined ? [] : [{ value: element.initializer }];
  const isList = ts.isArrayBindingPattern(pattern);
  if (element.dotDotDotToken !== undefined) {
    const others = pattern.elements.flatMap((one) =>
      isList || one === element || ts.isOmittedExpression(one) ? [] : [memberName(one.propertyName ?? one.name)],
    );
    return whole.map((one) => ({ ...one, spread: [...(one.spread ?? []), ...others] }));
  }
  const name = isList ? String(pattern.elements.indexOf(element)) : memberName(element.propertyName ?? element.name);
  const replaced = own.length > 0;
  return [...whole.map((one) => ({ ...one, replaced, steps: then(one.steps, [name]) })), ...own];
}

function ofVariable({ initializer, parent }: ts.VariableDeclaration): readonly Source[] {
  if (initializer !== undefined) return [{ value: initializer }];
  const loop = parent.parent;
  if (!ts.isForOfStatement(loop)) return [];
  const each: readonly Step[] = loop.awaitModifier === undefined ? [atPlace] : [atPlace, wait];
  return [{ value: loop.expression, steps: each }];
}

/** What a method hands over to the function it is given. */
function handedBy(call: ts.CallExpression, index: number): readonly Source[] {
  if (!ts.isPropertyAccessExpression(call.expression)) return [];
  const { expression: value, name } = call.expression;
  if (name.text === 'then') return index === 0 ? [{ value, steps: [wait] }] : [];
  const [, start] = call.arguments;
  const reduces = /^reduce(Right)?$/.test(name.text);
  if (reduces && index === 0) return start === undefined ? [] : [{ value: start }];
  return index === (reduces ? 1 : 0) ? [{ value, steps: [anyName] }] : [];
}

/** What a parameter gets where the function stands at a place, or is named there. */
function calledAt(place: ts.Expression, parameter: ts.ParameterDeclaration): readonly Source[] {
  const index = parameter.parent.parameters.indexOf(parameter);
  const at = wrapped(place);
  const call = at.parent;
  if (!ts.isCallExpression(call)) return [];
  const [first, second] = call.arguments;
  if (first === at) return handedBy(call, index);
  if (second === at && first !== undefined && call.expression.getText() === 'Array.from')
    return index === 0 ? [{ value: first, steps: [atPlace] }] : [];
  if (call.expression !== at) return [];
  const given = call.arguments.slice(index);
  if (parameter.dotDotDotToken !== undefined) return given.map((value) => ({ value, under: [atPlace] }));
  const [value] = given;
  return value === undefined ? [] : [{ value }];
}

/** The name that a function is called by. */
function nameOf(fn: ts.SignatureDeclaration): ts.Identifier | null {
  if (ts.isFunctionDeclaration(fn)) return fn.name ?? null;
  const { parent } = fn;
  return parent !== undefined && ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : null;
}

function ofParameter(parameter: ts.ParameterDeclaration): readonly Source[] {
  const fn = parameter.parent;
  const { initializer } = parameter;
  const replaced = initializer !== undefined;
  const own: readonly Source[] = [{ value: parameter, replaced }, ...(replaced ? [{ value: initializer }] : [])];
  if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) {
    const here = calledAt(fn, parameter);
    if (here.length > 0) return [...own, ...here];
  }
  const name = nameOf(fn);
  if (name === null) return own;
  const tree = name.getSourceFile();
  const declaration = ts.isFunctionDeclaration(fn) ? fn : name.parent;
  const called = placesOf(tree, name.text).flatMap((place) => {
    const given = ts.isIdentifier(place) && place !== name ? calledAt(place, parameter) : [];
    return given.length > 0 && ts.isIdentifier(place) && declarationOf(place, tree) === declaration ? given : [];
  });
  return [...own, ...called];
}

const declared: Declared = (of) => (ts.isParameter(of) ? ofParameter(of) : ofVariable(of));

/** What a name gets where it is declared. */
export function sourcesOf(declaration: ts.Node): readonly Source[] {
  if (ts.isBindingElement(declaration)) return ofBinding(declaration, declared);
  return ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) ? declared(declaration) : [];
}

/** A file that a name is imported from, and what is taken of it. */
interface Imported {
  readonly from: string;
  readonly steps: readonly Step[];
}

/** What an import makes a name of. */
function importedAt({ parent }: ts.Node): Imported | null {
  const whole = ts.isImportClause(parent) ? parent : ts.isNamespaceImport(parent) ? parent.parent : null;
  const clause = ts.isImportSpecifier(parent) ? parent.parent.parent : whole;
  if (clause === null || !ts.isStringLiteral(clause.parent.moduleSpecifier)) return null;
  const from = clause.parent.moduleSpecifier.text;
  if (ts.isImportSpecifier(parent)) return { from, steps: [(parent.propertyName ?? parent.name).text] };
  return { from, steps: ts.isImportClause(parent) ? ['default'] : [] };
}

/** Where a name comes from that its file imports; `null` for any other. */
export function importOf(name: ts.Identifier): Imported | null {
  for (const place of placesOf(name.getSourceFile(), name.text)) {
    const found = importedAt(place);
    if (found !== null) return found;
  }
  return null;
}
