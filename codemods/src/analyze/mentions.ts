/** analyze/mentions: every place in a file's code that names discord.js sharding, sorted by what it is. */
import type { Method } from '../report/types.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import { bindingOf, type ImportBinding, importOf, isShardlift } from './bindings.ts';
import type { ParsedFile } from './program.ts';
import type { Access } from './receiver.ts';
import { descendants, requiredModule, unwrap, wrapped } from './syntax.ts';

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
const isCalled = (method: Method): method is 'broadcastEval' | 'fetchClientValues' =>
  method === 'broadcastEval' || method === 'fetchClientValues';

function calledThrough(access: Access): ts.CallExpression | null {
  const { parent } = wrapped(access);
  return ts.isCallExpression(parent) && unwrap(parent.expression) === access ? parent : null;
}

const isDeclarationName = (node: ts.Node): boolean => {
  const { parent } = node;
  const declares =
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isClassLike(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isAccessor(parent);
  return declares && parent.name === node;
};

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
      why: finding('DC-S2', { method }),
    };
  }
  if (isDeclarationName(node)) return { kind: 'other', method, node, receiver: '', why: finding('DC-S5', { method }) };
  const declared = file.checker.getSymbolAtLocation(node)?.declarations?.[0];
  const own =
    declared !== undefined &&
    declared.getSourceFile() === file.tree &&
    (ts.isFunctionDeclaration(declared) || ts.isImportSpecifier(declared));
  const why = own ? finding('DC-S1', { method, owner: 'your own function' }) : finding('DC-S2', { method });
  return { kind: 'other', method, node, receiver: '', why };
}

function ofClassName(file: ParsedFile, node: ts.Identifier, method: Method, core: boolean): Mention | null {
  const { parent } = node;
  const other = (why: Finding, receiver = ''): Mention => ({ kind: 'other', method, node, receiver, why });
  if (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) {
    if (parent.propertyName !== undefined && parent.propertyName !== node && bindingOf(parent)?.imported === node.text)
      return null;
    return ofBinding(parent, method, { other, core });
  }
  if (ts.isExportSpecifier(parent)) {
    if (parent.parent.parent.moduleSpecifier === undefined) return null;
    return other(finding('DC-M3', { method, what: 'a re-export' }));
  }
  const access = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : null;
  const qualified = ts.isQualifiedName(parent) && parent.right === node ? parent : null;
  if (access !== null || qualified !== null) return ofMember(file, access ?? qualified, method, core);
  if (isDeclarationName(node)) return other(finding('DC-S5', { method }));
  // A plain reference: its import is a mention, so this one needs no line of its own.
  const declared = file.checker.getSymbolAtLocation(node)?.declarations?.some((d) => d.getSourceFile() === file.tree);
  return declared === true ? null : other(finding('DC-M3', { method, what: 'a name this file does not import' }));
}

/** A package of npm, as opposed to a file of the bot, whatever alias leads to it. */
const isPackage = (specifier: string): boolean => /^(@[\w-]+\/)?\w[\w.-]*$/.test(specifier);

/** The drop-in manager that an earlier run imported; it is done with, unless it is to become a ClusterManager. */
const isSwapped = (specifier: string, method: Method, core: boolean): boolean =>
  core && method === 'ShardingManager' && specifier === 'shardlift/compat';

/** A class of that name from elsewhere: the manager of another sharding library, or something of the bot's own. */
const ofOthers = (method: Method, owner: string): Finding =>
  finding(method === 'ShardingManager' && isPackage(owner) ? 'DC-M5' : 'DC-S1', { method, owner });

function ofBinding(
  parent: ts.ImportSpecifier | ts.BindingElement,
  method: Method,
  { other, core }: { readonly other: (why: Finding, receiver?: string) => Mention; readonly core: boolean },
): Mention | null {
  const binding = bindingOf(parent);
  if (binding === null)
    return other(finding('DC-M3', { method, what: 'destructured from something else than require(...)' }));
  if (isSwapped(binding.specifier, method, core)) return { kind: 'import', method, binding };
  if (isShardlift(binding.specifier)) return null;
  if (binding.specifier !== 'discord.js') return other(ofOthers(method, binding.specifier), binding.specifier);
  return { kind: 'import', method, binding };
}

function ofMember(
  file: ParsedFile,
  node: ts.PropertyAccessExpression | ts.QualifiedName | null,
  method: Method,
  core: boolean,
): Mention | null {
  if (node === null) return null;
  const access = ts.isPropertyAccessExpression(node) ? node : null;
  const left = ts.isPropertyAccessExpression(node) ? node.expression : node.left;
  const receiver = left.getText();
  const other = (why: Finding): Mention => ({ kind: 'other', method, node, receiver, why });
  const direct = access === null ? null : requiredModule(access.expression);
  const swapped = direct !== null && isSwapped(direct, method, core);
  if (direct !== null && isShardlift(direct) && !swapped) return null;
  if (access !== null && (direct === 'discord.js' || swapped)) {
    const [module] = [...descendants(access.expression)].filter((n) => ts.isStringLiteralLike(n));
    return module === undefined ? null : { kind: 'required', method, node: access, module };
  }
  const binding = ts.isIdentifier(left) ? importOf(file.checker, left) : null;
  if (binding === null || binding.kind === 'named')
    return other(finding('DC-M3', { method, what: `a member of ${receiver}` }));
  if (isSwapped(binding.specifier, method, core)) return { kind: 'member', method, node, binding };
  if (isShardlift(binding.specifier)) return null;
  if (binding.specifier !== 'discord.js') return other(ofOthers(method, binding.specifier));
  return { kind: 'member', method, node, binding };
}

/** The module of an import, an export, a require or an `import()`. */
function isModuleName(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return parent.moduleSpecifier === node;
  if (ts.isExternalModuleReference(parent) || ts.isModuleDeclaration(parent)) return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  if (!ts.isCallExpression(parent)) return false;
  return parent.expression.kind === ts.SyntaxKind.ImportKeyword || requiredModule(parent) === node.text;
}

/** What a name is that stands there as a text of its own. */
function asText(node: ts.Node, method: Method): Finding {
  if (isDeclarationName(node)) return finding('DC-S5', { method });
  if (isCalled(method)) return finding('DC-S2', { method });
  const chosen = ts.isElementAccessExpression(node.parent) || ts.isBindingElement(node.parent);
  return chosen ? finding('DC-M3', { method, what: 'by its name as text' }) : finding('DC-S7', { method });
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

/**
 * Lists the mentions of a file in order of position. Comments are prose, not code, and are not listed.
 *
 * @param core - whether a manager that an earlier run has moved to shardlift/compat is to move on
 */
export function mentionsOf(file: ParsedFile, core = false): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const node of descendants(file.tree)) {
    let mention: Mention | null = null;
    if (ts.isStringLiteralLike(node) && node.text === 'discord-hybrid-sharding') {
      // Elsewhere it is prose, such as the key of a list.
      if (isModuleName(node)) mention = { kind: 'module', method: 'discord-hybrid-sharding', module: node };
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) mention = ofText(node);
    else if (ts.isIdentifier(node) && isMethod(node.text)) {
      mention = isCalled(node.text) ? ofCallName(file, node, node.text) : ofClassName(file, node, node.text, core);
    }
    if (mention !== null) mentions.push(mention);
  }
  return mentions;
}
