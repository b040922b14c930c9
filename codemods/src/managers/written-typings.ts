/** managers/written-typings: `declare module 'x'` that says what a package is like, as opposed to what a bot adds to it. */
import { ts } from '../typescript.js';

type DeclaredModule = ts.ModuleDeclaration & { readonly name: ts.StringLiteral };

const isDeclared = (node: ts.Node): node is DeclaredModule =>
  ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name);

const imports = ({ body }: DeclaredModule): boolean =>
  body !== undefined && ts.isModuleBlock(body) && body.statements.some(ts.isImportDeclaration);

/**
 * Whether a module is described as a whole. In a file that is no module nothing can be added to one, and what is added
 * holds no imports.
 */
export function describesWhole(node: ts.Node): node is DeclaredModule {
  if (!isDeclared(node)) return false;
  const { text } = node.name;
  if (text === 'discord.js' || text.startsWith('.')) return false;
  return !ts.isExternalModule(node.getSourceFile()) || (text !== 'discord-hybrid-sharding' && imports(node));
}

/** The package whose typings a file writes where a node stands; `null` where the node is of the bot. */
export const typingsAround = (node: ts.Node): string | null =>
  ts.findAncestor(node.parent, describesWhole)?.name.text ?? null;
