/** verify/planned-handlers: the handlers that a planned file holds, by name. */
import { ipcNames } from '../handlers/ipc-calls.ts';
import type { PlannedFile } from '../plan/decision.ts';
import { definesHandlers } from '../syntax/defining.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';

/** The handlers a file defines, or registers beside the client, by name. */
function handlersIn(tree: ts.SourceFile): ReadonlyMap<string, ts.Node> {
  const defined = descendants(tree)
    .filter(ts.isCallExpression)
    .filter(definesHandlers)
    .flatMap(({ arguments: [first] }) =>
      first !== undefined && ts.isObjectLiteralExpression(first) ? first.properties : [],
    )
    .map((one) => [plainName(one.name) ?? '', one] as const);
  const registered = ipcNames(tree, 'handle').flatMap(({ name, fn }) =>
    name === null || fn === null ? [] : [[name, fn] as const],
  );
  return new Map<string, ts.Node>([...defined, ...registered]);
}

/** The handlers of a planned file, and which of them a position stands in. */
export function handlersAround(file: PlannedFile, at: number) {
  const tree = parseAlone(file.path, file.after);
  const handlers = [...handlersIn(tree)];
  return { tree, handlers, around: handlers.filter(([, node]) => node.pos <= at && at < node.end) };
}
