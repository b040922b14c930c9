/** managers/class-mentions: what the name of one of discord.js's classes is where it stands. */
import { Origins } from '../clients/origins.ts';
import { bindingOf, importOf, isShardlift, libraryClassOf } from '../modules/bindings.ts';
import type { Method } from '../rules/methods.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isDeclarationName, requiredModule } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { exportRoots } from '../values/module-roots.ts';
import type { Mention } from './mentions.ts';
import { asDeclared } from './method-words.ts';

/** A file, and what is looked for in it. */
interface Within {
  readonly file: ParsedFile;
  /** Whether a manager that an earlier run has moved to shardlift/compat is to move on. */
  readonly core: boolean;
}

/** What the name of a class is where it stands; `null` where it needs no line of its own. */
export function ofClassName(within: Within, node: ts.Identifier, method: Method): Mention | null {
  const { parent } = node;
  const other = (why: Finding, receiver = ''): Mention => ({ kind: 'other', method, node, receiver, why });
  if (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) {
    if (parent.propertyName !== undefined && parent.propertyName !== node && bindingOf(parent)?.imported === node.text)
      return null;
    return ofBinding(parent, method, { ...within, other });
  }
  if (ts.isExportSpecifier(parent)) {
    if (parent.parent.parent.moduleSpecifier === undefined) return null;
    return other(finding('DC-M3', { method, what: 'a re-export' }));
  }
  const access = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : null;
  const qualified = ts.isQualifiedName(parent) && parent.right === node ? parent : null;
  if (access !== null || qualified !== null) return ofMember(within, access ?? qualified, method);
  // The class that a variable is given is a mention of its own.
  const isHeld = ts.isVariableDeclaration(parent) && parent.name === node && parent.initializer !== undefined;
  if (isHeld && libraryClassOf(within.file.checker, parent.initializer) !== null) return null;
  if (isDeclarationName(node)) return other(asDeclared(node, method));
  // A plain reference: its import is a mention, so this one needs no line of its own.
  const { checker, tree } = within.file;
  const declared = checker.getSymbolAtLocation(node)?.declarations?.some((d) => d.getSourceFile() === tree);
  return declared === true ? null : other(finding('DC-M3', { method, what: 'a name this file does not import' }));
}

/** A package of npm, as opposed to a file of the bot, whatever alias leads to it. */
const isPackage = (specifier: string): boolean => /^(@[\w-]+\/)?\w[\w.-]*$/.test(specifier);

/** The drop-in manager that an earlier run imported; it is done with, unless it is to become a ClusterManager. */
const isSwapped = (specifier: string, method: Method, core: boolean): boolean =>
  core && method === 'ShardingManager' && specifier === 'shardlift/compat';

/** Whether a file of the bot that is loaded gives discord.js's own class. */
const isPassedOn = (file: ParsedFile, owner: string): boolean =>
  exportRoots(new Origins(file), owner, 'ShardingManager').some(
    (root) => root.kind === 'package' && !root.made && root.specifier === 'discord.js',
  );

/** A class of that name from elsewhere: the manager of another sharding library, or something of the bot's own. */
function ofOthers(file: ParsedFile, method: Method, owner: string): Finding {
  if (method !== 'ShardingManager') return finding('DC-S1', { method, owner });
  if (isPackage(owner)) return finding('DC-M5', { method, owner });
  return isPassedOn(file, owner)
    ? finding('DC-M3', { method, what: `by way of ${owner}` })
    : finding('DC-S1', { method, owner });
}

function ofBinding(
  parent: ts.ImportSpecifier | ts.BindingElement,
  method: Method,
  { file, other, core }: Within & { readonly other: (why: Finding, receiver?: string) => Mention },
): Mention | null {
  const binding = bindingOf(parent);
  if (binding === null)
    return other(finding('DC-M3', { method, what: 'destructured from something else than require(...)' }));
  if (isSwapped(binding.specifier, method, core)) return { kind: 'import', method, binding };
  if (isShardlift(binding.specifier)) return null;
  if (binding.specifier !== 'discord.js') return other(ofOthers(file, method, binding.specifier), binding.specifier);
  return { kind: 'import', method, binding };
}

function ofMember(
  { file, core }: Within,
  node: ts.PropertyAccessExpression | ts.QualifiedName | null,
  method: Method,
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
    const [module] = descendants(access.expression).filter((n) => ts.isStringLiteralLike(n));
    return module === undefined ? null : { kind: 'required', method, node: access, module };
  }
  const binding = ts.isIdentifier(left) ? importOf(file.checker, left) : null;
  if (binding === null || binding.kind === 'named')
    return other(finding('DC-M3', { method, what: `a member of ${receiver}` }));
  if (isSwapped(binding.specifier, method, core)) return { kind: 'member', method, node, binding };
  if (isShardlift(binding.specifier)) return null;
  if (binding.specifier !== 'discord.js') return other(ofOthers(file, method, binding.specifier));
  return { kind: 'member', method, node, binding };
}
