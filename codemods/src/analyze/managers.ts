/** analyze/managers: where a ShardingManager is built, which file it starts and what its options are. */
import { ts } from 'ts-morph';
import { isShardingManager } from './bindings.ts';
import type { ParsedFile } from './program.ts';
import { descendants, symbolOf, unwrap } from './syntax.ts';

/** The file argument as far as it can be read: a path and what it is relative to. */
export interface StartedFile {
  readonly path: string;
  readonly relativeTo: 'cwd' | 'file';
}

/** One `new ShardingManager(file, options)`, or the `super(file, options)` of a subclass. */
export interface ManagerSite {
  readonly file: ParsedFile;
  readonly node: ts.NewExpression | ts.CallExpression;
  readonly started: StartedFile | null;
}

const hereNames = /^(__dirname|import\.meta\.dirname)$/;
const joins = /^(?:\w+\.)?(join|resolve)$/;

function constValue(file: ParsedFile, node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  if (!ts.isIdentifier(at)) return at;
  const declaration = symbolOf(file.checker, at)?.valueDeclaration;
  const fixed =
    declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.parent.flags & ts.NodeFlags.Const;
  return fixed && declaration.initializer !== undefined ? unwrap(declaration.initializer) : at;
}

function ofUrl(node: ts.NewExpression): StartedFile | null {
  const [path, base] = node.arguments ?? [];
  const fits =
    node.expression.getText() === 'URL' &&
    path !== undefined &&
    ts.isStringLiteralLike(path) &&
    base?.getText() === 'import.meta.url';
  return fits ? { path: path.text, relativeTo: 'file' } : null;
}

function ofJoin(file: ParsedFile, call: ts.CallExpression): StartedFile | null {
  const parts = call.arguments.map((argument) => unwrap(argument));
  const [first] = parts;
  const here = first !== undefined && hereNames.test(first.getText());
  const rest = (here ? parts.slice(1) : parts).map((part) => constValue(file, part));
  if (!rest.every((part) => ts.isStringLiteralLike(part)) || rest.length === 0) return null;
  return { path: rest.map((part) => (part as ts.StringLiteralLike).text).join('/'), relativeTo: here ? 'file' : 'cwd' };
}

function startedFile(file: ParsedFile, node: ts.Expression | undefined): StartedFile | null {
  if (node === undefined) return null;
  const at = constValue(file, node);
  if (ts.isStringLiteralLike(at)) return { path: at.text, relativeTo: 'cwd' };
  if (ts.isTemplateExpression(at) && at.head.text === '' && at.templateSpans.length === 1) {
    const [span] = at.templateSpans;
    if (span === undefined || !hereNames.test(span.expression.getText())) return null;
    return { path: `.${span.literal.text}`, relativeTo: 'file' };
  }
  if (ts.isBinaryExpression(at) && hereNames.test(at.left.getText()) && ts.isStringLiteralLike(at.right)) {
    return { path: `.${at.right.text}`, relativeTo: 'file' };
  }
  if (ts.isNewExpression(at)) return ofUrl(at);
  if (ts.isPropertyAccessExpression(at) && /^(pathname|href)$/.test(at.name.text))
    return startedFile(file, at.expression);
  if (!ts.isCallExpression(at)) return null;
  const callee = at.expression.getText();
  if (joins.test(callee)) return ofJoin(file, at);
  return /fileURLToPath$/.test(callee) ? startedFile(file, at.arguments[0]) : null;
}

function isManagerSuper(file: ParsedFile, node: ts.CallExpression): boolean {
  if (node.expression.kind !== ts.SyntaxKind.SuperKeyword) return false;
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    const parent = at.heritageClauses?.find((c) => c.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
    return parent !== undefined && isShardingManager(file.checker, parent);
  }
  return false;
}

/** Lists the managers a file builds. */
export function managersOf(file: ParsedFile): readonly ManagerSite[] {
  return [...descendants(file.tree)].flatMap((node) => {
    const builds =
      (ts.isNewExpression(node) && isShardingManager(file.checker, node.expression)) ||
      (ts.isCallExpression(node) && isManagerSuper(file, node));
    if (!builds || !(ts.isNewExpression(node) || ts.isCallExpression(node))) return [];
    return [{ file, node, started: startedFile(file, node.arguments?.[0]) }];
  });
}

/** The object literal behind the options argument: written there, or a const of this file. */
export function optionsLiteral(file: ParsedFile, node: ts.Expression): ts.ObjectLiteralExpression | null {
  const at = constValue(file, node);
  return ts.isObjectLiteralExpression(at) ? at : null;
}
