/** managers/method-words: what to say of the name of a method that is not called where it stands. */
import { isOnlyTested } from '../doubts/only-tested.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';

const fakes = /^(?:jest|vi|vitest|mock|t\.mock|sinon|sandbox)\.(?:fn|stub|spy|fake|mock)\b/;
const testing = /(?:^|\.)(?:expect|spyOn|assert(?:\.\w+)*|mocked|calledOnce\w*)$/;

const forMock = 'The rewritten code asks cluster.ipc (requestAll, requestAllShards): let the mock have these instead.';

/** What to do about what needs nothing. */
export const nothing = 'Nothing to do.';

/** Whether a node is an argument of what tests call, or of what such a call gives. */
const isTested = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) &&
  node.parent.arguments.some((one) => one === node) &&
  testing.test(node.parent.expression.getText());

/** Whether a name is given something that stands in for a method in a test. */
const isFaked = ({ parent }: ts.Node): boolean => {
  const value = ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) ? parent.initializer : undefined;
  return value !== undefined && fakes.test(value.getText());
};

/** Whether a member is set to something that stands in for it in a test. */
const isSetToFake = ({ parent }: ts.Node): boolean =>
  ts.isBinaryExpression(parent) && fakes.test(parent.right.getText());

const listening = /\.(?:on|once|off|emit|addListener|removeListener|publish|subscribe|send)$/;
const comparing: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Whether a text is the name of something else: of an event, of a kind of message. */
function isLabel(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isCaseClause(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === node)) return true;
  if (ts.isLiteralTypeNode(parent)) return true;
  if (ts.isBinaryExpression(parent)) return comparing.has(parent.operatorToken.kind);
  return ts.isCallExpression(parent) && parent.arguments[0] === node && listening.test(parent.expression.getText());
}

/** What a method is that is not called where it is named. */
export function asValue(node: ts.Expression, method: string): Finding {
  if (isOnlyTested(node)) return finding('DC-S8', { method });
  if (ts.isStringLiteralLike(node) && isLabel(node)) return finding('DC-S7', { method, advice: nothing });
  return finding('DC-S2', isTested(node) || isSetToFake(node) ? { method, advice: forMock } : { method });
}

/** A method of that name that something declares. */
export function asDeclared(node: ts.Node, method: string): Finding {
  if (isFaked(node)) return finding('DC-S5', { method, advice: forMock });
  const within = ts.findAncestor(node, ts.isModuleDeclaration);
  const isAdded = within !== undefined && addsToDiscord(within);
  return finding('DC-S5', isAdded ? { method, advice: nothing } : { method });
}

/** `declare module 'discord.js' { ... }` */
const addsToDiscord = ({ name }: ts.ModuleDeclaration): boolean =>
  ts.isStringLiteral(name) && name.text.startsWith('discord');
