/** managers/mentions: every place in a file's code that names discord.js sharding, sorted by what it is. */
import { constText, namedByConst } from '../functions/const-text.ts';
import type { ImportBinding } from '../modules/bindings.ts';
import type { Method } from '../rules/methods.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Access } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isDeclarationName, requiredModule, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { ofClassName } from './class-mentions.ts';
import { asDeclared, asValue, nothing } from './method-words.ts';
import { describesWhole, typingsAround } from './written-typings.ts';

/** One mention. Names that only refer to an import already listed are not mentions of their own. */
export type Mention =
  | {
      readonly kind: 'call';
      readonly method: 'broadcastEval' | 'fetchClientValues';
      readonly call: ts.CallExpression;
      readonly access: Access;
    }
  | { readonly kind: 'import'; readonly method: Method; readonly binding: ImportBinding }
  | {
      readonly kind: 'member';
      readonly method: Method;
      readonly node: ts.PropertyAccessExpression | ts.QualifiedName;
      readonly binding: ImportBinding;
    }
  | {
      readonly kind: 'required';
      readonly method: Method;
      readonly node: ts.PropertyAccessExpression;
      readonly module: ts.StringLiteralLike;
    }
  | { readonly kind: 'module'; readonly method: 'discord-hybrid-sharding'; readonly module: ts.StringLiteralLike }
  | {
      readonly kind: 'other';
      readonly method: Method;
      readonly node: ts.Node;
      readonly receiver: string;
      readonly why: Finding;
    };

const methods: ReadonlySet<string> = new Set([
  'broadcastEval',
  'fetchClientValues',
  'ShardingManager',
  'ShardClientUtil',
]);
const isMethod = (text: string): text is Method => methods.has(text);
/** Whether a name is one of the methods that are called. */
export const isCalled = (method: string): method is 'broadcastEval' | 'fetchClientValues' =>
  method === 'broadcastEval' || method === 'fetchClientValues';

/** The call of a member, with marks and parentheses around the member. */
export function calledThrough(access: Access): ts.CallExpression | null {
  const { parent } = wrapped(access);
  return ts.isCallExpression(parent) && unwrap(parent.expression) === access ? parent : null;
}

/** Whether a name is that of a function of the file, or of one that it imports. */
function isOwnFunction(file: ParsedFile, node: ts.Identifier): boolean {
  const declared = file.checker.getSymbolAtLocation(node)?.declarations?.[0];
  if (declared === undefined || declared.getSourceFile() !== file.tree) return false;
  if (ts.isFunctionDeclaration(declared) || ts.isImportSpecifier(declared)) return true;
  const value = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return value !== undefined && ts.isFunctionLike(unwrap(value));
}

function ofCallName(
  file: ParsedFile,
  node: ts.Identifier,
  method: 'broadcastEval' | 'fetchClientValues',
): Mention | null {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    const call = calledThrough(parent);
    if (call !== null) return { kind: 'call', method, call, access: parent };
    return {
      kind: 'other',
      method,
      node: parent,
      receiver: parent.expression.getText(),
      why: asValue(parent, method),
    };
  }
  const other = (why: Finding): Mention => ({ kind: 'other', method, node, receiver: '', why });
  if (isDeclarationName(node)) return other(asDeclared(node, method));
  const own = isOwnFunction(file, node);
  return other(own ? finding('DC-S1', { method, owner: 'your own function' }) : asValue(node, method));
}

/** `client.shard[name](fn)`, where a const says the name. */
function ofKey(access: ts.ElementAccessExpression, method: string): Mention | null {
  if (!isMethod(method) || !isCalled(method)) return null;
  const call = calledThrough(access);
  if (call !== null) return { kind: 'call', method, call, access };
  const receiver = access.expression.getText();
  return { kind: 'other', method, node: access, receiver, why: asValue(access, method) };
}

const standIns =
  /^(?:(?:vi|vitest|jest)\.(?:(?:do|un|dont|doUn)?mock|(?:require|import)(?:Actual|Mock)|setMock)|(?:\w+\.)?mock\.module|mock(?:Module|Require)?)$/i;

