/** handlers/same-function: what a handler is, however its parameters are called: by that, equal ones are found. */
import { declarationOf } from '../syntax/free-names.ts';
import { parseAlone, syntaxErrors } from '../syntax/program.ts';
import { isNameOnly, nameText, unwrap } from '../syntax/syntax.ts';
import { tokensOf } from '../syntax/tokens.ts';
import { ts } from '../typescript.js';

type Fn = ts.ArrowFunction | ts.FunctionExpression;

/** The tokens of a text that is no function of its own. */
function squeezed(text: string): string {
  const tree = parseAlone('handler.ts', `(${text});`);
  // What is no expression of its own is equal to the very same text alone.
  return syntaxErrors(tree).length > 0 ? text : tokensOf(tree).join(' ');
}

/** The function that a text is. */
function functionIn(text: string): Fn | null {
  const tree = parseAlone('/handler.ts', `(${text});`);
  const [statement, more] = tree.statements;
  if (
    syntaxErrors(tree).length > 0 ||
    statement === undefined ||
    more !== undefined ||
    !ts.isExpressionStatement(statement)
  )
    return null;
  const fn = unwrap(statement.expression);
  return ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? fn : null;
}

type Declared = ts.ParameterDeclaration | ts.BindingElement;

/** The client in the context that a handler beside the client gets: `(data, { client: c })`. */
const clientsOf = ({ parameters: [, context] }: Fn): readonly Declared[] =>
  context !== undefined && ts.isObjectBindingPattern(context.name)
    ? context.name.elements.filter(({ name, propertyName }) => nameText(propertyName ?? name) === 'client')
    : [];

const isNamed = ({ name }: Declared): boolean => ts.isIdentifier(name);

/** The text of a function without its blanks, with numbers for the names of what it is given. */
function keyOf(fn: Fn, given: readonly Declared[]): string {
  // No name that a function could have itself.
  const numbers = new Map<ts.Node | null, string>(given.map((one, index) => [one, `#${index}`]));
  const tokens = tokensOf(fn, (name) => {
    const number = isNameOnly(name) ? undefined : numbers.get(declarationOf(name, fn));
    if (number === undefined) return name.text;
    const { parent } = name;
    const isShort = ts.isBindingElement(parent) && parent.name === name && parent.propertyName === undefined;
    return isShort || ts.isShorthandPropertyAssignment(parent) ? `${name.text} : ${number}` : number;
  });
  const [first = ''] = tokens;
  // `c => x` and `(c) => x` are one function.
  const opened = first.startsWith('#') && tokens[1] === '=>' ? ['(', first, ')', ...tokens.slice(1)] : tokens;
  return opened.join(' ');
}

/** What the text of a handler is: equal for equal functions. */
export function functionKey(text: string): string {
  const fn = functionIn(text);
  return fn === null ? squeezed(text) : keyOf(fn, fn.parameters.filter(isNamed));
}

/** The same of one that stands beside the client, which takes the data first: `(data, { client })`. */
export function inlineKey(text: string): string {
  const fn = functionIn(text);
  return fn === null ? squeezed(text) : keyOf(fn, [...fn.parameters, ...clientsOf(fn)].filter(isNamed));
}
