/** report/checked: what was checked of the changed files, and what was not: in numbers, and for people. */
import type { PackagePlan } from '../plan/decision.ts';
import { isTypeScript } from '../syntax/program.ts';
import { ownerTyped } from '../verify/owner-typed.ts';
import type { Checked, Summary } from './types.ts';

/** Counts the changed files of code by what was checked of them. */
export function checkedOf(plans: readonly Pick<PackagePlan, 'files' | 'verified'>[]): Checked {
  const typed = (one: Pick<PackagePlan, 'files'>): number => one.files.filter(({ path }) => isTypeScript(path)).length;
  const sumOf = (some: readonly Pick<PackagePlan, 'files'>[]): number => some.reduce((sum, one) => sum + typed(one), 0);
  const plain = plans
    .flatMap(({ files }) => files)
    .filter(({ path }) => !path.endsWith('.json') && !isTypeScript(path));
  return {
    types: sumOf(plans.filter(({ verified }) => verified)),
    names: plain.length,
    ownerTyped: ownerTyped(plain).length,
    // Where not everything is there that a check by types needs, none of the package is.
    unchecked: sumOf(plans.filter(({ verified }) => !verified)),
  };
}

const filesOf = (count: number, language: string): string => `${count} file${count === 1 ? '' : 's'} of ${language}`;

/** The sentences below the sums; none where no code was changed. */
export function checkedSentences({ checked }: Pick<Summary, 'checked'>): readonly string[] {
  const { types, names, ownerTyped: typedByOwner, unchecked } = checked;
  const parts = [
    ...(types > 0 ? [`no new type errors in ${filesOf(types, 'TypeScript')}`] : []),
    ...(names > 0 ? [`no new syntax errors and no lost names in ${filesOf(names, 'JavaScript')}`] : []),
  ];
  const result = parts.length === 0 ? [] : [`The result was checked: ${parts.join('; ')}.`];
  const mine = `You have types checked (checkJs or @ts-check) in ${filesOf(typedByOwner, 'this JavaScript')}: names were checked; types were not.`;
  const missing = `${filesOf(unchecked, 'TypeScript')} could not be checked: the types of discord.js or shardlift are missing.`;
  return [...result, ...(typedByOwner > 0 ? [mine] : []), ...(unchecked > 0 ? [missing] : [])];
}
