/** handlers/same-function: what a handler is, however its client is called: by that, equal ones are found. */
import { declarationOf } from '../syntax/free-names.ts';
import { parseAlone, syntaxErrors } from '../syntax/program.ts';
import { isNameOnly, unwrap } from '../syntax/syntax.ts';
import { tokensOf } from '../syntax/tokens.ts';
import { ts } from '../typescript.js';
import { squeezed } from './handlers-file.ts';

/** What stands for the client: no name that a function could have itself. */
const client = '#0';

/** The function that a text is. */
function functionIn(text: string): ts.ArrowFunction | ts.FunctionExpression | null {
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

/** The text of a handler without its blanks, its client by number: equal for equal functions. */
export function functionKey(text: string): string {
  const fn = functionIn(text);
  const first = fn?.parameters[0];
  if (!fn || first === undefined || !ts.isIdentifier(first.name)) return squeezed(text);
  const tokens = tokensOf(fn, (name) => {
    if (isNameOnly(name) || declarationOf(name, fn) !== first) return name.text;
    return ts.isShorthandPropertyAssignment(name.parent) ? `${name.text} : ${client}` : client;
  });
  // `c => x` and `(c) => x` are one function.
  const opened = tokens[0] === client && tokens[1] === '=>' ? ['(', client, ')', ...tokens.slice(1)] : tokens;
  return opened.join(' ');
}
