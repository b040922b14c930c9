/** plan/exported-handlers: what a file exports as its handlers, as shardlift looks for it. */
import { parseApart } from '../analyze/global-owner.ts';
import { exportedAs } from '../analyze/loaded-values.ts';
import { isTypeScript } from '../analyze/program.ts';
import { positionOf, unwrap, wrapped } from '../analyze/syntax.ts';
import { ts } from '../typescript.js';
import { definesHandlers } from './defining.ts';
import { exportedValue, givenBack, type Names, namesOfExport, namesOfModule } from './object-names.ts';
import { topConst } from './written-names.ts';

/** The handlers of a file. */
export interface ExportedHandlers {
  /** Every name they have, as often as it is given; `null` when one of them cannot be read. */
  readonly names: Names;
  /** The object to add to; `null` when there is none at the top of the file, where names mean what they mean in all of it. */
  readonly object: ts.ObjectLiteralExpression | null;
  readonly line: number;
}

/** The literal behind a value. */
function literalOf(value: ts.Expression): ts.ObjectLiteralExpression | null {
  const at = unwrap(value);
  if (ts.isObjectLiteralExpression(at)) return at;
  const local = ts.isIdentifier(at) ? topConst(at.getSourceFile(), at.text) : undefined;
  const [given = local] = ts.isCallExpression(at) ? givenBack(at) : [];
  return given === undefined ? null : literalOf(given);
}

function isDefined(literal: ts.ObjectLiteralExpression): boolean {
  const { parent } = wrapped(literal);
  return ts.isCallExpression(parent) && definesHandlers(parent);
}

/** Whether nothing around a node can have names of its own. */
function isAtTop(node: ts.Node): boolean {
  let at = node.parent;
  while (!(ts.isSourceFile(at) || ts.isFunctionLike(at) || ts.isBlock(at) || ts.isCaseBlock(at) || ts.isClassLike(at)))
    at = at.parent;
  return ts.isSourceFile(at);
}

/** The object behind the handlers that a file exports under a name. */
function objectOf(value: ts.Expression, name: string, isLoaded: boolean): ts.ObjectLiteralExpression | null {
  const literal = literalOf(value);
  if (literal === null || !isAtTop(literal)) return null;
  if (isDefined(literal)) return literal;
  // Without defineHandlers, functions have no types, and a whole module may be anything.
  return !isTypeScript(value.getSourceFile().fileName) && (name === 'handlers' || isLoaded) ? literal : null;
}

/**
 * Reads what a file exports as its handlers: under that name, or as its default or the whole module.
 *
 * @param isLoaded - whether a manager loads the file for its handlers
 */
export function exportedHandlers(path: string, isLoaded: boolean): ExportedHandlers {
  const file = parseApart(path);
  if (file === null) return { names: null, object: null, line: 1 };
  const name = exportedAs(file, 'handlers').length > 0 ? 'handlers' : 'default';
  const value = exportedValue(file, name);
  // `exports.a = () => 1` has no object around it.
  if (value === null) return { names: name === 'default' ? namesOfModule(file) : null, object: null, line: 1 };
  const { line } = positionOf(value.getSourceFile(), value.getStart());
  const isHere = value.getSourceFile() === file.tree;
  return { names: namesOfExport(file, name), object: isHere ? objectOf(value, name, isLoaded) : null, line };
}
