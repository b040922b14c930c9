/** run/warnings: what has to be put right in a package beside its code. */
import { leastDiscord, oldDiscord } from '../project/discord-version.ts';
import { partsOf } from '../project/package-info.ts';
import type { Warning } from '../report/types.ts';
import { explain, type Finding, finding, type ReasonCode } from '../rules/reasons.ts';
import type { PackageSites } from '../sites/sites.ts';
import { configProblem } from '../syntax/configs.ts';
import { shown } from '../wording/shown-path.ts';

function warning(code: ReasonCode, details: { readonly file: string } & Readonly<Record<string, string>>): Warning {
  return { file: details.file, code, message: explain(finding(code, details)) };
}

/** A discord.js that what is written cannot run with. */
function oldVersions({ info }: PackageSites, cwd: string): readonly Warning[] {
  const old = partsOf(info).flatMap(({ root }) => oldDiscord(root) ?? []);
  const first = old.filter(({ path }, i) => old.findIndex((one) => one.path === path) === i);
  return first.map(({ path, what }) => warning('DC-M9', { file: shown(path, cwd), what, least: leastDiscord }));
}

/** Each tsconfig.json of the package's TypeScript that could not be read whole. */
function unreadConfigs({ files }: PackageSites, cwd: string): readonly Warning[] {
  const paths = files.flatMap(({ typed, compilation: { options } }) =>
    typed && typeof options.configFilePath === 'string' ? [options.configFilePath] : [],
  );
  return [...new Set(paths)].flatMap((path) => {
    const what = configProblem(path);
    return what === null ? [] : [warning('DC-F2', { file: shown(path, cwd), what })];
  });
}

/** What is to be said of the managers of a package where no line of the report is about them. */
export function unsaidOf({ managers }: PackageSites, notes: readonly Finding[], cwd: string): readonly Warning[] {
  const file = shown(managers[0]?.file.source.path ?? cwd, cwd);
  return notes.map((one) => ({ file, code: one.code, message: explain(one) }));
}

/** What to put right before the result of a run can be trusted, or run; the latter only where something is written. */
export function warningsOf(
  group: PackageSites,
  { cwd, written }: { readonly cwd: string; readonly written: boolean },
): readonly Warning[] {
  return [...(written ? oldVersions(group, cwd) : []), ...unreadConfigs(group, cwd)];
}
