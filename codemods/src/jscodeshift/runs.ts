/** jscodeshift/runs: one plan for each package, made once and handed out file by file. */
import { dirname, relative } from 'node:path';
import type { PlannedFile } from '../plan/decision.ts';
import { isOfPackages, mentionPattern, packagesRefused } from '../project/discover.ts';
import { readPackage } from '../project/package-info.ts';
import type { SiteReport } from '../report/types.ts';
import { type MigrateOptions, plan } from '../run/run.ts';
import { writeFiles } from '../run/write.ts';
import { shown } from '../wording/shown-path.ts';

/** Options of the command line that mean something here; jscodeshift hands over all it was given. */
export interface TransformOptions extends Pick<MigrateOptions, 'legacy' | 'fixCaptures' | 'entry' | 'handlers'> {
  /** Set by jscodeshift: nothing is written. */
  readonly dry?: boolean;
}

/** Options of the command line that are not taken here, as they may be typed. */
const unknownHere = 'idioms core inline fix-captures dry-run check strict json report format force'.split(' ');

/** Says of options which are given in vain that they are. */
function warnInVain(options: object): void {
  const given = Object.keys(options).filter((name) => unknownHere.includes(name));
  if (given.length === 0) return;
  const names = given.map((name) => `--${name}`).join(', ');
  process.stderr.write(
    `dc-migrate: ${names} ${given.length === 1 ? 'does' : 'do'} nothing in jscodeshift, which takes --legacy, --fixCaptures, --entry and --handlers; npx dc-migrate takes all.\n`,
  );
}

/** The plan of one package, while jscodeshift asks for its files. */
export class PackageRun {
  readonly #root: string;
  readonly #files: ReadonlyMap<string, PlannedFile>;
  readonly #sites: readonly SiteReport[];
  readonly #asked = new Set<string>();

  constructor(root: string, options: TransformOptions) {
    const { legacy, fixCaptures, entry, handlers } = options;
    const { files, report } = plan({
      ...{ paths: [root], cwd: root, legacy: legacy === true, fixCaptures: fixCaptures === true },
      ...(entry === undefined ? {} : { entry }),
      ...(handlers === undefined ? {} : { handlers }),
    });
    this.#root = root;
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#sites = report.sites;
    for (const { message } of report.warnings ?? []) process.stderr.write(`dc-migrate: ${message}\n`);
    // jscodeshift writes the files it was given; what it never asks for is written here.
    if (options.dry !== true) writeFiles(files.filter((file) => !isAskedFor(file)));
  }

  /** Whether a file was asked for: a second time means that jscodeshift runs again. */
  hasAsked(path: string): boolean {
    return this.#asked.has(path);
  }

  /** The report of a file. */
  sitesOf(path: string): readonly SiteReport[] {
    return this.#sites.filter(({ file }) => file === shown(path, this.#root));
  }

  /** What is planned for a file. */
  take(path: string): PlannedFile | undefined {
    this.#asked.add(path);
    return this.#files.get(path);
  }

  /** Files that should have changed and were not among those jscodeshift was given, relative to `from`. */
  forgotten(from: string): readonly string[] {
    const files = [...this.#files.values()].filter((file) => isAskedFor(file) && !this.#asked.has(file.path));
    return files.map(({ path }) => relative(from, path));
  }
}

const isAskedFor = ({ before }: PlannedFile): boolean => before !== null && mentionPattern.test(before.text);

/** Every package of one jscodeshift process. */
export class Runs {
  readonly #byRoot = new Map<string, PackageRun>();
  #watching = false;
  #warned = false;
  #hasOwn = false;
  #hasPassedOver = false;

  /** The plan a file belongs to; `null` for a file that mentions nothing, or is one of a package. */
  of(path: string, source: string, options: TransformOptions): PackageRun | null {
    // jscodeshift goes through node_modules by itself.
    if (isOfPackages(path)) return this.#passOver(path);
    this.#hasOwn = true;
    if (!mentionPattern.test(source)) return null;
    const { root } = readPackage(dirname(path), process.cwd());
    const known = this.#byRoot.get(root);
    if (known !== undefined && !known.hasAsked(path)) return known;
    if (!this.#warned) warnInVain(options);
    this.#warned = true;
    const run = new PackageRun(root, options);
    this.#byRoot.set(root, run);
    if (options.dry !== true) this.#tellAtTheEnd();
    return run;
  }

  /** Says so only where nothing else is given, which is known at the end. */
  #passOver(path: string): null {
    if (!this.#hasPassedOver) {
      process.once('exit', () => {
        if (!this.#hasOwn) process.stderr.write(`dc-migrate: ${packagesRefused(relative(process.cwd(), path))}\n`);
      });
    }
    this.#hasPassedOver = true;
    return null;
  }

  /** Only then is it known which files jscodeshift was given. */
  #tellAtTheEnd(): void {
    if (this.#watching) return;
    this.#watching = true;
    process.once('exit', () => {
      const files = [...this.#byRoot.values()].flatMap((run) => run.forgotten(process.cwd()));
      if (files.length === 0) return;
      process.stderr.write(
        `dc-migrate: these files have to change too, run jscodeshift on them as well: ${files.join(', ')}\n`,
      );
    });
  }
}
