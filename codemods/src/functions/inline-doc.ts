/** functions/inline-doc: the JSDoc block in front of a function that is written in its call; the two move together. */
import { importOf } from '../modules/bindings.ts';
import type { HandedFunction } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { applySplices } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { type MovableFunction, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** A comment that leaves the call, and its lines as the handlers file gets them. */
export interface InlineDoc {
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** The block right in front of a function. The compiler takes comments from both sides of a line break for it. */
function blockBefore(text: string, fn: MovableFunction): ts.CommentRange | null {
  const ranges = [
    ...(ts.getTrailingCommentRanges(text, fn.pos) ?? []),
    ...(ts.getLeadingCommentRanges(text, fn.pos) ?? []),
  ];
  const last = ranges.at(-1);
  if (last === undefined || !text.startsWith('/**', last.pos) || text.slice(last.pos, last.end) === '/**/') return null;
  const isNear = text.slice(last.end, fn.getStart()).trim() === '';
  return isNear && !/@ts-|eslint-/.test(text.slice(last.pos, last.end)) ? last : null;
}

/** What a name in a JSDoc type has to be in another file: itself, the import of a package, or `null`. */
function elsewhere(file: ParsedFile, name: ts.Identifier): readonly Splice[] | null {
  const here = symbolOf(file.checker, name)?.declarations?.some((one) => one.getSourceFile() === file.tree) === true;
  if (!here) return [];
  const binding = importOf(file.checker, name);
  if (binding === null || /^[./#]/.test(binding.specifier)) return null;
  const member = { named: `.${binding.imported}`, default: '.default', namespace: '' }[binding.kind];
  return [{ start: name.getStart(), end: name.end, text: `import('${binding.specifier}')${member}` }];
}

/** The edits that let the types of a block mean the same elsewhere; `null` where one cannot. */
function typeEdits(file: ParsedFile, fn: MovableFunction): readonly Splice[] | null {
  const edits: Splice[] = [];
  let stays = false;
  const visit = (node: ts.Node): void => {
    if (ts.isImportTypeNode(node) && /^['"][./#]/.test(node.argument.getText())) stays = true;
    const { parent } = node;
    const opensName =
      ts.isIdentifier(node) &&
      ((ts.isTypeReferenceNode(parent) && parent.typeName === node) ||
        (ts.isQualifiedName(parent) && parent.left === node && !ts.isImportTypeNode(parent.parent)));
    const found = opensName ? elsewhere(file, node) : [];
    if (found === null) stays = true;
    else edits.push(...found);
    ts.forEachChild(node, visit);
  };
  for (const block of (fn as MovableFunction & { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) visit(block);
  return stays ? null : edits;
}

/**
 * The JSDoc of a function among the arguments of a call, ready to move.
 *
 * @returns `null` without one, and for one whose types mean something in its own file only: that stays
 */
export function inlineDoc({ file, call, fn }: HandedFunction): InlineDoc | null {
  if (call.arguments[0] !== fn) return null;
  const { text } = file.source;
  const block = blockBefore(text, fn);
  // In TypeScript the types of a comment mean nothing.
  const edits = block === null ? null : file.typed ? [] : typeEdits(file, fn);
  if (block === null || edits === null) return null;
  const { pos: start, end } = block;
  const inside = edits.filter((one) => start <= one.start && one.end <= end);
  const moved = applySplices(
    text.slice(start, end),
    inside.map((one) => ({ ...one, start: one.start - start, end: one.end - start })),
  );
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
  const lines = moved.split(/\r?\n/).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  return { lines, start, end };
}
