/** verify/site-places: where in a file a site stands, and what of it goes; the callers of a wrapper are its site, too. */
import type { Site } from '../sites/sites.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What the callers of a wrapper hand over in a file, what they say of types, and the types of its parameters there. */
function ofWrapper({ verdict }: Site, path: string): readonly Range[] {
  const wrapper = verdict.kind === 'call' ? verdict.plan.wrapper : null;
  if (wrapper === null) return [];
  const told = wrapper.told.map(({ at, ...one }) => ({ ...one, start: at, end: at }));
  return [...wrapper.closures, ...wrapper.types, ...told].filter((one) => one.path === path);
}

/** Every place of a file that a site is at. */
export function placesIn(site: Site, path: string): readonly number[] {
  const own = site.file.source.path === path ? [site.at] : [];
  return [...own, ...ofWrapper(site, path).map(({ start }) => start)];
}

/** Whether a site is somewhere within a part of a file. */
export const isWithin = (
  site: Site,
  path: string,
  { pos, end }: { readonly pos: number; readonly end: number },
): boolean => placesIn(site, path).some((at) => pos <= at && at < end);

/** Whether a position is part of what a rewritten site takes away. */
export function takes(site: Site, path: string, position: number): boolean {
  const { at, verdict, file } = site;
  const isOwn = file.source.path === path;
  if (verdict.kind !== 'call') return isOwn && at === position;
  const { plan } = verdict;
  const own = isOwn ? [{ start: at, end: plan.callEnd }, plan.movedFrom, ...plan.receiverSplices] : [];
  const gone = [...own, ...ofWrapper(site, path)];
  return gone.some(({ start, end }) => start <= position && position < end);
}
