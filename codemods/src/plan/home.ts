/** plan/home: where the handlers of a package live: in a file of their own, or beside the client. */
import { ownCluster } from '../clients/own-cluster.ts';
import type { Allocation } from '../handlers/allocate.ts';
import { addedHandlers, createHandlers } from '../handlers/handlers-file.ts';
import { inlineText } from '../handlers/inline-text.ts';
import { obstacleOf } from '../handlers/obstacle.ts';
import { type Place, placeOf } from '../handlers/place.ts';
import type { ManagerSite } from '../managers/managers.ts';
import { usesHybrid } from '../project/package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { applySplices } from '../syntax/edits.ts';
import { shown } from '../wording/shown-path.ts';
import type { PlannedFile, PlanSettings } from './decision.ts';
import { besideClient, type ClientFile, clientFileOf, inlineSplices } from './inline.ts';
import { type WireOptions, type Wiring, wire } from './wiring.ts';

/** The home of a package's handlers. */
export interface Home {
  readonly place: Place;
  /** The bot file, where handlers stand beside the client. */
  readonly client: ClientFile | null;
  /** Why a call cannot have its handler here. */
  readonly refused: (site: Site) => Finding | null;
}

function besideTheClient(group: PackageSites, place: Place, cwd: string): Home {
  const taken = usesHybrid(group.info) ? 'its ClusterClient' : ownCluster(group.files) === null ? null : 'the bot';
  const client = taken === null ? clientFileOf(place, cwd) : `${taken} sets client.cluster itself`;
  const refuse = (what: string): Finding => finding('DC-H4', { what });
  if (typeof client === 'string') return { place, client: null, refused: () => refuse(client) };
  const refused = ({ verdict }: Site): Finding | null =>
    verdict.kind === 'call' && inlineText(verdict.plan.handler.text) === null
      ? refuse('its parameters are not plainly a client and data')
      : null;
  return { place: besideClient(place, client), client, refused };
}

/** Finds the home, or `null` when the bot file is unknown. */
export function homeOf(group: PackageSites, settings: PlanSettings, outside: readonly ManagerSite[]): Home | null {
  const place = placeOf(group, settings, outside);
  if (place === null) return null;
  if (settings.inline === true) return besideTheClient(group, place, settings.cwd);
  const { path } = place;
  const unreadable =
    place.existing === 'unreadable'
      ? finding('DC-H3', { path: shown(path, settings.cwd), what: obstacleOf(path) })
      : null;
  return { place, client: null, refused: () => unreadable };
}

/** The edits of managers' files with those of a handlers file that is there: it may be one of them, or have calls. */
function withHandlers(splices: Wiring['splices'], place: Place, named: Allocation): Wiring['splices'] {
  const { path, existing } = place;
  if (existing === null || existing === 'unreadable') return splices;
  return new Map([...splices, [path, [...(splices.get(path) ?? []), ...addedHandlers(existing, named, place)]]]);
}

/** The edits that make the handlers known: in the manager's options, or in the bot file itself. */
export function wiringOf({ place, client }: Home, named: Allocation, given: WireOptions): Wiring {
  const { unread } = place;
  const unsure = unread.length === 0 ? [] : [finding('DC-H6', { where: unread.join(', ') })];
  if (client === null) {
    const { splices, notes } = wire(place, given);
    return { splices: withHandlers(splices, place, named), notes: [...notes, ...unsure] };
  }
  return { splices: new Map([[client.source.path, inlineSplices(client, place, named)]]), notes: unsure };
}

/** The files with handlers that no site of the package stands in. */
export function handlersFiles(
  { place, client }: Home,
  named: Allocation,
  { group, wiring }: { readonly group: PackageSites; readonly wiring: Wiring | null },
): readonly PlannedFile[] {
  const { path, existing } = place;
  if (existing === 'unreadable') return [];
  if (group.files.some((file) => file.source.path === path)) return [];
  const source = client?.source ?? place.source;
  if (source === null || (client === null && existing === null)) {
    const after = createHandlers(named, place, source?.text);
    return named.entries.length === 0 ? [] : [{ path, before: source, after, splices: [] }];
  }
  const splices = wiring?.splices.get(path) ?? [];
  return splices.length === 0 ? [] : [{ path, before: source, after: applySplices(source.text, splices), splices }];
}