/** Whether a text says which module something stands for in a test: `vi.mock(x)`, `proxyquire(path, { [x]: ... })`. */
function isMocked(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return parent.arguments[0] === node && standIns.test(parent.expression.getText());
  if (!ts.isPropertyAssignment(parent) || parent.name !== node) return false;
  const call = parent.parent.parent;
  return (
    ts.isCallExpression(call) && /^proxyquire\b/.test(call.expression.getText()) && call.arguments[0] !== parent.parent
  );
}

/** The module of an import, an export, a require, an `import()`, or of what stands for one in a test. */
export function isModuleName(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return parent.moduleSpecifier === node;
  if (ts.isExternalModuleReference(parent) || ts.isModuleDeclaration(parent)) return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  if (isMocked(node)) return true;
  if (!ts.isCallExpression(parent)) return false;
  return parent.expression.kind === ts.SyntaxKind.ImportKeyword || requiredModule(parent) === node.text;
}

/** What a name is that stands there as a text of its own. */
function asText(node: ts.Expression, method: Method): Finding {
  if (isDeclarationName(node)) return asDeclared(node, method);
  const access = ts.isElementAccessExpression(node.parent) ? node.parent : null;
  if (isCalled(method)) return asValue(access ?? node, method);
  return access !== null || ts.isBindingElement(node.parent)
    ? finding('DC-M3', { method, what: 'by its name as text' })
    : finding('DC-S7', { method });
}

function ofText(node: ts.StringLiteralLike | ts.TemplateExpression): Mention | null {
  const text = ts.isTemplateExpression(node) ? node.getText() : node.text;
  if (isMethod(text)) {
    const { parent } = node;
    if (ts.isElementAccessExpression(parent) && isCalled(text)) {
      const call = calledThrough(parent);
      if (call !== null) return { kind: 'call', method: text, call, access: parent };
    }
    return { kind: 'other', method: text, node, receiver: '', why: asText(node, text) };
  }
  const inText = /\b(broadcastEval|fetchClientValues)\s*\(/.exec(text)?.[1];
  if (inText === undefined || !isMethod(inText)) return null;
  // A template with holes is looked at hole by hole; only its literal text counts here.
  if (
    ts.isTemplateExpression(node) &&
    ![node.head, ...node.templateSpans.map((s) => s.literal)].some((l) => l.text.includes(inText))
  )
    return null;
  return { kind: 'other', method: inText, node, receiver: '', why: finding('DC-S4', { method: inText }) };
}

/** The mention that a node is, where it is one of the bot: what another package takes stays as that package has it. */
function mentionAt(file: ParsedFile, node: ts.Node, core: boolean): Mention | null {
  const mention = ownMentionAt(file, node, core);
  const typings = mention === null ? null : typingsAround(node);
  if (mention === null || typings === null) return mention;
  const { method } = mention;
  const isName = describesWhole(node.parent);
  const why = isName
    ? finding('DC-S5', { method, advice: nothing })
    : finding('DC-S1', { method, owner: `the typings of ${typings}` });
  return { kind: 'other', method, node, receiver: '', why };
}

function ownMentionAt(file: ParsedFile, node: ts.Node, core: boolean): Mention | null {
  if (ts.isStringLiteralLike(node) && node.text === 'discord-hybrid-sharding') {
    // Elsewhere it is prose, such as the key of a list.
    return isModuleName(node) ? { kind: 'module', method: 'discord-hybrid-sharding', module: node } : null;
  }
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return ofText(node);
  if (!ts.isIdentifier(node) || !isMethod(node.text)) return null;
  return isCalled(node.text) ? ofCallName(file, node, node.text) : ofClassName({ file, core }, node, node.text);
}

/**
 * Lists the mentions of a file in order of position. Comments are prose, not code, and are not listed.
 *
 * @param core - whether a manager that an earlier run has moved to shardlift/compat is to move on
 */
export function mentionsOf(file: ParsedFile, core = false): readonly Mention[] {
  const { keys, texts } = namedByConst(file, (text) => isMethod(text) && isCalled(text));
  return descendants(file.tree).flatMap((node) => {
    const access = keys.get(node);
    const name = access === undefined ? null : constText(file, node as ts.Identifier);
    const mention = access !== undefined && name !== null ? ofKey(access, name.text) : mentionAt(file, node, core);
    return mention === null || texts.has(node) ? [] : [mention];
  });
}
