/** compat/call-site: where in the user's own code a call stands; for reports only. */
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnyFunction } from './function-text.ts';

/** Our own code: built, everything is in one folder; in the source tree the facade and `src`. */
const ownFolders = ['./', '../src/'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
const discordFile = /[\\/]node_modules[\\/]discord\.js[\\/]/;
/** How deep a call may lie below ours and discord.js's frames. */
const depth = 50;

/** A frame: `at name (file:line:column)`, or `at file:line:column`; a file may be a URL. */
const placeForms = [/^\s+at .*? \((.*):(\d+):(\d+)\)$/, /^\s+at (?:async )?(.*):(\d+):(\d+)$/];
const isFile = /^(?:file:|[/\\]|[A-Za-z]:)/;

const pathOf = (file: string): string => (file.startsWith('file:') ? fileURLToPath(file) : file);

const isForeign = (path: string): boolean =>
  discordFile.test(path) || ownFolders.some((folder) => path.startsWith(folder));

/**
 * Where the caller of a public function of ours stands, as `file:line:column`: in built code, unless Node maps stacks itself
 * (`--enable-source-maps`, tsx); see original-site.
 *
 * @param below - the public function: what it calls is not looked at
 * @returns `undefined` for a call in evaluated text, which is in no file, and where the program makes something else of stacks
 */
export function callSite(below: AnyFunction): string | undefined {
  try {
    return lookingDeep(() => {
      const frames = framesBelow(below);
      // A method that the program has put around ours may have returned by now: then it is on no stack.
      return siteIn(frames.length === 0 ? framesBelow(callSite) : frames);
    });
  } catch {
    // Accepted loss: where a call stands, to a program whose Error.prepareStackTrace fails. The call itself goes on.
    return undefined;
  }
}

/** Has stacks as deep as they are needed. Of a program that has frozen `Error` they are as deep as it likes. */
function lookingDeep<T>(look: () => T): T {
  const limit = Error.stackTraceLimit;
  Reflect.set(Error, 'stackTraceLimit', depth);
  try {
    return look();
  } finally {
    Reflect.set(Error, 'stackTraceLimit', limit);
  }
}

/** The stack below a function, line by line; none where the program's `Error.prepareStackTrace` gives no text. */
function framesBelow(fn: AnyFunction): readonly string[] {
  const trace: { stack?: unknown } = {};
  Error.captureStackTrace(trace, fn);
  const { stack } = trace;
  return typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
}

/** The first frame that is the user's own. */
export function siteIn(frames: readonly string[]): string | undefined {
  for (const frame of frames) {
    if (/\beval at /.test(frame)) return undefined;
    const [, file = '', line, column] =
      placeForms.map((form) => form.exec(frame)).find((found) => found !== null) ?? [];
    if (!isFile.test(file)) continue;
    const path = pathOf(file);
    if (!isForeign(path)) return `${path}:${line}:${column}`;
  }
  return undefined;
}

/** A file as a user types it where the manager runs: short, and quoted where a shell would take it apart. */
export function typedPath(file: string, folder: string = process.cwd()): string {
  const near = relative(folder, file);
  const path = near === '' || near.startsWith('..') || isAbsolute(near) ? file : near;
  return /^[\w@%+=:,./\\~-]+$/.test(path) ? path : `"${path.replaceAll(/(["$`])/g, '\\$1')}"`;
}
