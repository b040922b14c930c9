/** plan/placed: the calls of a package that stay possible once it is known where handlers go. */
import { isGenerated } from '../project/generated.ts';
import { readSource, type SourceText } from '../project/source.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Site } from '../sites/sites.ts';
import { shown } from '../wording/shown-path.ts';
import { type Dropped, directOf } from './dropped.ts';
import type { Home } from './home.ts';
import { touchedBy } from './source-files.ts';

/** Managers that stay what they are. */
export interface Staying {
  /** Why no call can be rewritten. */
  readonly manager: Finding | null;
  /** Why nothing can be, not even an import. */
  readonly all: Finding | null;
  /** Why nothing can be but what is discord.js's own. */
  readonly halves: Finding | null;
  /** Why one of them cannot be: a half of a bot that stays, or what only uses a manager. */
  readonly one: (site: Site) => Finding | null;
}

/** Why a file is not written: it is generated, or its result would not parse. */
const droppedFile = (source: SourceText | null, cwd: string): Finding =>
  source !== null && isGenerated(source.text) ? finding('DC-F3', { file: shown(source.path, cwd) }) : finding('DC-V2');

/** Why a file gets no handlers: it is generated, or would not parse with them. */
function homeRefused(home: Home | null, { files }: Dropped, cwd: string): Finding | null {
  const source = home?.client?.source ?? home?.place.source ?? null;
  const isDropped = home !== null && files.has(home.place.path);
  return isDropped || (source !== null && isGenerated(source.text)) ? droppedFile(source, cwd) : null;
}

/** Why an import of a file stays, so that no call in it can be rewritten; `null` where none does. */
function stayingImport(path: string, { sites }: Dropped): Finding | null {
  const found = [...sites].find(([{ verdict, file }]) => verdict.kind === 'swap' && file.source.path === path);
  if (found === undefined) return null;
  const [, why] = found;
  return { ...why, details: { ...why.details, of: 'an import of this file, which the call needs,' } };
}

/** The calls of a package that stay possible once it is known where handlers go. */
export function placed(
  home: Home | null,
  { dropped, cwd, noHome }: { readonly dropped: Dropped; readonly cwd: string; readonly noHome: Finding },
  { manager, all, one }: Staying,
): (site: Site) => Finding | null {
  const broken = homeRefused(home, dropped, cwd);
  const toldOf = (path: string, why: Finding | null): Finding => {
    const stays = stayingImport(path, dropped);
    return stays === null ? droppedFile(readSource(path), cwd) : (why ?? stays);
  };
  return (site) => {
    if (site.verdict.kind === 'left') return site.verdict.finding;
    const refused = dropped.sites.get(site);
    if (refused !== undefined) return refused;
    const path = touchedBy(site).find((touched) => dropped.files.has(touched));
    const elsewhere = all ?? one(site);
    if (path !== undefined) return toldOf(path, elsewhere ?? manager);
    if (elsewhere !== null) return elsewhere;
    if (site.verdict.kind === 'swap') return null;
    if (manager !== null) return manager;
    if (directOf(site, dropped) !== null) return null;
    if (home === null) return noHome;
    return broken ?? home.refused(site);
  };
}
