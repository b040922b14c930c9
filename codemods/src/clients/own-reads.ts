/** clients/own-reads: how a function takes what its process has: one thing by its name, or all of it. */
import { type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { clientReads } from './client-paths.ts';

/** What a function takes of the bot's own. */
export interface OwnReads {
  /** Whether it counts what the bot has, or goes through all of it: `c.players.size`, `for (const p of c.players.values())`. */
  readonly whole: boolean;
  /** Whether all it takes is asked for by a name: `c.players.get(id)`. */
  readonly keyed: boolean;
}

const sizes = /^(size|length)$/;
const ofAll =
  /^(values|keys|entries|forEach|each|map|filter|reduce|flatMap|find|some|every|first|last|at|random|sort|slice|clear|sweep|toJSON|shift|pop)$/;

type Taken = 'whole' | 'keyed' | 'other';

/** What the next step of a chain takes; `on` where it goes on. */
function nextOf(at: ts.Expression): Taken | 'on' {
  const { parent } = at;
  if (ts.isForOfStatement(parent) || ts.isSpreadElement(parent)) return 'whole';
  if (ts.isElementAccessExpression(parent)) return parent.expression === at ? 'keyed' : 'other';
  if (ts.isCallExpression(parent))
    return parent.expression !== at ? 'other' : parent.arguments.length > 0 ? 'keyed' : 'on';
  if (!ts.isPropertyAccessExpression(parent)) return 'other';
  const { text } = parent.name;
  return sizes.test(text) || ofAll.test(text) ? 'whole' : 'on';
}

/** How one chain of members and calls ends, from the member of the client on. */
function takenBy(read: ts.Expression): Taken {
  const at = wrapped(read);
  const next = nextOf(at);
  return next === 'on' ? takenBy(at.parent as ts.Expression) : next;
}

/** Says how a function takes what the bot has put on its client, and into globals. */
export function ownReads(fn: MovableFunction): OwnReads {
  const taken = clientReads(fn).flatMap(({ kind, node }) => (kind === 'own' ? [takenBy(node)] : []));
  return { whole: taken.includes('whole'), keyed: taken.every((one) => one === 'keyed') };
}
