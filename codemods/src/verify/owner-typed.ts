/** verify/owner-typed: JavaScript whose types its owner has checked. dc-migrate checks names there, never types. */
import { dirname } from 'node:path';
import type { PlannedFile } from '../plan/decision.ts';
import { findUp } from '../project/package-info.ts';
import { ts } from '../typescript.js';

/** The answer that a file gives itself: TypeScript takes the last `@ts-check` or `@ts-nocheck` above the code. */
function saidInside(text: string): boolean | null {
  const head = /^(?:#!.*)?(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0] ?? '';
  const said = head.match(/^\s*\/\/\/?\s*@ts-(?:no)?check\b/gm)?.at(-1);
  return said === undefined ? null : !said.includes('nocheck');
}

/** The files that a config has checked; `null` where it checks no JavaScript. */
function checkedBy(config: string): ReadonlySet<string> | null {
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(json ?? {}, ts.sys, dirname(config), {}, config);
  return options.checkJs === true ? new Set(fileNames) : null;
}

/**
 * The files of JavaScript whose owner has their types checked: by `@ts-check`, or by `checkJs` of the nearest config.
 *
 * @see https://www.typescriptlang.org/tsconfig/#checkJs
 */
export function ownerTyped(files: readonly PlannedFile[]): readonly PlannedFile[] {
  const known = new Map<string, ReadonlySet<string> | null>();
  const filesOf = (config: string): ReadonlySet<string> | null => {
    const checked = known.has(config) ? (known.get(config) ?? null) : checkedBy(config);
    known.set(config, checked);
    return checked;
  };
  return files.filter(({ path, before, after }) => {
    if (!/\.[mc]?jsx?$/.test(path)) return false;
    const said = saidInside(after);
    if (said !== null) return said;
    const configs = ['tsconfig.json', 'jsconfig.json'].map((name) => findUp(name, dirname(path)));
    return configs.some((config) => {
      const checked = config === null ? null : filesOf(config);
      const name = path.replaceAll('\\', '/');
      if (checked === null || before !== null) return checked?.has(name) === true;
      // A new file is in no list yet: it is where those beside it are.
      return [...checked].some((one) => dirname(one) === dirname(name));
    });
  });
}
