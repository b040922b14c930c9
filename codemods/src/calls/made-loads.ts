/** calls/made-loads: what files do with a function that they may load by a name that is made when they run. */
import { existsSync } from 'node:fs';
import { dirname, extname, resolve, sep } from 'node:path';
import type { Caller } from '../clients/handed-parameters.ts';
import { loadersByMadeNames } from '../files/wrapper-files.ts';
import { parseApart } from '../modules/global-owner.ts';
import { packageFolder } from '../project/package-info.ts';
import { constValue } from '../syntax/const-value.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { joinsPath } from '../values/path-joins.ts';
import { type Load, usesOfValue } from './wrapper-loads.ts';

/** What a path begins with, and whether that is all of it. */
interface Start {
  readonly text: string;
  readonly whole: boolean;
}

const sure = (text: string): Start => ({ text, whole: true });

/** What the parts of a path begin with, up to the first that cannot be read. */
function startOfParts(file: ParsedFile, parts: readonly (ts.Expression | string)[]): Start {
  let text = '';
  for (const part of parts) {
    const start = typeof part === 'string' ? sure(part) : startOf(file, part);
    text += start.text;
    if (!start.whole) return { text, whole: false };
  }
  return sure(text);
}

function startOf(file: ParsedFile, node: ts.Expression): Start {
  const at = constValue(file, node);
  const { path } = file.source;
  if (ts.isStringLiteralLike(at)) return sure(at.text);
  if (/^(?:__dirname|import\.meta\.dirname)$/.test(at.getText())) return sure(dirname(path));
  if (at.getText() === 'process.cwd()') return sure(packageFolder(path) ?? dirname(path));
  if (ts.isTemplateExpression(at))
    return startOfParts(file, [
      at.head.text,
      ...at.templateSpans.flatMap((span) => [span.expression, span.literal.text]),
    ]);
  if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return startOfParts(file, [at.left, at.right]);
  if (!ts.isCallExpression(at) || !joinsPath(at)) return { text: '', whole: false };
  const joined = startOfParts(
    file,
    at.arguments.flatMap((part, i) => (i === 0 ? [part] : ['/', part])),
  );
  // What is joined without a folder counts from the working folder, or is a package.
  return joined.text.startsWith('.') ? { text: '', whole: false } : joined;
}

/** What is compiled has its source elsewhere. */
const compiled = /(?:^|\/)(?:dist|build|built|out)\//;

/** Whether a name may lead to a file: `open` where nothing tells its folder. */
function leadsThere(file: ParsedFile, node: ts.Expression, to: string): 'maybe' | 'never' | 'open' {
  const { text: written, whole } = startOf(file, node);
  const text = written.replace(/^file:\/\//, '').replaceAll('\\', '/');
  if (!/^(?:\.|\/|[A-Za-z]:)/.test(text) || compiled.test(text)) return 'open';
  const path = resolve(dirname(file.source.path), text);
  const start = text.endsWith('/') ? path + sep : path;
  if (!existsSync(text.endsWith('/') ? path : dirname(path))) return 'open';
  return to.startsWith(whole ? start.slice(0, start.length - extname(start).length) : start) ? 'maybe' : 'never';
}

/** The calls of a file that load a module by a name that is made, and these names. */
const madeLoadsOf = ({ tree }: ParsedFile): readonly (readonly [ts.CallExpression, ts.Expression])[] =>
  descendants(tree).flatMap((node) => {
    if (!ts.isCallExpression(node)) return [];
    const { expression: callee } = node;
    const loads = callee.kind === ts.SyntaxKind.ImportKeyword || callee.getText() === 'require';
    const [name] = node.arguments;
    return loads && name !== undefined && !ts.isStringLiteralLike(name) ? [[node, name] as const] : [];
  });

/** What a file does with a function that it may load by made names; `null` where it hands on what is of that folder. */
function callsIn(loader: ParsedFile, { file, names }: Load): readonly Caller[] | null {
  const calls: Caller[] = [];
  for (const [load, name] of madeLoadsOf(loader)) {
    const leads = leadsThere(loader, name, file.source.path);
    if (leads === 'never') continue;
    const { uses, obstacle } = usesOfValue({ file: loader, names }, load);
    if (obstacle !== null && leads === 'maybe') return null;
    for (const { node } of uses) {
      const { parent: call } = wrapped(node);
      if (ts.isCallExpression(call)) calls.push({ file: loader, call, byMadeName: true });
    }
  }
  return calls;
}

/**
 * The calls of a function by files that may load its file by a made name.
 *
 * @returns `null` where one that loads from its folder does something else with it
 */
export function callsByMadeNames(exported: Load, files: readonly ParsedFile[]): readonly Caller[] | null {
  const all = loadersByMadeNames(exported.file.source.path).map((from) => {
    const loader = files.find(({ source }) => source.path === from) ?? parseApart(from);
    return loader === null ? [] : callsIn(loader, exported);
  });
  return all.includes(null) ? null : all.flatMap((calls) => calls ?? []);
}
