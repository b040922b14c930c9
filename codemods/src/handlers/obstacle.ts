/** handlers/obstacle: what keeps an existing file with handlers from being added to, in words, with its line. */
import { parseApart } from '../modules/global-owner.ts';
import { exportedAs } from '../modules/loaded-values.ts';
import { type ParsedFile, syntaxErrors } from '../syntax/program.ts';
import { positionOf, unwrap } from '../syntax/syntax.ts';
import { isMemberNamed, topConst } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { listed } from '../wording/listed.ts';
import { exportedHandlers, literalOf } from './exported-handlers.ts';
import { givenBack } from './handed-back.ts';
import { exportsIn } from './module-exports.ts';
import { exportedValue, namesOfExport, namesOfMember, putByUse, putInto, usesOf } from './object-names.ts';

const longest = 60;

/** The first line of what stands somewhere, and where. */
function shownAt(node: ts.Node): string {
  const [first = ''] = node.getText().replace(/;\s*$/, '').split(/\r?\n/);
  const text =
    first.length > longest || first !== node.getText().replace(/;\s*$/, '') ? `${first.slice(0, longest)}…` : first;
  return `\`${text}\` at line ${lineOf(node)}`;
}

const lineOf = (node: ts.Node): number => positionOf(node.getSourceFile(), node.getStart()).line;

function statementOf(node: ts.Node): ts.Node {
  let at = node;
  while (!ts.isStatement(at) && !ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}

/** The variables that lead from a value to its object. */
function variablesOf(value: ts.Expression): readonly string[] {
  const at = unwrap(value);
  const local = ts.isIdentifier(at) ? topConst(at.getSourceFile(), at.text) : undefined;
  const [next = local] = ts.isCallExpression(at) ? givenBack(at) : [];
  const more = next === undefined ? [] : variablesOf(next);
  return ts.isIdentifier(at) ? [at.text, ...more] : more;
}

/** The first place that brings names which cannot be read. */
function unreadPlace({ tree }: ParsedFile, value: ts.Expression, name: string): ts.Node | undefined {
  const member = literalOf(value)?.properties.find((one) => namesOfMember(one) === null);
  if (member !== undefined) return member;
  const uses = variablesOf(value).flatMap((one) => usesOf(tree, one));
  const use = uses.find((one) => putInto(one) === null) ?? exportsIn(tree).find((one) => putByUse(one, name) === null);
  return use === undefined ? undefined : statementOf(use);
}

/** What stands in the way of a file that exports nothing under a name which is known. */
function withoutValue({ tree }: ParsedFile): string {
  const written = exportsIn(tree).find(({ parent }) => isMemberNamed(parent, 'handlers'));
  return written === undefined
    ? 'it exports no handlers'
    : `${shownAt(statementOf(written))} exports them in a way that is not read`;
}

/** Says why a file with handlers cannot be added to. */
export function obstacleOf(path: string): string {
  const file = parseApart(path);
  if (file === null) return 'it cannot be read as UTF-8';
  const [error] = syntaxErrors(file.tree);
  if (error !== undefined) {
    const { line, column } = positionOf(file.tree, error.start ?? 0);
    return `it has a syntax error at ${line}:${column} (${ts.flattenDiagnosticMessageText(error.messageText, ' ')})`;
  }
  const name = exportedAs(file, 'handlers').length > 0 ? 'handlers' : 'default';
  const value = exportedValue(file, name);
  const values = exportedAs(file, name);
  if (value === null) {
    const lines = values.map((one) => String(lineOf(one.value)));
    return values.length < 2 ? withoutValue(file) : `it exports several values, at lines ${listed(lines)}`;
  }
  if (name === 'default' && namesOfExport(file, name)?.includes('handlers') === true)
    return `${shownAt(value)} holds handlers in a way that is not read`;
  const { object, names } = exportedHandlers(path, true);
  const unread = unreadPlace(file, value, name);
  if (names === null && unread !== undefined) return `the names of ${shownAt(unread)} cannot be read`;
  const what =
    names !== null && object !== null ? 'is not said to be handlers' : 'is no object with names that can be read';
  return `${shownAt(value)} ${what}`;
}
