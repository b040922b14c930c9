/** plan/shard-use: whether a package still reads `client.shard` once its calls are rewritten. */
import type { CallPlan } from '../calls/call.ts';
import { shardTaken } from '../clients/shard-taken.ts';
import { filesMatching } from '../project/discover.ts';
import { foldersOf } from '../project/package-info.ts';
import { readSource } from '../project/source.ts';
import type { PackageSites } from '../sites/sites.ts';
import type { Splice } from '../syntax/edits.ts';
import { placeText } from '../syntax/moved-text.ts';
import { parseAlone } from '../syntax/program.ts';
import { type SourcePlace, shownPlace } from '../syntax/source-place.ts';
import { descendants } from '../syntax/syntax.ts';
import type { Decision } from './decision.ts';

type Range = Pick<Splice, 'start' | 'end'>;

/** Ranges of the rewritten calls, by file. */
export function rangesOf(
  decisions: readonly Decision[],
  of: (plan: CallPlan, at: number) => readonly Range[],
): ReadonlyMap<string, readonly Range[]> {
  const ranges = new Map<string, readonly Range[]>();
  for (const { site, rewritten } of decisions) {
    if (!rewritten || site.verdict.kind !== 'call') continue;
    const { path } = site.file.source;
    ranges.set(path, [...(ranges.get(path) ?? []), ...of(site.verdict.plan, site.at)]);
  }
  return ranges;
}

const notIn = (ranges: readonly Range[] | undefined, at: number): boolean =>
  ranges?.every(({ start, end }) => at < start || end <= at) ?? true;

/** What looks for something of a ShardingManager, and where. */
interface Used {
  readonly what: string;
  readonly place: SourcePlace;
}

/** Where a file takes `shard` out of something that is not the receiver of a rewritten call. */
function usedIn(path: string, gone: readonly Range[] | undefined): Used | null {
  const source = readSource(path);
  if (source === null) return null;
  const tree = parseAlone(path, source.text);
  const names = descendants(tree).flatMap((node) => shardTaken(node) ?? []);
  const found = names.find(({ name }) => notIn(gone, name.getStart()));
  return found === undefined ? null : { what: found.what, place: { path, tree, at: found.name.getStart() } };
}

/** The call whose handler reads `client.shard`: where it asked with a text, no code said so. */
function askedFor(decisions: readonly Decision[]): SourcePlace | null {
  const found = decisions.find(({ site: { verdict }, rewritten }) => {
    if (!rewritten || verdict.kind !== 'call') return false;
    const text = placeText(verdict.plan.handler.text, { indent: '', eol: '\n' });
    return descendants(parseAlone('handler.ts', `(${text})`)).some((node) => shardTaken(node) !== null);
  });
  return found === undefined
    ? null
    : { path: found.site.file.source.path, tree: found.site.file.tree, at: found.site.at };
}

/** A place that reads `client.shard` or knows its class: without a ShardingManager there is none. */
export function shardUse({ info }: PackageSites, decisions: readonly Decision[]): string | null {
  // Of a call its receiver is gone; what its function and its options read, they read on.
  const gone = rangesOf(decisions, ({ receiverSplices }) => receiverSplices);
  const named = /\bshard\b|ShardClientUtil|SHARDING_MANAGER/;
  for (const path of foldersOf(info).flatMap((folder) => filesMatching(folder, named))) {
    const used = usedIn(path, gone.get(path));
    if (used !== null) return `${used.what}, at ${shownPlace(used.place, info.root)}`;
  }
  const place = askedFor(decisions);
  return place === null ? null : `client.shard, at ${shownPlace(place, info.root)}`;
}
