/** handlers/login-file: the bot file of a package whose managers do not tell it: the one that logs a client in. */
import { basename, extname } from 'node:path';
import { type Entry, entryFromPath } from '../files/entry.ts';
import { loadersOf, moduleName } from '../files/wrapper-files.ts';
import { filesMatching } from '../project/discover.ts';
import type { PackageInfo } from '../project/package-info.ts';
import { readSource } from '../project/source.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { localsOf } from './file-locals.ts';

const treeOf = (path: string): ts.SourceFile => parseAlone(path, readSource(path)?.text ?? '');

/** Whether a file logs in nothing but the objects of its own classes, none of which it makes. */
function isOfClass(path: string): boolean {
  const nodes = descendants(treeOf(path));
  const logins = nodes.filter((node): node is ts.PropertyAccessExpression => {
    return ts.isPropertyAccessExpression(node) && node.name.text === 'login' && ts.isCallExpression(node.parent);
  });
  const isOwn = ({ kind }: ts.Node): boolean =>
    kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword;
  const classes = new Set(nodes.filter(ts.isClassLike).map(({ name }) => name?.text));
  const makes = nodes.some((node) => ts.isNewExpression(node) && classes.has(node.expression.getText()));
  return logins.length > 0 && logins.every(({ expression }) => isOwn(expression)) && !makes;
}

/** Whether a file makes an object of what it takes from another. */
function makesFrom(path: string, module: string): boolean {
  const tree = treeOf(path);
  const locals = localsOf(tree);
  return descendants(tree).some((node) => {
    const from = ts.isNewExpression(node) ? locals.get(node.expression.getText().split('.')[0] ?? '') : undefined;
    const specifier = from?.split('#').slice(0, -2).join('#') ?? '';
    return specifier !== '' && basename(specifier, extname(specifier)) === module;
  });
}

/** The one file that makes the client which a class of another file logs in; `null` where there is none, or several. */
function makerOf(path: string): string | null {
  const makers = loadersOf(path).filter((one) => makesFrom(one, moduleName(path)));
  const [only] = makers;
  return makers.length === 1 && only !== undefined ? only : null;
}

/** The one file of a package that logs a discord.js client in, or that makes the client which logs itself in. */
export function loginFile(info: PackageInfo): Entry | null {
  const files = filesMatching(info.root, /\.login\s*\(/).filter((file) =>
    /discord\.js/.test(readSource(file)?.text ?? ''),
  );
  const [only] = files;
  if (files.length !== 1 || only === undefined) return null;
  const maker = isOfClass(only) ? makerOf(only) : null;
  return entryFromPath(maker ?? only, info);
}
