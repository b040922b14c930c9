/** plan/decision: what is planned for a package: its files, and what becomes of each site. */
import type { DirectPlan } from '../calls/idioms/direct.ts';
import type { PlaceOverrides } from '../handlers/place.ts';
import type { SourceText } from '../project/source.ts';
import type { Finding } from '../rules/reasons.ts';
import type { Outside } from '../sites/outside.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import type { Splice } from '../syntax/edits.ts';

/** One file as it will be. `before` is `null` for a file that does not exist yet. */
export interface PlannedFile {
  readonly path: string;
  readonly before: SourceText | null;
  readonly after: string;
  /** The edits that lead from one to the other, for positions; none for a new file. */
  readonly splices: readonly Splice[];
}

/** What is decided about one site. */
export interface Decision {
  readonly site: Site;
  readonly rewritten: boolean;
  /** Why it was left, or the notes beside it. */
  readonly findings: readonly Finding[];
  /** What a rewritten site rests on, where nothing proves that. */
  readonly assumptions: readonly Finding[];
  readonly handler: string | null;
  /** The method of the cluster that is called instead of a handler. */
  readonly direct?: DirectPlan;
  /** Whether the class is shardlift's ClusterManager now. */
  readonly core?: boolean;
}

/** The plan of one package. */
export interface PackagePlan {
  readonly files: readonly PlannedFile[];
  readonly decisions: readonly Decision[];
  /** Notes that belong to none of the sites. */
  readonly unsaid: readonly Finding[];
  /** Whether every changed file was checked and has no error it did not have before. */
  readonly verified: boolean;
}

/** What planning needs beside the package. */
export interface PlanSettings extends PlaceOverrides {
  /** The working folder, which reports tell places from. */
  readonly cwd: string;
  /** Reads the files of the package that were not named. */
  readonly outside: (group: PackageSites) => Outside;
  /** Handlers go beside the client instead of into a file of their own. */
  readonly inline?: boolean;
  /** Managers become shardlift's own ClusterManager. */
  readonly core?: boolean;
  /** The command that runs again with more files. */
  readonly again: (files: readonly string[]) => string;
  /** Hears what planning is at. */
  readonly progress?: (text: string) => void;
}
