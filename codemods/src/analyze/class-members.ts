/** analyze/class-members: whether a class of the bot gives what it makes a member of some name. */
import { dirname } from 'node:path';
import { filesMatching } from '../discover.ts';
import { findUp } from '../package-info.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { classOf } from './class-owner.ts';
import { parseAlone } from './program.ts';
import { placesOf } from './syntax.ts';
import { isNothing, writtenAt } from './writes.ts';

/** A field with a value, a getter, a method, or `this.name = value` in a class. */
function givesMember(name: ts.Node): boolean {
  const { parent } = name;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer !== undefined && !isNothing(parent.initializer);
  if (ts.isMethodDeclaration(parent) || ts.isGetAccessor(parent)) return ts.isClassLike(parent.parent);
  if (!ts.isPropertyAccessExpression(parent) || parent.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  return classOf(parent.expression) !== null && writtenAt(parent).some((value) => value === null || !isNothing(value));
}

/** Whether a class of the package around a file has a member of this name from its beginning on. */
export function classesGive(path: string, name: string): boolean {
  const manifest = findUp('package.json', dirname(path));
  if (manifest === null) return false;
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
  return filesMatching(dirname(manifest), word).some((one) => {
    const source = readSource(one);
    return source !== null && placesOf(parseAlone(one, source.text), name).some(givesMember);
  });
}
