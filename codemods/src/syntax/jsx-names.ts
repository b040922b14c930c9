/** syntax/jsx-names: what JSX calls without saying so, as the compiler takes it. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { descendants } from './syntax.ts';

interface Pragma {
  readonly arguments: { readonly factory?: string };
}

/** What a comment at the top of a file says by `@jsx h`; the compiler keeps it on the file but does not type it. */
function saidAbove(tree: ts.SourceFile, name: string): string | undefined {
  const { pragmas } = tree as ts.SourceFile & { readonly pragmas?: ReadonlyMap<string, Pragma | readonly Pragma[]> };
  return [pragmas?.get(name) ?? []].flat().at(-1)?.arguments.factory;
}

/** Whether the compiler imports what JSX calls by itself. */
function importsItself(tree: ts.SourceFile, { jsx, jsxImportSource }: ts.CompilerOptions): boolean {
  const runtime = saidAbove(tree, 'jsxruntime');
  if (runtime !== undefined) return runtime === 'automatic';
  const isAutomatic = jsx === ts.JsxEmit.ReactJSX || jsx === ts.JsxEmit.ReactJSXDev;
  return isAutomatic || jsxImportSource !== undefined || saidAbove(tree, 'jsximportsource') !== undefined;
}

/**
 * The names that the JSX of a file needs: React, or what a comment or the compiler's options name instead.
 *
 * @see https://www.typescriptlang.org/tsconfig/#jsxFactory
 */
export function jsxNames({ compilation, tree }: ParsedFile): readonly string[] {
  const { options } = compilation;
  if (!descendants(tree).some((node) => ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node))) return [];
  if (importsItself(tree, options)) return [];
  const made = saidAbove(tree, 'jsx') ?? options.jsxFactory ?? options.reactNamespace ?? 'React';
  const around = saidAbove(tree, 'jsxfrag') ?? options.jsxFragmentFactory ?? made;
  // Some compilers take such a comment further down, too.
  const below = [...tree.text.matchAll(/^\s*\/?\*+\s*@jsx(?:Frag)?\s+([\w$]+)/gm)].map(([, name = '']) => name);
  return [made, around, ...below].map((name) => name.replace(/\..*/, ''));
}
