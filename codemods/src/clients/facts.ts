/** clients/facts: what a function reads of the client and of its process; decides who has to answer. */
import { clientMembers } from '../syntax/globals.ts';
import { shortText } from '../syntax/short-text.ts';
import { descendants, type MovableFunction, nameText, returnedBy, unwrap } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isFollowed } from '../values/value-asked.ts';
import { botGlobalOf, ofClient, pathsIn } from '../values/value-path.ts';
import { isAbsentNull } from './absent.ts';
import { doesMore } from './acts.ts';
import { clientReads } from './client-paths.ts';
import { computedName, isVague } from './computed-members.ts';
import { doesEach, doneOutside, looksAtWhole } from './divided.ts';
import { type DoneToAll, doneToAll } from './done-to-all.ts';
import { type Effects, effectsOf, noEffects } from './effects.ts';
import { onlyReads } from './only-reads.ts';
import { type OwnReads, ownReads } from './own-reads.ts';
import { noShardIds, type OwnShardIds, ownShardIds } from './own-shard-ids.ts';
import { mayThrow } from './own-throws.ts';
import { viewMembers } from './own-told.ts';
import { isRead, processFacts } from './process-facts.ts';
import { looksUpSeveral } from './reads-behind.ts';
import { givesOwn, type Made, madeOf } from './returned.ts';
import { choosesShard } from './shard-chosen.ts';
import { givesLists } from './sure-lists.ts';
import { throwsWithout } from './throws-without.ts';
import { countsUsers } from './user-counts.ts';
import { listsUserIds, listsUsers } from './users-listed.ts';
import { type UsersLooked, usersLooked } from './users-looked.ts';

/** What a function reads, as far as its text tells. */
export interface Facts {
  /** Facts of the process: `process.memoryUsage`, `os.loadavg`, `uptime`. */
  readonly process: readonly string[];
  /** Members of the client that are not discord.js's, and globals of the bot: `global.x`. */
  readonly custom: readonly string[];
  /** Those that it compares as the id of the one shard of its process. */
  readonly shardIds: OwnShardIds;
  /** The members of the bot's own, or their sum, that it gives and nothing else; none where it gives anything else. */
  readonly adds: readonly string[];
  /** Whether it gives something, so that such members may be in its results. */
  readonly gives: boolean;
  /** Reads something that differs per shard: the shard's ping, id or start. */
  readonly perShard: boolean;
  /** What its value is made of: whether parts of it, one per shard, are as good as one for the process. */
  readonly made: Made;
  /** What it gives, or gives in some cases, is made of what its process has once and nothing else. */
  readonly givesOwn: boolean;
  /** Reads which shards it runs for. */
  readonly readsShard: boolean;
  /** Reads the list of shards of its process, as a call does that skips the process it comes from. */
  readonly shardList: boolean;
  /** What it reads of the bot's own is read for one shard alone, so that one of several does it. */
  readonly choosesShard: boolean;
  /** How it takes what the bot has. */
  readonly own: OwnReads;
  /** To what of the bot's own it does something as a whole. */
  readonly toAll: DoneToAll;
  /** Where it finds nothing, it gives `null` or `undefined`, and not `false` or a text. */
  readonly absentNull: boolean;
  /** Gives nothing but what is surely a list. */
  readonly lists: boolean;
  /** Looks up a thing by its id that one shard alone has. */
  readonly looksUp: boolean;
  /** Looks up more than one such thing, each by itself. */
  readonly looksUpSeveral: boolean;
  /** Does something beside giving a value. */
  readonly acts: boolean;
  /** Calls or sets something, so that it may do something, if only say it in a log. */
  readonly mayAct: boolean;
  /** Surely does nothing but read. */
  readonly onlyReads: boolean;
  /** Looks at how much or what else a shard has, and not only at things by their ids or at each by itself. */
  readonly looksAtWhole: boolean;
  /** What it does is surely done to each of what the shards divide, to one thing where that is, or to what its process has. */
  readonly doesEach: boolean;
  /** What it does of which nothing leads to its client, as it is written. */
  readonly outside: readonly string[];
  /** May throw where a thing that it looks up is not there. */
  readonly throwsWithout: boolean;
  /** Throws errors, or calls what may fail. */
  readonly throws: boolean;
  /** Counts or lists `users.cache`, where shards overlap. */
  readonly users: boolean;
  /** How it looks for users by their ids or by what they are like. */
  readonly looksForUsers: UsersLooked;
  /** Gives nothing of users but lists of their ids. */
  readonly userIds: boolean;
  readonly effects: Effects;
}

