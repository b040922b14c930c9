/** calls/wrapper-elsewhere: what the other files of a project do with a function that its file exports. */
import { callersByName, loadersOf, moduleName, neighboursOf } from '../files/wrapper-files.ts';
import { whole } from '../modules/exported-as.ts';
import { readSource } from '../project/source.ts';
import { type ParsedFile, parseAlone } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import {
  type Load,
  leadsTo,
  modulesOf,
  none,
  type Obstacle,
  obstacleAt,
  type Uses,
  united,
  usesThrough,
} from './wrapper-loads.ts';

/** The files that were read, and the folder that places are told from. */
export interface WrapperGiven {
  readonly files: readonly ParsedFile[];
  readonly cwd: string;
}

/** What the other files do with a function that a file exports by these names. */
export function usesElsewhere(exported: Load, given: WrapperGiven, seen: ReadonlySet<string> = new Set()): Uses {
  const { file: exporter, names } = exported;
  const { path } = exporter.source;
  const known = new Set([...seen, path]);
  const parts = loadersOf(path).map((loader): Uses => {
    const file = given.files.find((one) => one.source.path === loader);
    const tree = file?.tree ?? parseAlone(loader, readSource(loader)?.text ?? '');
    const options = (file ?? exporter).compilation.options;
    const found = modulesOf(tree).map((module): Uses => {
      const leads = leadsTo({ from: loader, specifier: module.text, options }, path);
      if (leads === false) return none;
      const stop = (why: string): Uses => ({ ...none, obstacle: obstacleAt(loader, module, why) });
      if (leads === null) return stop('whether this loads it is not known');
      return file === undefined ? stop('this file was not among those given') : usesThrough({ file, names }, module);
    });
    return united(found);
  });
  const [neighbour] = neighboursOf(path);
  if (neighbour !== undefined) {
    const tree = parseAlone(neighbour, readSource(neighbour)?.text ?? '');
    parts.push({ ...none, obstacle: obstacleAt(neighbour, tree, 'another package may load it') });
  }
  const here = united(parts);
  const further = here.onward
    .filter(({ file }) => !known.has(file.source.path))
    .map((one) => usesElsewhere(one, given, known));
  return united([here, ...further]);
}

/** In untyped code, `x.ask((c) => ...)` on an object that nobody knows may be a call of the wrapper, loaded by a path. */
export function stranger({ file: wrapper, names }: Load, found: Uses, index: number): Obstacle | null {
  if (wrapper.typed) return null;
  const { path } = wrapper.source;
  const members = [...names].map((name) => (name === whole || name === 'default' ? moduleName(path) : name));
  for (const other of callersByName(path, members)) {
    const known = found.uses.filter(({ file }) => file.source.path === other).map(({ node }) => node.getStart());
    for (const node of descendants(parseAlone(other, readSource(other)?.text ?? ''))) {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
      const given = node.arguments[index];
      const isFunction = given !== undefined && (ts.isArrowFunction(given) || ts.isFunctionExpression(given));
      if (!isFunction || !members.includes(node.expression.name.text) || known.includes(node.getStart())) continue;
      return obstacleAt(other, node, 'this may be a call of it');
    }
  }
  return null;
}
