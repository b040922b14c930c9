/** verify/lost-types: handlers that are none by their type, so that TypeScript forgets the types of all beside them. */
import type { Decision } from '../plan/decision.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Site } from '../sites/sites.ts';
import { definesHandlers } from '../syntax/defining.ts';
import { descendants } from '../syntax/syntax.ts';
import { plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { shortened } from '../wording/shortened.ts';
import type { ResultPart } from './result.ts';

/** The types of handlers that are none, by their names; none, where nothing is forgotten. */
function misfitsIn(tree: ts.SourceFile, checker: ts.TypeChecker): ReadonlyMap<string, string> {
  const misfits = descendants(tree).flatMap((node) => {
    if (!ts.isCallExpression(node) || !definesHandlers(node)) return [];
    const [given] = node.arguments;
    const [handler] = checker.getIndexInfosOfType(checker.getTypeAtLocation(node));
    if (handler === undefined || given === undefined || !ts.isObjectLiteralExpression(given)) return [];
    return given.properties.flatMap((property): [string, string][] => {
      const name = plainName(property.name);
      const type = checker.getTypeAtLocation(property);
      if (name === null || checker.isTypeAssignableTo(type, handler.type)) return [];
      return [[name, checker.typeToString(type)]];
    });
  });
  return new Map(misfits);
}

/** The handlers of a part that are none, by their names. */
function misfitsOf({ files, after }: ResultPart): ReadonlyMap<string, string> {
  if (after === null) return new Map();
  const { program } = after;
  const trees = files.flatMap(({ path }) => program.getSourceFile(path) ?? []);
  return new Map(trees.flatMap((tree) => [...misfitsIn(tree, program.getTypeChecker())]));
}

/**
 * The calls whose function is no handler by its type, though an old comment hides that or an old error excuses it. Where
 * there are such, the errors of other calls come of them.
 */
export function misfits(parts: readonly ResultPart[], decisions: readonly Decision[]): ReadonlyMap<Site, Finding> {
  const types = new Map(parts.flatMap((part) => [...misfitsOf(part)]));
  const found = decisions.flatMap(({ site, handler }) => {
    const [type] = handler?.split(', ').flatMap((name) => types.get(name) ?? []) ?? [];
    if (type === undefined) return [];
    const what = `${shortened(type, 80)} does not take any client of discord.js, and costs others their types`;
    return [[site, finding('DC-V1', { what })] as const];
  });
  return new Map(found);
}
