/** plan/later-wired: a handlers file of an earlier run that calls ask and no manager loads, as none was given then. */
import { basename, extname } from 'node:path';
import { filesMatching } from '../discover.ts';
import type { PackageSites } from '../sites.ts';
import { readSource } from '../source.ts';
import type { PlanSettings } from './package-plan.ts';
import { type Place, placeOf } from './place.ts';
import { loads } from './wired.ts';
import { type WireOptions, type Wiring, wire } from './wiring.ts';

const escaped = (text: string): string => text.replace(/[$.*+?^()[\]{}|\\]/g, '\\$&');

/** Whether code asks for one of these handlers. */
function areAsked(names: readonly string[], root: string): boolean {
  const asks = new RegExp(`\\.request\\w*\\s*(?:<[^()]*>)?\\(\\s*(['"\`])(?:${names.map(escaped).join('|')})\\1`);
  return names.length > 0 && filesMatching(root, asks).length > 0;
}

const ofTypes = /\bimport\s+type\b[^;'"]*['"][^'"]+['"]|\btypeof\s+import\s*\([^)]*\)/g;

/** Whether other code names the file, and so may load it in a way of its own. */
function isNamed(path: string, root: string): boolean {
  const named = new RegExp(`['"\`/]${escaped(basename(path, extname(path)))}(?:\\.\\w+)?['"\`]`);
  const others = filesMatching(root, named).filter((one) => one !== path);
  return others.some((one) => named.test((readSource(one)?.text ?? '').replace(ofTypes, '')));
}

/** The names of a handlers file that is there and can be added to. */
const namesOf = ({ existing }: Place): readonly string[] =>
  existing === null || existing === 'unreadable' ? [] : [...existing.handlers.keys()];

/** Wires a handlers file that is there already into the managers of its bot, where none of them loads it. */
export function wiredLater(group: PackageSites, settings: PlanSettings, options: WireOptions): Wiring | null {
  const { root } = group.info;
  const place = group.managers.length === 0 || settings.inline === true ? null : placeOf(group, settings, []);
  if (place === null || place.managers.some((one) => loads(one, place.path))) return null;
  const managers = place.managers.filter(({ entry }) => entry.path === place.entry.path);
  if (managers.length === 0 || !areAsked(namesOf(place), root) || isNamed(place.path, root)) return null;
  return wire({ ...place, managers, unlocated: [] }, options);
}
