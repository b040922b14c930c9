/** syntax/comments: comments around a call: those that stay, and those that silence the compiler. */
import { ts } from '../typescript.js';
import type { CallSite, HandedFunction } from './call-site.ts';
import type { Splice } from './edits.ts';
import { endOf } from './statements.ts';
import type { MovableFunction } from './syntax.ts';

const directive = /@ts-(ignore|expect-error)/;

/** Behind the dot of `x.broadcastEval` and behind the bracket of `x['broadcastEval']`. */
function behindDot({ expression }: ts.CallExpression): number {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.pos;
  return ts.isElementAccessExpression(expression) ? expression.argumentExpression.pos : expression.end;
}

/**
 * The comments at the name and between the arguments of a call, as they stay there; directives go with what they are about.
 *
 * @param moved - one that goes with the function
 */
export function commentsOf(
  { file, call }: CallSite,
  kept: readonly ts.Node[],
  moved?: { readonly start: number },
): readonly string[] {
  const { text } = file.source;
  const ranges = kept.map((node) => [node.getStart(), node.end] as const);
  const spots = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  const comments: string[] = [];
  const gaps = [behindDot(call), ...ranges.flat(), call.end];
  for (let i = 0; i + 1 < gaps.length; i += 2) {
    const end = gaps[i + 1] ?? call.end;
    spots.resetTokenState(gaps[i] ?? end);
    while (spots.scan() !== ts.SyntaxKind.EndOfFileToken && spots.getTokenStart() < end) {
      const comment = spots.getTokenText();
      if (directive.test(comment) || spots.getTokenStart() === moved?.start) continue;
      if (spots.getToken() === ts.SyntaxKind.MultiLineCommentTrivia) comments.push(comment);
      if (spots.getToken() === ts.SyntaxKind.SingleLineCommentTrivia) comments.push(`/* ${comment.slice(2).trim()} */`);
    }
  }
  return comments;
}

/** The comments of a statement: those right above it, and one behind it on its line. */
export interface OwnComments {
  /** Each line, without the indent of the statement. */
  readonly lines: readonly string[];
  /** Where the first of them starts, and where the one behind ends. */
  readonly start: number;
  readonly end: number;
}

// About the whole file, even where no line lies between it and the first statement.
const aboutFile =
  /@license|@licence|@file|@overview|@module|@preserve|copyright|licen[cs]ed|SPDX|eslint-(en|dis)able(?!-)|@ts-(no)?check|#(end)?region/i;

/** The comments that a function's declaration takes along when it moves. */
export function ownComments(statement: ts.Statement): OwnComments {
  const { text } = statement.getSourceFile();
  const begin = statement.getStart();
  const indent = text.slice(text.lastIndexOf('\n', begin - 1) + 1, begin);
  const taken: ts.CommentRange[] = [];
  let next = begin;
  for (const range of [...(ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [])].reverse()) {
    const lineStart = text.lastIndexOf('\n', range.pos - 1) + 1;
    const between = text.slice(range.end, next);
    const attached = /^[ \t]*\r?\n?[ \t]*$/.test(between) && text.slice(lineStart, range.pos).trim() === '';
    const comment = text.slice(range.pos, range.end);
    const opensFile = statement.getFullStart() === 0 && /^\/\*!|licen[cs]e/i.test(comment);
    if (!attached || opensFile || aboutFile.test(comment)) break;
    taken.unshift(range);
    next = range.pos;
  }
  const end = endOf(statement);
  const [after] = ts.getTrailingCommentRanges(text, end) ?? [];
  const behind = after !== undefined && /^[ \t]*(\r?\n|$)/.test(text.slice(after.end)) ? [after] : [];
  const lines = [...taken, ...behind].flatMap(({ pos, end }) => text.slice(pos, end).split(/\r?\n/));
  return {
    lines: lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)),
    start: taken[0]?.pos ?? begin,
    end: behind[0]?.end ?? end,
  };
}

/** A directive that is about the function: it goes to the handler, and away from the call. */
export interface MovedDirective {
  readonly lead: string;
  readonly removal: readonly Splice[];
}

const leadOf = (comment: string): string =>
  `// @ts-ignore${comment
    .replace(/^.*?@ts-(ignore|expect-error)/s, '')
    .replace(/\*\/\s*$/, '')
    .trimEnd()}`;

/**
 * Reads a comment that hides a type error of a call.
 *
 * Nearly always the error is the type the author gave the client parameter; then the comment moves along. It becomes
 * `@ts-expect-error`, since whether the error is still one cannot always be known.
 *
 * @returns `'elsewhere'` for a comment about anything else, `null` without one
 */
export function directiveOf({ file, call, fn }: HandedFunction): MovedDirective | 'elsewhere' | null {
  const { text } = file.source;
  const inside = call.pos <= fn.pos && fn.end <= call.end;
  if (inside && directive.test(text.slice(fn.end, call.end))) return 'elsewhere';
  const lineOf = (at: number): number => file.tree.getLineAndCharacterOfPosition(at).line;
  const opens = lineOf(fn.getStart());
  const within = inside ? text.slice(call.expression.end, fn.getStart()) : text.slice(call.expression.end, call.end);
  if (directive.test(within)) {
    const at = call.expression.end + within.search(directive);
    const comment = within.split('\n').find((line) => directive.test(line)) ?? '';
    return inside && lineOf(at) + 1 === opens ? { lead: leadOf(comment), removal: [] } : 'elsewhere';
  }
  const first = lineOf(call.getStart());
  // A comment is about the line below: there the function begins, or there it is passed by name.
  const about = inside ? opens === first : lineOf(call.end) === first;
  return directiveAbove({ file, call }, first, about);
}

/**
 * Finds what goes when the call needs no directive any more: the line above it. Those among its arguments go anyway.
 *
 * @returns `null` without a directive, or with one that stands where no line can be taken out
 */
export function withoutDirective({
  file,
  call,
  fn,
}: CallSite & { readonly fn: MovableFunction | null }): readonly Splice[] | null {
  const { text } = file.source;
  const lines = file.tree.getLineStarts();
  const { line } = file.tree.getLineAndCharacterOfPosition(call.getStart());
  const end = lines[line] ?? 0;
  const start = line === 0 ? end : (lines[line - 1] ?? end);
  const own = fn !== null && call.pos <= fn.pos && fn.end <= call.end ? fn : null;
  const given = text.slice(call.expression.end, own === null ? call.end : own.getStart());
  const rest = own === null ? '' : text.slice(own.end, call.end);
  const among = directive.test(given) || directive.test(rest);
  const above = directive.test(text.slice(start, end));
  if (!(among || above) || directive.test(text.slice(end, call.expression.end))) return null;
  if (!above) return [];
  return /^\s*\/\//.test(text.slice(start, end)) ? [{ start, end, text: '' }] : null;
}

function directiveAbove({ file, call }: CallSite, line: number, about: boolean): MovedDirective | 'elsewhere' | null {
  const { text } = file.source;
  const lines = file.tree.getLineStarts();
  const end = lines[line] ?? 0;
  const start = line === 0 ? end : (lines[line - 1] ?? end);
  const above = text.slice(start, end);
  if (!directive.test(above)) return directive.test(text.slice(end, call.getStart())) ? 'elsewhere' : null;
  if (!about || !/^\s*\/\//.test(above)) return 'elsewhere';
  return { lead: leadOf(above), removal: [{ start, end, text: '' }] };
}
