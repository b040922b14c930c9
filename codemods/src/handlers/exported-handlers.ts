/** handlers/exported-handlers: what a file exports as its handlers, as shardlift looks for it. */
import { parseApart } from '../modules/global-owner.ts';
import { exportedAs } from '../modules/loaded-values.ts';
import { isDefined } from '../syntax/defining.ts';
import { isTypeScript } from '../syntax/program.ts';
import { positionOf, unwrap } from '../syntax/syntax.ts';
import { plainName, topConst } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { givenBack } from './handed-back.ts';
import { exportedValue, type Names, namesOfExport, namesOfModule, namesOfValue } from './object-names.ts';

/** The handlers of a file. */
export interface ExportedHandlers {
  /** Every name they have, as often as it is given; `null` when one of them cannot be read. */
  readonly names: Names;
  /** The object to add to; `null` when there is none at the top of the file, where names mean what they mean in all of it. */
  readonly object: ts.ObjectLiteralExpression | null;
  readonly line: number;
}

/** The literal behind a value. */
export function literalOf(value: ts.Expression): ts.ObjectLiteralExpression | null {
  const at = unwrap(value);
  if (ts.isObjectLiteralExpression(at)) return at;
  const local = ts.isIdentifier(at) ? topConst(at.getSourceFile(), at.text) : undefined;
  const [given = local] = ts.isCallExpression(at) ? givenBack(at) : [];
  return given === undefined ? null : literalOf(given);
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

/** What stands as its own member `handlers` in an object that is exported as it is, by no name of the file. */
function heldIn(value: ts.Expression): ts.Expression | null {
  const literal = literalOf(value);
  const isOwn = literal !== null && isAtTop(literal) && value.pos <= literal.pos && literal.end <= value.end;
  const held = isOwn ? literal.properties.find((one) => plainName(one.name) === 'handlers') : undefined;
  if (held === undefined) return null;
  if (ts.isShorthandPropertyAssignment(held)) return held.name;
  return ts.isPropertyAssignment(held) ? held.initializer : null;
}

const nothing: ExportedHandlers = { names: null, object: null, line: 1 };

/**
 * Reads what a file exports as its handlers: under that name, or as a member of its default or of the whole module, or
 * as one of these themselves. An object that has a member of that name is never the handlers.
 *
 * @param isLoaded - whether a manager loads the file for its handlers
 */
export function exportedHandlers(path: string, isLoaded: boolean): ExportedHandlers {
  const file = parseApart(path);
  if (file === null) return nothing;
  const name = exportedAs(file, 'handlers').length > 0 ? 'handlers' : 'default';
  const value = exportedValue(file, name);
  // `exports.a = () => 1` has no object around it.
  const names = value === null && name === 'default' ? namesOfModule(file) : namesOfExport(file, name);
  const holds = name === 'default' && names?.includes('handlers') === true;
  if (value === null) return { ...nothing, names: holds ? null : names };
  const { line } = positionOf(value.getSourceFile(), value.getStart());
  const isHere = value.getSourceFile() === file.tree;
  if (!holds) return { names, object: isHere ? objectOf(value, name, isLoaded) : null, line };
  // One of two is another one's, or takes the place of the first.
  const held = isHere && names.indexOf('handlers') === names.lastIndexOf('handlers') ? heldIn(value) : null;
  if (held === null) return { ...nothing, line };
  return { names: namesOfValue(held, 'handlers'), object: objectOf(held, 'handlers', isLoaded), line };
}
