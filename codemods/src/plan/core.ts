/** plan/core: `--core` moves the manager to shardlift's own ClusterManager, where nothing of it is lost. */
import { managerClassOf } from '../analyze/bindings.ts';
import { extendedBy } from '../analyze/class-owner.ts';
import { coreManager } from '../analyze/core-manager.ts';
import type { Mention } from '../analyze/mentions.ts';
import type { ParsedFile } from '../analyze/program.ts';
import type { Splice } from '../analyze/receiver.ts';
import { descendants, isNameOnly } from '../analyze/syntax.ts';
import { usesHybrid } from '../package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites } from '../sites.ts';
import { ts } from '../typescript.js';
import type { Decision } from './package-plan.ts';
import { rangesOf, shardUse } from './shard-use.ts';

/** What becomes of the managers of a package: the edits of each file, or the note that says why they stay. */
export interface CoreMove {
  readonly splices: ReadonlyMap<ParsedFile, readonly Splice[]>;
  readonly note: Finding | null;
  readonly moved: boolean;
  /** The files that the note is said in, where it is not all of them. */
  readonly said?: ReadonlySet<ParsedFile>;
}

/** Nothing moves, and nobody asked. */
export const noMove: CoreMove = { splices: new Map(), note: null, moved: false };

/** Nothing moves, as the check does not take the result. */
export const refusedMove: CoreMove = {
  ...noMove,
  note: finding('DC-M6', { what: 'a use of it that does not type-check as one' }),
};

/** Calls that are left need a ShardingManager or a ShardClientUtil. */
const isOpen = ({ site, rewritten }: Decision): boolean =>
  !rewritten && (site.method === 'broadcastEval' || site.method === 'fetchClientValues');

const isPlainImport = (mention: Mention): boolean => mention.kind === 'import' && mention.method === 'ShardingManager';

/** Whether a file extends the class of a manager. */
export const hasSubclass = (file: ParsedFile): boolean =>
  descendants(file.tree).some((node) => {
    const parent = ts.isClassLike(node) ? extendedBy(node) : undefined;
    return parent !== undefined && managerClassOf(file.checker, parent) !== null;
  });

function renames(file: ParsedFile): readonly Splice[] {
  return descendants(file.tree).flatMap((node) => {
    const own = ts.isIdentifier(node) && node.text === 'ShardingManager' && !isNameOnly(node);
    const inImport = own && (ts.isImportSpecifier(node.parent) || ts.isBindingElement(node.parent));
    return own && !inImport ? [{ start: node.getStart(), end: node.end, text: 'ClusterManager' }] : [];
  });
}

/** Looks whether every manager of a package can be a ClusterManager. */
export function coreMove(group: PackageSites, decisions: readonly Decision[]): CoreMove {
  const stay = (what: string): CoreMove => ({ ...noMove, note: finding('DC-M6', { what }) });
  if (group.managers.length === 0) return noMove;
  if (usesHybrid(group.info))
    return { ...noMove, note: finding('DC-M10'), said: new Set(group.managers.map(({ file }) => file)) };
  const swaps = decisions.flatMap(({ site }) => (site.verdict.kind === 'swap' ? [site.verdict.mention] : []));
  if (!swaps.every(isPlainImport)) return stay('an import of other names, or in another form');
  if (group.files.some(hasSubclass)) return stay('a class of your own that extends it');
  const open = decisions.find(isOpen);
  if (open !== undefined) return stay(`${open.site.method}, in a call that is left`);
  const used = shardUse(group, decisions);
  if (used !== null) return stay(used);
  const asked = rangesOf(decisions, ({ callEnd }, start) => [{ start, end: callEnd }]);
  const splices = new Map<ParsedFile, readonly Splice[]>();
  let perCluster = false;
  for (const manager of group.managers) {
    const { file } = manager;
    const asks = (call: ts.Node): boolean =>
      asked.get(file.source.path)?.some(({ start, end }) => start === call.getStart() && end === call.end) === true;
    const core = coreManager(manager, asks);
    if (core.why !== null) return stay(core.why);
    splices.set(file, [...(splices.get(file) ?? renames(file)), ...core.splices]);
    perCluster ||= core.perCluster;
  }
  return { splices, note: perCluster ? finding('DC-M7') : null, moved: true };
}

/** The module a mention takes its class from. */
function moduleOf(mention: Mention): string | null {
  if (mention.kind === 'required') return mention.module.text;
  return mention.kind === 'import' || mention.kind === 'member' ? mention.binding.specifier : null;
}

/** Says at the import of the manager's class what became of it. */
export function withCore(decisions: readonly Decision[], { note, moved, said }: CoreMove): readonly Decision[] {
  return decisions.map((one) => {
    if (!one.rewritten || one.site.verdict.kind !== 'swap' || said?.has(one.site.file) === false) return one;
    // What comes from shardlift/compat already, and stays, is not rewritten.
    const kept = !moved && moduleOf(one.site.verdict.mention) === 'shardlift/compat';
    const why = note ?? finding('DC-M6', { what: 'a manager that is built elsewhere' });
    if (kept) return { ...one, rewritten: false, findings: [why] };
    return { ...one, findings: note === null ? one.findings : [...one.findings, note], core: moved };
  });
}
