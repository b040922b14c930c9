/** plan/cluster-note: code that looks at `client.cluster` has to hear of it when a run puts one there. */
import { clusterReads } from '../clients/cluster-reads.ts';
import { ownCluster } from '../clients/own-cluster.ts';
import { foldersOf, usesHybrid } from '../project/package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites } from '../sites/sites.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shownPlace } from '../syntax/source-place.ts';
import type { Decision } from './decision.ts';
import { moduleOf } from './manager-notes.ts';

/** Whether a run is the one that gives the clients of a bot their cluster. */
function bringsCluster({ info }: PackageSites, decisions: readonly Decision[]): boolean {
  const done = decisions.filter(({ rewritten }) => rewritten);
  const moved = done.flatMap(({ site: { verdict } }) => (verdict.kind === 'swap' ? [moduleOf(verdict.mention)] : []));
  if (moved.length > 0) return moved.includes('discord.js');
  return done.length > 0 && !info.dependencies.has('shardlift');
}

// Planning takes rounds, and the files stay the same.
const known = new WeakMap<readonly ParsedFile[], string>();

function placesOf({ files, info }: PackageSites): string {
  const found =
    known.get(files) ??
    [
      ...new Set(
        foldersOf(info)
          .flatMap(clusterReads)
          .map((place) => shownPlace(place, info.root)),
      ),
    ].join(', ');
  known.set(files, found);
  return found;
}

/** The lines that find a cluster from now on; nothing where the bot puts one there itself, or its library does. */
export function clusterNotes(group: PackageSites, decisions: readonly Decision[]): readonly Finding[] {
  if (usesHybrid(group.info) || !bringsCluster(group, decisions) || ownCluster(group.files) !== null) return [];
  const where = placesOf(group);
  return where === '' ? [] : [finding('DC-R11', { where })];
}
