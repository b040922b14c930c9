/** files/compiled-beside: JavaScript that stands beside the TypeScript it is compiled from; the next build writes it anew. */
import { existsSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { findUp } from '../project/package-info.ts';
import { ts } from '../typescript.js';

const sources: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** What a compiler leaves in what it writes. */
const marks = /Object\.defineProperty\(exports, ["']__esModule["']|^\/\/# sourceMappingURL=/m;

/** Whether the tsconfig.json over a file has its output written beside the sources. */
function writesBeside(path: string): boolean {
  const file = findUp('tsconfig.json', dirname(path));
  if (file === null) return false;
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const options = ts.getParsedCommandLineOfConfigFile(file, {}, host)?.options;
  if (options === undefined || options.noEmit === true || options.emitDeclarationOnly === true) return false;
  return options.outDir === undefined && options.outFile === undefined && options.allowJs !== true;
}

/** The file that a file is compiled from, where that stands beside it; `null` for anything else. */
export function compiledFrom(path: string, text: string): string | null {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const source = (sources[extension] ?? []).map((one) => stem + one).find((one) => existsSync(one));
  return source !== undefined && (marks.test(text) || writesBeside(path)) ? source : null;
}
