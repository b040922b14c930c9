/** managers/companions: the type of a manager's options, which moves where its class does. */
import { bindingOf, type ImportBinding, importOf } from '../modules/bindings.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { placesOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { Mention } from './mentions.ts';
import { typingsAround } from './written-typings.ts';

/** A name that is taken of a whole module: `Discord.ShardingManager`. */
export interface MemberUse {
  readonly node: ts.PropertyAccessExpression | ts.QualifiedName;
  /** The import of the module. */
  readonly binding: ImportBinding;
}

/** Where a file names the type, by the way it does. */
export interface Companions {
  readonly elements: readonly ts.ImportSpecifier[];
  readonly members: readonly MemberUse[];
  /** `import('discord.js').ShardingManagerOptions` */
  readonly types: readonly { readonly module: ts.StringLiteralLike; readonly name: ts.Identifier }[];
}

const none: Companions = { elements: [], members: [], types: [] };

/** The name of that type. */
export const optionsType = 'ShardingManagerOptions';

function elementAt({ parent }: ts.Node): ts.ImportSpecifier | null {
  return ts.isImportSpecifier(parent) && bindingOf(parent)?.imported === optionsType ? parent : null;
}

function memberAt({ checker }: ParsedFile, node: ts.Node): MemberUse | null {
  const { parent } = node;
  const isMember = ts.isQualifiedName(parent) || ts.isPropertyAccessExpression(parent);
  // `import Options = Discord.ShardingManagerOptions` needs the namespace.
  if (!isMember || ts.isImportEqualsDeclaration(parent.parent)) return null;
  const left = ts.isQualifiedName(parent) ? parent.left : parent.expression;
  const binding = ts.isIdentifier(left) && left !== node ? importOf(checker, left) : null;
  const isWhole = binding !== null && binding.kind !== 'named' && !ts.isVariableDeclaration(binding.node);
  return isWhole ? { node: parent, binding } : null;
}

function typeAt(node: ts.Node): Companions['types'][number] | null {
  const { parent } = node;
  if (!ts.isImportTypeNode(parent) || parent.qualifier !== node || !ts.isIdentifier(node)) return null;
  const { argument } = parent;
  const module = ts.isLiteralTypeNode(argument) && ts.isStringLiteralLike(argument.literal) ? argument.literal : null;
  return module === null ? null : { module, name: node };
}

/**
 * Finds the type in a file whose class of a manager moves.
 *
 * @param from - the modules that are moved away from
 */
export function companionsOf(file: ParsedFile, swaps: readonly Mention[], from: ReadonlySet<string>): Companions {
  if (!swaps.some(({ method }) => method === 'ShardingManager')) return none;
  const places = placesOf(file.tree, optionsType).filter((node) => typingsAround(node) === null);
  const elements = places.map(elementAt).filter((one) => one !== null);
  const members = places.map((node) => memberAt(file, node)).filter((one) => one !== null);
  const types = places.map(typeAt).filter((one) => one !== null);
  return {
    elements: [...new Set(elements)].filter((one) => from.has(bindingOf(one)?.specifier ?? '')),
    members: members.filter(({ binding }) => from.has(binding.specifier)),
    types: types.filter(({ module }) => from.has(module.text)),
  };
}
