/** functions/lacked-imports: what is said of imports that the text of a function does not bring along. */
import { type ImportBinding, ownFile } from '../modules/bindings.ts';
import type { Finding, ReasonDetails } from '../rules/reasons.ts';
import { listed } from '../wording/listed.ts';
import type { Captures } from './captures.ts';
import { type Captured, capturedFinding, lacking, missingOf, needed } from './lacked-names.ts';

type Binding = Pick<ImportBinding, 'local' | 'specifier'>;

type Imported = Pick<Captures, 'imports' | 'lacks' | 'called'>;

/** A package, to whoever loads it; a path, or `#name` of a package.json, means something else in another package. */
const isPackage = ({ specifier }: Binding): boolean => specifier !== ownFile && /^(?:@[^/]+\/)?\w/.test(specifier);

const quoted = (names: readonly string[]): string => listed(names.map((name) => `\`${name}\``));

/** Imports of packages, with what loads each of them. */
function loaded(packages: readonly Binding[]): string {
  const specifiers = [...new Set(packages.map(({ specifier }) => specifier))];
  return listed(
    specifiers.map((one) => {
      const names = packages.filter(({ specifier }) => specifier === one).map(({ local }) => local);
      return `${quoted(names)} by \`await import('${one}')\``;
    }),
  );
}

/** What mends the want of some imports by hand, each where there is some. */
function mendedBy(thrown: readonly Binding[], called: ReadonlySet<string>): ReasonDetails {
  const files = thrown.filter((one) => !isPackage(one)).map(({ local }) => local);
  return {
    packages: loaded(thrown.filter(isPackage)),
    own: quoted(files.filter((name) => !called.has(name))),
    called: quoted(files.filter((name) => called.has(name))),
    files: quoted(files),
  };
}

/** That a function uses imports of its file, which its text does not bring along; `null` where it uses none. */
export function importFinding({ imports, lacks, called }: Imported): Finding | null {
  const fresh = imports.filter(({ typeOnly, had }) => !typeOnly && had === undefined).map(({ binding }) => binding);
  if (fresh.length === 0) return null;
  const thrown = [...needed(new Map(fresh.map((one) => [one.local, one])), { lacks }).values()];
  const names = fresh.map(({ local }) => local);
  const several = thrown.length > 1;
  const details = {
    names: quoted(names),
    it: names.length > 1 ? 'them' : 'it',
    thrown: quoted(thrown.map(({ local }) => local)),
    kind: several ? 'imports of its file' : 'an import of its file',
    that: several ? 'those' : 'that',
    ...mendedBy(thrown, called),
  };
  return lacking({ code: 'DC-I1', names, details }, { lacks });
}

/** What a function takes of its file. */
type Taken = Captured & Imported;

/** Why the text of a function throws today, where something else stops it from moving; `null` where it lacks nothing. */
export function lackedBy(given: Taken): Finding | null {
  const captured = missingOf(given.outer).size > 0 ? capturedFinding(given, null) : null;
  const found = [captured, importFinding(given)].filter((one) => one !== null);
  return found.find(({ throws }) => throws === true) ?? null;
}
