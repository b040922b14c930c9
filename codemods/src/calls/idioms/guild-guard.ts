/** calls/idioms/guild-guard: whether a place is only reached where something happens in a guild. */
import { leaves } from '../../syntax/statements.ts';
import { unwrap } from '../../syntax/syntax.ts';
import { ts } from '../../typescript.js';

/** Whether a test says of `holder` that it is in a guild: `it.guild`, `it.guildId`, `it.inGuild()`. */
function saysInGuild(test: ts.Expression, holder: string): boolean {
  const at = unwrap(test);
  if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return saysInGuild(at.left, holder) || saysInGuild(at.right, holder);
  const access = ts.isCallExpression(at) && at.arguments.length === 0 ? at.expression : at;
  if (!ts.isPropertyAccessExpression(access) || access.expression.getText() !== holder) return false;
  const called = access !== at;
  return (called ? /^in(Cached|Raw)?Guild$/ : /^guild(Id)?$/).test(access.name.text);
}

/** Whether a test that does not hold says so: `!it.guild`, `!it.inGuild() || other`. */
function deniesGuild(test: ts.Expression, holder: string): boolean {
  const at = unwrap(test);
  if (ts.isPrefixUnaryExpression(at))
    return at.operator === ts.SyntaxKind.ExclamationToken && saysInGuild(at.operand, holder);
  const either = ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  return either && (deniesGuild(at.left, holder) || deniesGuild(at.right, holder));
}

/** Whether a test around a place, or before it, lets it be reached only where `holder` is in a guild. */
export function isInGuild(place: ts.Node, holder: string): boolean {
  for (let at = place; !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && saysInGuild(parent.expression, holder)) return true;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) continue;
    const tested = parent.statements.some((one) => {
      if (one.pos >= at.pos || !ts.isIfStatement(one) || !leaves(one.thenStatement)) return false;
      return deniesGuild(one.expression, holder);
    });
    if (tested) return true;
  }
  return false;
}
