/** test/conformance/pair: a link under test with an obedient far end. */
import type { Room } from '../../src/transport/credit.ts';
import type { Link } from '../../src/transport/link.ts';
import type { FarFacts, FarReport, SideOrder } from './far-end.ts';

/** A link under test, with an obedient far end (see `far-end.ts`). */
export interface Pair {
  readonly link: Link;
  /** What the far end saw; settles once its side is closed. */
  readonly report: Promise<FarReport>;
  /** What each direction holds. */
  readonly room: Room;
  /** Whether the cap is for the whole frame, as on a line of bytes, or for what it carries. */
  readonly counts: 'frames' | 'bodies';
  /** Tells a deaf far end something by another way than the link. */
  order(what: SideOrder): void;
  /** Takes everything down. */
  end(): Promise<unknown>;
}

/** What a test wants of its pair. */
export interface PairNeeds extends FarFacts {
  /** A smaller room than usual; a carrier that cannot be given one keeps its own. */
  readonly room?: Room;
}

/** Makes a new pair. */
export type MakePair = (needs?: PairNeeds) => Promise<Pair>;
