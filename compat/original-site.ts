/** compat/original-site: where in the source stands what a compiler has put somewhere in built code. */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The last one counts: a bundle may hold what the files in it said of themselves. */
const mapComment = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;
const inlineMap = /^data:application\/json;(?:charset=[^;,]+;)?base64,(.*)$/s;

/** A source map, and the folder its sources are named from. */
interface FoundMap {
  readonly map: SourceMap;
  readonly folder: string;
}

const maps = new Map<string, FoundMap | undefined>();

/**
 * The place in the source of a place in a file, as `file:line:column`; the same place for a file that was not built, or whose
 * source is not there.
 *
 * It reads the map itself, at most once for each file, because Node reads maps only under `--enable-source-maps`, of what is
 * loaded from then on, and for every stack.
 *
 * @see https://nodejs.org/api/module.html#class-modulesourcemap
 */
export function originalSite(site: string): string {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/s.exec(site) ?? [];
  if (file === undefined) return site;
  if (!maps.has(file)) maps.set(file, mapOf(file));
  const found = maps.get(file);
  // Places in stacks are counted from 1, places in maps from 0.
  const entry = found?.map.findEntry(Number(line) - 1, Number(column) - 1);
  if (found === undefined || entry === undefined || !('originalSource' in entry)) return site;
  const source = pathFrom(found.folder, entry.originalSource);
  return existsSync(source) ? `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}` : site;
}

function mapOf(file: string): FoundMap | undefined {
  try {
    const url = [...readFileSync(file, 'utf8').matchAll(mapComment)].at(-1)?.[1];
    if (url === undefined) return undefined;
    const [, inline] = inlineMap.exec(url) ?? [];
    const path = inline === undefined ? pathFrom(dirname(file), decodeURI(url)) : file;
    const text = inline === undefined ? readFileSync(path, 'utf8') : Buffer.from(inline, 'base64').toString();
    const payload = JSON.parse(text) as SourceMapPayload;
    return { map: new SourceMap(payload), folder: pathFrom(dirname(path), payload.sourceRoot ?? '') };
  } catch {
    // A file or a map that is not there (the bot runs on another host), or is none: the built place is told, as before.
    return undefined;
  }
}

const pathFrom = (folder: string, path: string): string =>
  path.startsWith('file:') ? fileURLToPath(path) : resolve(folder, path);
