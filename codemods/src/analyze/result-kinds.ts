/** analyze/result-kinds: what a function without types gives that JSON changed: dates, maps, sets and their like. */
import { ts } from '../typescript.js';
import { returnedBy } from './returned.ts';
import { descendants, type MovableFunction, unwrap } from './syntax.ts';

const classes = /^(Date|Map|Set|RegExp|Error|TypeError|RangeError|Uint8Array)$/;

/** Members of discord.js's structures, and of a client, that are dates. */
const dates =
  /^(createdAt|joinedAt|readyAt|editedAt|premiumSince|communicationDisabledUntil|scheduledStartAt|scheduledEndAt|expiresAt|syncedAt|archivedAt|lastPinAt|requestToSpeakTimestampAt)$/;

/** Whether a path of a client ends at a date. */
export const isDatePath = (path: string): boolean => dates.test(path.split('.').at(-1) ?? '');

const isFunction = (node: ts.Node | undefined): node is ts.ArrowFunction | ts.FunctionExpression =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

interface Within {
  readonly fn: MovableFunction;
  /** How many names are followed yet. */
  readonly depth: number;
}

function ofCall(within: Within, call: ts.CallExpression): string | null {
  const callee = call.expression;
  if (callee.getText() === 'BigInt') return 'a bigint';
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const [first] = call.arguments;
  if (/^(map|flatMap|then)$/.test(callee.name.text) && isFunction(first)) return ofAll(within, returnedBy(first));
  return /^(filter|flat|slice|sort)$/.test(callee.name.text) ? kindOf(within, callee.expression) : null;
}

function ofName({ fn, depth }: Within, name: ts.Identifier): string | null {
  const declared = descendants(fn.body).filter(
    (node): node is ts.VariableDeclaration => ts.isVariableDeclaration(node) && node.name.getText() === name.text,
  );
  const [only] = declared;
  if (only?.initializer === undefined || declared.length > 1 || depth === 0) return null;
  return kindOf({ fn, depth: depth - 1 }, only.initializer);
}

function kindOf(within: Within, node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isNewExpression(at)) return classes.exec(at.expression.getText())?.[1]?.replace(/^/, 'a ') ?? null;
  if (ts.isBigIntLiteral(at)) return 'a bigint';
  if (ts.isAwaitExpression(at)) return kindOf(within, at.expression);
  if (ts.isPropertyAccessExpression(at)) return dates.test(at.name.text) ? 'a Date' : null;
  if (ts.isConditionalExpression(at)) return ofAll(within, [at.whenTrue, at.whenFalse]);
  if (ts.isArrayLiteralExpression(at)) return ofAll(within, at.elements);
  if (ts.isIdentifier(at)) return ofName(within, at);
  if (ts.isCallExpression(at)) return ofCall(within, at);
  if (ts.isBinaryExpression(at)) {
    const { kind } = at.operatorToken;
    const passes = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
    const both = kind === ts.SyntaxKind.AmpersandAmpersandToken;
    return passes ? ofAll(within, [at.left, at.right]) : both ? kindOf(within, at.right) : null;
  }
  if (!ts.isObjectLiteralExpression(at)) return null;
  const values = at.properties.flatMap((one) =>
    ts.isPropertyAssignment(one) ? [one.initializer] : ts.isShorthandPropertyAssignment(one) ? [one.name] : [],
  );
  return ofAll(within, values);
}

const ofAll = (within: Within, nodes: readonly ts.Expression[]): string | null =>
  nodes.map((node) => kindOf(within, node)).find((found) => found !== null) ?? null;

/** Names the first thing in what a function gives that JSON changed, or `null`. */
export function changedInText(fn: MovableFunction): string | null {
  return ofAll({ fn, depth: 4 }, returnedBy(fn));
}
