/** syntax/source-place: a place of a file that people are told. */
import { relative, sep } from 'node:path';
import type { ts } from '../typescript.js';
import { positionOf } from './syntax.ts';

/** A place of a file. */
export interface SourcePlace {
  readonly path: string;
  readonly tree: ts.SourceFile;
  readonly at: number;
}

/** A place for people: the path from the working folder, and the line. */
export function shownPlace({ path, tree, at }: SourcePlace, cwd: string): string {
  return `${relative(cwd, path).split(sep).join('/')}:${positionOf(tree, at).line}`;
}
