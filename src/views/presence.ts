/** views/presence: what each shard of a client says of itself on Discord: every one may show another status and activity. */
import { shadow } from './shadow.ts';

/** `client.presence`; private in the typings, the same from 14.14 to 15-dev. */
interface OwnPresence {
  readonly activities: readonly unknown[];
  _patch(packet: unknown): unknown;
}

/** What the shards of one client show. */
interface Book {
  /** The activities of the client as views have left them. A set by the bot itself, for all shards, puts others there. */
  last: OwnPresence['activities'];
  /** What shards show that no view has changed. */
  readonly base: OwnPresence;
  readonly own: Map<number, OwnPresence>;
}

const books = new WeakMap<OwnPresence, Book>();

const copyOf = (presence: OwnPresence): OwnPresence =>
  Object.create(Object.getPrototypeOf(presence), Object.getOwnPropertyDescriptors(presence));

function bookOf(real: OwnPresence): Book {
  let book = books.get(real);
  if (book?.last !== real.activities) {
    book = { last: real.activities, base: copyOf(real), own: new Map() };
    books.set(real, book);
  }
  return book;
}

/**
 * The presence of one shard, kept from one view to the next: `setStatus` goes on with the activities that were set before.
 *
 * @param real - that of the client: the bot's own code finds there what was set last, by whichever shard
 */
export function shardState(real: OwnPresence, shard: number): OwnPresence {
  const { own, base } = bookOf(real);
  const state = own.get(shard) ?? copyOf(base);
  own.set(shard, state);
  return state;
}

/** The state of a shard as a view shows it. @param shown - `client` is the view */
export function shownPresence(
  real: OwnPresence,
  { shard, state, client }: { readonly shard: number; readonly state: OwnPresence; readonly client: object },
): OwnPresence {
  const shown = shadow(state, {
    client,
    _patch(packet: unknown): unknown {
      const book = bookOf(real);
      book.own.set(shard, state);
      // Of the state itself: activities hold on to their presence, and are not to hold on to a view.
      state._patch(packet);
      real._patch(packet);
      book.last = real.activities;
      return shown;
    },
  });
  return shown;
}