/** A function that looks for no users. */
export const noUsers: UsersLooked = { places: [], beside: false };

/** Nothing is known of a function, as of one of another file: it runs once per shard, as it always did. */
export const unknownFacts: Facts = {
  process: [],
  custom: [],
  shardIds: noShardIds,
  adds: [],
  gives: true,
  perShard: true,
  made: 'shard',
  givesOwn: false,
  readsShard: true,
  shardList: false,
  choosesShard: false,
  own: { whole: true, each: true, keyed: false, someKeyed: false },
  toAll: { whereThing: [], anywhere: [] },
  absentNull: false,
  lists: false,
  looksUp: false,
  looksUpSeveral: true,
  acts: true,
  mayAct: true,
  onlyReads: false,
  looksAtWhole: true,
  doesEach: false,
  outside: [],
  throwsWithout: true,
  throws: false,
  users: false,
  looksForUsers: noUsers,
  userIds: false,
  effects: noEffects,
};

/** What is true of some of several functions or paths, of which one is asked: their results stay one per shard. */
export function factsOfSome(all: readonly Facts[]): Facts {
  const names = (of: (facts: Facts) => readonly string[]): readonly string[] => [...new Set(all.flatMap(of))];
  return {
    ...unknownFacts,
    process: names((one) => one.process),
    custom: names((one) => one.custom),
    shardIds: { names: names((one) => one.shardIds.names), only: [] },
    gives: all.some((one) => one.gives),
    readsShard: all.some((one) => one.readsShard),
    throws: all.some((one) => one.throws),
    users: all.some((one) => one.users),
    effects: {
      done: names((one) => one.effects.done),
      doneTo: all.flatMap((one) => one.effects.doneTo),
      actsOn: names((one) => one.effects.actsOn),
      changes: names((one) => one.effects.changes),
      calls: all.flatMap((one) => one.effects.calls),
      lasts: all.some((one) => one.effects.lasts),
      neverFails: all.some((one) => one.effects.neverFails),
    },
  };
}

/** What differs from shard to shard, by its name. */
export const perShardNames = new Set([
  'ws',
  'ping',
  'shard',
  'shardId',
  'shards',
  'readyAt',
  'readyTimestamp',
  'uptime',
]);

/** The members read of the client: `c.guilds`, `({ guilds }) =>`, `const { guilds } = c`. */
function membersOf(fn: MovableFunction): readonly string[] {
  const [client] = fn.parameters;
  return [...(client === undefined ? [] : descendants(client.name)), ...descendants(fn.body)].flatMap((node) =>
    isRead(node) ? ofClient(fn, node).flatMap(([first]) => (first === null ? computedName(node) : (first ?? []))) : [],
  );
}

