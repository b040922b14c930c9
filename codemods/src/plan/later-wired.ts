/** plan/later-wired: a handlers file of an earlier run that calls ask and managers do not load, as they were not given then. */
import { basename, extname } from 'node:path';
import { isMoved } from '../analyze/manager-library.ts';
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
const ofOptions = /\bhandlers\s*:\s*(?:\[[^\]]*\]|(['"`])[^'"`]*\1)/g;

/** What other code does with the file: a manager's options name it, or a mention may load it in a way of its own. */
function namedBy(path: string, root: string): 'options' | 'code' | null {
  const named = new RegExp(`['"\`/]${escaped(basename(path, extname(path)))}(?:\\.\\w+)?['"\`]`);
  const texts = filesMatching(root, named)
    .filter((one) => one !== path)
    .map((one) => (readSource(one)?.text ?? '').replace(ofTypes, ''))
    .filter((text) => named.test(text));
  if (texts.some((text) => named.test(text.replace(ofOptions, '')))) return 'code';
  return texts.length > 0 ? 'options' : null;
}

/** The names of a handlers file that is there and can be added to. */
const namesOf = ({ existing }: Place): readonly string[] =>
  existing === null || existing === 'unreadable' ? [] : [...existing.handlers.keys()];

/**
 * Wires a handlers file that is there already into each manager that moves now; and into those of its bot that have
 * moved, where none loads it.
 */
export function wiredLater(group: PackageSites, settings: PlanSettings, options: WireOptions): Wiring | null {
  const { root } = group.info;
  const place = group.managers.length === 0 || settings.inline === true ? null : placeOf(group, settings, []);
  if (place === null || !areAsked(namesOf(place), root)) return null;
  const by = namedBy(place.path, root);
  if (by === 'code') return null;
  const isLoaded = by === 'options' || place.managers.some((one) => loads(one, place.path));
  const managers = place.managers.filter(
    ({ manager, entry }) => !isMoved(manager) || (!isLoaded && entry.path === place.entry.path),
  );
  const unlocated = isLoaded ? place.unlocated.filter((one) => !isMoved(one)) : [];
  return managers.length + unlocated.length === 0 ? null : wire({ ...place, managers, unlocated }, options);
}
