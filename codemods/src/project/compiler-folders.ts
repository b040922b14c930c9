/** project/compiler-folders: where a compiler puts what it makes of a folder's sources, as the tsconfig.json over it says. */
import { dirname, resolve } from 'node:path';
import { ts } from '../typescript.js';
import { findUp } from './package-info.ts';

/** The folders that a tsconfig.json names. */
export interface CompilerFolders {
  /** Its own folder. */
  readonly own: string;
  readonly out: string | null;
  readonly declarations: string | null;
  readonly root: string | null;
}

/** outDir, declarationDir and rootDir of the nearest tsconfig, `extends` followed; `null` where there is none. */
export function compilerFolders(from: string): CompilerFolders | null {
  const file = findUp('tsconfig.json', from);
  if (file === null) return null;
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const options = ts.getParsedCommandLineOfConfigFile(file, {}, host)?.options ?? {};
  const own = dirname(file);
  const placed = (path: string | undefined): string | null => (path === undefined ? null : resolve(own, path));
  const { outDir, declarationDir, rootDir } = options;
  return { own, out: placed(outDir), declarations: placed(declarationDir), root: placed(rootDir) };
}