/** Whether a node is what `x = 1` sets, so that nothing reads it there. */
function isOnlySet(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** The globals of the bot that a function reads. */
const globalsOf = (fn: MovableFunction): readonly string[] =>
  descendants(fn.body).flatMap((node) => {
    const found = isRead(node) && !isOnlySet(node) ? pathsIn(fn, node).map(botGlobalOf) : [];
    return found.flatMap((name) => (name === null ? [] : [`global.${name}`]));
  });

/** The name of a member that a node takes of something. */
function nameTaken(node: ts.Node): string | null {
  if (ts.isBindingElement(node)) return nameText(node.propertyName ?? node.name);
  if (ts.isPropertyAccessExpression(node)) return isOfGuild(node) ? null : node.name.text;
  if (!ts.isElementAccessExpression(node) || !ts.isStringLiteralLike(node.argumentExpression)) return null;
  return node.argumentExpression.text;
}

/** `player.guild.shardId` is a fact of that guild, whoever is asked. */
const isOfGuild = ({ expression, name }: ts.PropertyAccessExpression): boolean =>
  name.text === 'shardId' && /\bguild$/.test(expression.getText());

/** The members of the bot's own that a value is, or adds up; `null` for any other value. */
function addedUp(fn: MovableFunction, node: ts.Expression): readonly string[] | null {
  const at = unwrap(node);
  if (ts.isBinaryExpression(at)) {
    const { kind } = at.operatorToken;
    const isDefault = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
    const left = addedUp(fn, at.left);
    if (isDefault) return at.right.getText() === '0' ? left : null;
    const right = kind === ts.SyntaxKind.PlusToken ? addedUp(fn, at.right) : null;
    return left === null || right === null ? null : [...left, ...right];
  }
  const [names, other] = isRead(at) ? ofClient(fn, at) : [];
  const [name, more] = names ?? [];
  const isOwn = other === undefined && more === undefined && typeof name === 'string' && !clientMembers.has(name);
  return isOwn ? [name] : null;
}

/** The members of the bot's own that a function adds up, where it gives nothing else. */
function addsOf(fn: MovableFunction): readonly string[] {
  const all = returnedBy(fn).map((value) => addedUp(fn, value));
  return all.includes(null) ? [] : all.flatMap((one) => one ?? []);
}

const isUptime = (name: string): boolean => name === 'uptime';

const maybe = 'perhaps: it is too large to be followed';

/**
 * Reads a function's facts; of one that is too large anything may be so.
 *
 * @param context - what its call hands over, as far as that is known
 */
export function factsOf(fn: MovableFunction, context: ts.Expression | null = null): Facts {
  const facts = factsFollowed(fn, context);
  if (isFollowed(fn)) return facts;
  const { process, custom, users, effects } = facts;
  const done = [...effects.done, maybe];
  return { ...unknownFacts, process: [...process, maybe], custom, users, effects: { ...effects, done } };
}

/** Those of the members that a function reads which are the bot's own, and one for a process. */
const ownOf = (members: readonly string[], ofView: ReadonlySet<string>): readonly string[] =>
  members.filter((one) => !clientMembers.has(one) && !ofView.has(one) && !isVague(one, members));

function factsFollowed(fn: MovableFunction, context: ts.Expression | null): Facts {
  const nodes = descendants(fn.body);
  const members = membersOf(fn);
  const names = new Set(nodes.map(nameTaken));
  const effects = effectsOf(fn);
  // A shard that is asked gives of them what it has, as it did.
  const ofView = viewMembers(fn);
  return {
    process: [...new Set([...nodes.flatMap((node) => processFacts(fn, node)), ...members.filter(isUptime)])],
    custom: [...new Set([...ownOf(members, ofView), ...globalsOf(fn)])],
    shardIds: ownShardIds(fn),
    adds: addsOf(fn),
    gives: returnedBy(fn).length > 0,
    perShard: [...perShardNames].some((name) => names.has(name) || members.includes(name)),
    made: ofView.size > 0 ? 'shard' : madeOf(fn),
    givesOwn: givesOwn(fn),
    readsShard: names.has('shard') || members.includes('shard'),
    shardList: /\boptions\s*\.\s*shards\b/.test(fn.body.getText()),
    choosesShard: choosesShard(fn),
    own: ownReads(fn),
    toAll: doneToAll(fn),
    absentNull: returnedBy(fn).every((value) => isAbsentNull(fn, value)),
    lists: givesLists(fn),
    looksUp: clientReads(fn).some(({ kind }) => kind === 'one'),
    looksUpSeveral: looksUpSeveral(fn),
    acts: doesMore(fn, effects),
    mayAct: nodes.some((node) => ts.isCallExpression(node) || writtenBy(node) !== null),
    onlyReads: onlyReads(fn),
    looksAtWhole: looksAtWhole(fn),
    doesEach: ofView.size === 0 && doesEach(fn),
    outside: [...new Set(doneOutside(fn).map(shortText))],
    throwsWithout: throwsWithout(fn),
    throws: mayThrow(fn),
    users: countsUsers(fn, context) || listsUsers(fn),
    looksForUsers: usersLooked(fn),
    userIds: listsUserIds(fn),
    effects,
  };
}
