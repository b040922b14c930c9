/** handlers/handlers-kind: the language of a handlers file, and whether it has a `require` when it runs. */
import { existsSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type { Entry } from '../files/entry.ts';
import { moduleType } from '../project/package-info.ts';
import { readSource } from '../project/source.ts';
import { parseAlone } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import type { HandlersKind } from './handlers-file.ts';

/** The language of a handlers file: its own where it is there, else that of the bot beside it. */
export function kindOf(path: string, entry: Entry): HandlersKind {
  const extension = extname(path);
  if (/ts$/.test(extension)) return 'typescript';
  if (extension === '.mjs') return 'esm';
  if (extension === '.cjs') return 'cjs';
  const own = existsSync(path) ? syntaxOf(path) : null;
  if (own !== null) return own;
  if (moduleType(dirname(path)) === 'module') return 'esm';
  // Without "type", a bot written with import statements is compiled or bundled: its handlers file is written alike.
  const text = existsSync(entry.path) ? (readSource(entry.path)?.text ?? '') : '';
  return /^import\s.+from\s/m.test(text) && !/\brequire\s*\(/.test(text) ? 'esm' : 'cjs';
}

/** The kind of module that a file is by what stands in it; `null` where that fits both. */
function syntaxOf(path: string): 'esm' | 'cjs' | null {
  const { statements } = parseAlone(path, readSource(path)?.text ?? '');
  const isModule = statements.some((one) => ts.isImportDeclaration(one) || isExport(one));
  if (isModule) return 'esm';
  return statements.some((one) => /\b(require\s*\(|exports\b)/.test(one.getText())) ? 'cjs' : null;
}

const isExport = (node: ts.Statement): boolean =>
  ts.isExportDeclaration(node) ||
  ts.isExportAssignment(node) ||
  (ts.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true);

/** Whether the handlers file has a `require` when it runs: it runs as the bot file beside it does. */
export function requireAt(path: string, kind: HandlersKind): 'there' | 'made' | 'unsure' {
  const extension = extname(path);
  const isModule = /^\.m/.test(extension) || (moduleType(dirname(path)) === 'module' && !/^\.c/.test(extension));
  if (isModule) return 'made';
  // A bundler or compiler has made something of such imports that is not known here.
  return kind === 'esm' ? 'unsure' : 'there';
}
