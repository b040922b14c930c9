/** handlers/handler-names: the names that handlers of a package have already, wherever they are registered. */
import { dirname, relative } from 'node:path';
import { outputFolder } from '../files/entry.ts';
import { isBelow, ownFilesMatching } from '../project/discover.ts';
import { readSource } from '../project/source.ts';
import { definesHandlers } from '../syntax/defining.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants, positionOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { ipcNames } from './ipc-calls.ts';
import { namesOfMember, namesOfSpread, putInto } from './object-names.ts';

/** The names of handlers that are registered somewhere, and the places that register some whose names cannot be read. */
export interface Registered {
  readonly names: ReadonlySet<string>;
  /** Whether who asks for a name may get another handler, or none: several places register it, or one takes it away. */
  readonly isUnsure: (name: string) => boolean;
  readonly unread: readonly { readonly path: string; readonly line: number }[];
}

/** What runs only where the bot is tested; what it registers there takes no other handler's place. */
const forTests = /(?:^|[\\/])(?:tests?|__tests__)[\\/]|\.(?:test|spec)\.\w+$/;

/** Whether a file below one of some folders runs only where the bot is tested. */
export const isForTests = (path: string, folders: readonly string[]): boolean => {
  const folder = folders.find((one) => isBelow(path, one)) ?? dirname(path);
  return forTests.test(relative(folder, path));
};

/** The files of a package that may register handlers: what its sources are compiled to, and what git ignores, is no part of it. */
export function handlerSources(folder: string): readonly string[] {
  const out = outputFolder(folder);
  const isOutput = (path: string): boolean => out !== null && isBelow(path, out) && !isBelow(folder, out);
  return ownFilesMatching(folder, /\b(defineHandlers|ipc)\b/).filter((path) => !isOutput(path));
}

/** Reads the handlers that files of some folders register: in `defineHandlers({ ... })` and by `ipc.handle('name', ...)`. */
export function registeredBelow(folders: readonly string[]): Registered {
  const files = folders.flatMap(handlerSources).flatMap(registeredIn);
  const found = files.flatMap(({ registered }) => registered);
  const removed = new Set(files.flatMap((one) => one.removed));
  const times = new Map<string, number>();
  for (const { names } of found.filter((one) => !isForTests(one.path, folders)))
    for (const name of names) if (name !== null) times.set(name, (times.get(name) ?? 0) + 1);
  return {
    names: new Set(found.flatMap(({ names }) => names.filter((name) => name !== null))),
    isUnsure: (name) => (times.get(name) ?? 0) > 1 || removed.has(name) || removed.has(null),
    unread: found.filter(({ names }) => names.includes(null)),
  };
}

/** Names of one place; `null` among them stands for one that cannot be read. */
type Registration = readonly (string | null)[];

/** Calls of all of them, and an `ipc` that no member is read of at once. */
const worthReading = /\b(defineHandlers|handle|removeHandler)\b|\bipc\b(?!['"\]]*\s*\??\.)/;

/** The places of a file that register handlers, and the names that it takes away again. */
function registeredIn(path: string) {
  const source = readSource(path);
  if (source === null || !worthReading.test(source.text)) return [];
  const tree = parseAlone(path, source.text);
  const calls = descendants(tree).filter(ts.isCallExpression).filter(definesHandlers);
  const places: readonly { readonly node: ts.Node; readonly names: Registration }[] = [
    ...calls.map((node) => ({ node, names: defined(node) })),
    ...ipcNames(tree, 'handle').map(({ node, name }) => ({ node, names: [name] })),
  ].filter(({ names }) => names.length > 0);
  const registered = places
    .map(({ node, names }) => ({ path, line: positionOf(tree, node.getStart()).line, names }))
    .sort((a, b) => a.line - b.line);
  return [{ registered, removed: ipcNames(tree, 'removeHandler').map(({ name }) => name) }];
}

/** Of an object that cannot be read as a whole, what can be read counts. */
function defined(call: ts.CallExpression): Registration {
  const [first] = call.arguments;
  if (first === undefined) return [];
  const object = unwrap(first);
  const names: Registration = ts.isObjectLiteralExpression(object)
    ? object.properties.flatMap((member): Registration => namesOfMember(member) ?? [null])
    : (namesOfSpread(object) ?? [null]);
  return [...names, ...(putInto(call) ?? [null])];
}
