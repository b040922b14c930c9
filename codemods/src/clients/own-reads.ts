/** clients/own-reads: how a function takes what its process has: one thing by its name, or all of it. */
import { type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { clientReads } from './client-paths.ts';
import { isTold } from './own-told.ts';

/** What a function takes of the bot's own. */
export interface OwnReads {
  /** Whether it counts what the bot has, or goes through all of it: `c.players.size`, `for (const p of c.players.values())`. */
  readonly whole: boolean;
  /** Whether it does something with each of all it has: `c.players.forEach(...)`, `c.cooldowns.clear()`. */
  readonly each: boolean;
  /** Whether all it takes is asked for by a name: `c.players.get(id)`. */
  readonly keyed: boolean;
  /** Whether something it takes is. */
  readonly someKeyed: boolean;
}

const sizes = /^(size|length)$/;
const ofAll = /^(map|filter|reduce|flatMap|find|some|every|first|last|at|random|sort|slice|toJSON|shift|pop)$/;
const ofEach = /^(forEach|each|clear|sweep)$/;

/** `c.players.values()`, handed to something. */
const isView = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) && /\.(values|keys|entries)$/.test(node.expression.getText());

type Taken = 'whole' | 'each' | 'keyed' | 'other';

/** What the next step of a chain takes; `on` where it goes on. */
function nextOf(at: ts.Expression): Taken | 'on' {
  const { parent } = at;
  if (ts.isForOfStatement(parent)) return 'each';
  if (ts.isSpreadElement(parent)) return 'whole';
  if (ts.isElementAccessExpression(parent)) return parent.expression === at ? 'keyed' : 'other';
  if (ts.isCallExpression(parent))
    return parent.expression !== at ? 'other' : parent.arguments.length > 0 ? 'keyed' : 'on';
  if (!ts.isPropertyAccessExpression(parent)) return 'other';
  const { text } = parent.name;
  if (ofEach.test(text)) return 'each';
  return sizes.test(text) || ofAll.test(text) ? 'whole' : 'on';
}

/** How one chain of members and calls ends, from the member of the client on. */
function takenBy(read: ts.Expression): Taken {
  const at = wrapped(read);
  const next = nextOf(at);
  if (next === 'on') return takenBy(at.parent as ts.Expression);
  return next === 'other' && isView(at) ? 'whole' : next;
}

/** Says how a function takes what the bot has put on its client, and into globals. */
export function ownReads(fn: MovableFunction): OwnReads {
  const own = clientReads(fn).filter(({ kind }) => kind === 'own');
  const taken = own.map(({ node }) => takenBy(node));
  const each = taken.includes('each');
  return {
    whole: each || taken.includes('whole') || own.some(({ node }) => isTold(fn, node)),
    each,
    keyed: taken.every((one) => one === 'keyed'),
    someKeyed: taken.includes('keyed'),
  };
}
