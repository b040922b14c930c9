/** calls/call-notes: what there is to say about a call that asks processes of several shards from now on. */
import { isComputed } from '../clients/computed-members.ts';
import type { Facts } from '../clients/facts.ts';
import { isCounter } from '../functions/counters.ts';
import { type Consumer, searches } from '../results/consumer.ts';
import { comparedErrors } from '../results/error-tests.ts';
import { shownErrors } from '../results/shown-errors.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite } from '../syntax/call-site.ts';
import type { Target } from './target.ts';

/** How members of the client and globals are called: each by all of its name, and behind them what is done to them. */
function named(custom: readonly string[], done = ''): Finding['details'] {
  const names = custom
    .map((name) => (isGlobal(name) ? name : isComputed(name) ? `client${name}` : `client.${name}`))
    .join(', ');
  return { names: `${names}${done}`, live: custom.length === 1 ? 'lives' : 'live' };
}

const isGlobal = (name: string): boolean => name.startsWith('global.');

/** Whether the results, or members of them, are added up. */
const addsUp = (consumer: Consumer): boolean => consumer === 'sum' || consumer === 'parts';

/** Whether a function acts on what the bot put there. */
const actsOnOwn = ({ custom, effects }: Facts): boolean =>
  effects.actsOn.some((name) => isGlobal(name) || custom.includes(name));

/** What is said of a function that acts on what it has, by what asks for it. */
const acting: Readonly<Record<Target, string>> = {
  requestAll: 'requestAll runs it once per process',
  requestAllShards:
    'requestAllShards runs the function once for each shard of the process, and a later run finds what an earlier one left there; requestAll would run it once',
  requestToShard: 'requestToShard runs it in the process of that shard, and other shards of it find what it left',
  requestTo: 'requestTo runs it once',
  requestToGuild: 'requestToGuild runs it once',
};

/** The same of a function that calls what it has, and is not known to change it. */
const calling: Readonly<Record<Target, string>> = {
  requestAll: 'requestAll runs it once per process, where it sees all shards of that',
  requestAllShards:
    'requestAllShards runs the function once for each shard of the process, and each run sees all that is there for these shards and what an earlier one left; requestAll would run it once',
  requestToShard: 'requestToShard runs it in the process of that shard, where it sees all shards of that',
  requestTo: 'requestTo runs it once, and it sees all shards of that process',
  requestToGuild: 'requestToGuild runs it once, and it sees all shards of that process',
};

/** What it means where one shard does something to what its process has, because it is chosen, or has what is looked up. */
const doneByOne = 'one shard of a process does it, to what all of them share';

/** What it means that a process has a member once, by what asks for it. */
const held: Readonly<Record<Target, string>> = {
  requestAll: 'requestAll counts each process once',
  requestAllShards: 'requestAllShards repeats it for each shard of the process',
  requestToShard: 'the process of that shard gives what it has for all the shards it has',
  requestTo: 'the process that is asked gives what it has for all the shards it has',
  requestToGuild: 'the process that is asked gives what it has for all the shards it has',
};

/** The members of the bot's own that a function reads or acts on. */
const ownNames = ({ custom, effects }: Facts): readonly string[] => [
  ...new Set([...custom, ...effects.actsOn.filter(isGlobal)]),
];

/** What it means that a function acts on members of the bot's own, or calls their methods. */
function doneToOwn(facts: Facts, target: Target): Finding {
  const { doneTo, calls, changes } = facts.effects;
  const own = ownNames(facts);
  const done = [...doneTo, ...calls].filter(({ to }) => own.includes(to)).map(({ what }) => what);
  const places = done.length === 0 ? '' : ` (${[...new Set(done)].join(', ')})`;
  const isChanged = changes.some((name) => own.includes(name));
  const what = isChanged ? 'The function sets, changes or calls' : 'The function calls';
  const isByOne = isDoneToAll(facts) && (facts.choosesShard || target === 'requestAll');
  const how = isByOne ? doneByOne : (isChanged ? acting : calling)[target];
  return finding('DC-P2', { what, ...named(own, places), how });
}

/** What it means for members of the bot's own that a process has them once: a sum of them, or what is done to them. */
function ownMembers(consumer: Consumer, facts: Facts, target: Target): Finding {
  const isCalled = facts.effects.calls.some(({ to }) => ownNames(facts).includes(to));
  // What a method does that nobody knows is done once for each shard as well.
  const isNoted = target === 'requestAllShards' || isDoneToAll(facts);
  if (actsOnOwn(facts) || (isNoted && isCalled)) return doneToOwn(facts, target);
  if (consumer === 'ignored' || !facts.gives) {
    const times = target === 'requestAll' ? 'per process' : 'for each shard of the process';
    const how = target === 'requestToShard' ? acting[target] : `${target} runs it once ${times}`;
    return finding('DC-P2', {
      what: facts.gives ? 'The function uses' : 'The function gives nothing, and uses',
      ...named(ownNames(facts)),
      how,
    });
  }
  const larger = target === 'requestAllShards' && addsUp(consumer) ? ', so the sum becomes larger' : '';
  const how = facts.choosesShard ? held.requestToShard : searches(consumer) ? held.requestToGuild : held[target];
  return finding('DC-P2', { what: 'The results hold', ...named(ownNames(facts)), how: `${how}${larger}` });
}

/** Whether one process is chosen among them, by its shard or by what it has, and something is said of all it has. */
function isToldOfAll(consumer: Consumer, facts: Facts, { from }: Asked): boolean {
  const { own, gives, choosesShard, looksUp } = facts;
  if (isDoneToAll(facts)) return true;
  if (consumer === 'ignored' || !gives) return facts.acts && ((choosesShard && own.whole) || (looksUp && own.each));
  if (choosesShard) return own.whole || !own.keyed;
  return searches(consumer) && growsWithShards(facts, from);
}

/** Whether something is done to a member as a whole where one shard is chosen among those of a process. */
const isDoneToAll = ({ custom, choosesShard, toAll }: Facts): boolean =>
  (choosesShard ? [...toAll.anywhere, ...toAll.whereThing] : toAll.whereThing).some((name) => custom.includes(name));

/** Whether a number is among what a process has that grows with the shards it has: how many there are, what they count. */
const growsWithShards = ({ own, custom }: Facts, from: string): boolean =>
  own.whole || custom.some((name) => isCounter(from, name));

/** Whether there is something to say of what a process has once. */
function isOwnNoted({ consumer, equal }: Use, facts: Facts, asked: Asked): boolean {
  const { target } = asked;
  if (target === 'requestToShard') {
    // One shard is asked, and the whole process answers.
    if (actsOnOwn(facts)) return true;
    const isDone = consumer === 'ignored' || !facts.gives;
    return facts.custom.length > 0 && (isDone ? facts.own.whole && facts.acts : facts.gives);
  }
  if (facts.custom.length > 0 && isToldOfAll(consumer, facts, asked)) return true;
  // It runs once for each shard of a process that has these once, whatever becomes of the results.
  const listed = consumer === 'array' || consumer === 'flat';
  // Each process gives its list once, where each shard gave its own.
  const laidFlat = consumer === 'flat' && facts.givesOwn;
  const repeated = target === 'requestAllShards' && (listed || !facts.choosesShard);
  // Of one member each shard of a process gives the same.
  const isEqual =
    equal &&
    !growsWithShards(facts, asked.from) &&
    facts.custom.length === 1 &&
    facts.made === 'process' &&
    facts.onlyReads;
  const summed = addsUp(consumer) && !isSameSum(facts, asked);
  return facts.custom.length > 0 && !isEqual && (summed || repeated || laidFlat);
}

const forOne = 'what one of them is asked to do is done to all shards of its process';
const forEach = 'it runs once for each of them';

/** What is done once where one shard is asked, however many share its process: a timer runs, listeners are called. */
const once = /^set(Timeout|Interval)$|\.emit$/;

/** What it means for what is done to a client or a process that several shards share it; `null` where that is nothing. */
function sharedHow({ readsShard }: Facts, target: Target): string | null {
  if (target === 'requestToShard' || target === 'requestToGuild') return forOne;
  if (target !== 'requestAllShards') return null;
  // Asked once, it would read the shards of its whole process.
  return readsShard ? forEach : `${forEach}. Where it should be done once, ask with requestAll`;
}

/** Whether numbers are added up that each process counts for itself: once of each is the same number as before. */
const isSameSum = ({ adds, custom }: Facts, { target, from }: Asked): boolean =>
  target === 'requestAll' && adds.length > 0 && [...custom, ...adds].every((name) => isCounter(from, name));

/** What there is to say of what belongs to the bot, and of what is done to the client and the process: once of each. */
function effectNotes(use: Use, facts: Facts, asked: Asked): readonly Finding[] {
  const own = isOwnNoted(use, facts, asked) ? [ownMembers(use.consumer, facts, asked.target)] : [];
  const said = own.length > 0 && actsOnOwn(facts) ? ownNames(facts) : [];
  const isSaid = (what: string): boolean =>
    facts.effects.doneTo.some((one) => one.what === what && said.includes(one.to));
  const rest = facts.effects.done.filter((what) => !isSaid(what));
  const how = sharedHow(facts, asked.target);
  const done = how === forOne ? rest.filter((what) => !once.test(what)) : rest;
  return how === null || done.length === 0 ? own : [...own, finding('DC-P4', { names: done.join(', '), how })];
}

/** What a fact of a process is, by what asks for it. */
const counted: Readonly<Record<Target, string>> = {
  requestAll: 'requestAll, which is written here, counts each process once',
  requestAllShards: 'requestAllShards, which is written here, gives it once per shard',
  requestToShard: 'the process that is asked answers for all the shards it has',
  requestTo: 'the process that is asked answers for all the shards it has',
  requestToGuild: 'the process that is asked answers for all the shards it has',
};

/** What becomes of the results of a call. */
export interface Use {
  readonly consumer: Consumer;
  /** Results that are equal say no more than one of them. */
  readonly equal: boolean;
  /** What several results hold counts once. */
  readonly once: boolean;
}

/** Whom a call asks. */
export interface Asked {
  readonly target: Target;
  /** The file of the call. */
  readonly from: string;
}

/** Whether a user has to be found on one shard, and not on any: beside what that has, or where it alone is asked. */
const mayMissUsers = ({ looksForUsers: { places, beside } }: Facts, target: Target): boolean =>
  places.length > 0 && (target === 'requestToShard' || (target === 'requestAllShards' && beside));

/** What the facts of its function mean for whom it asks. */
export function factNotes(use: Use, facts: Facts, asked: Asked): readonly Finding[] {
  const { consumer } = use;
  const { target } = asked;
  const notes: Finding[] = [];
  const kept = consumer !== 'ignored';
  // A sum over all processes is still one, however many shards each of them has.
  const adds = addsUp(consumer);
  const summed = adds && target === 'requestAll';
  // How long a client is up is one answer per shard as before; a sum of that would count a process several times.
  const bound = facts.process.filter((name) => name !== 'uptime' || adds);
  if (kept && !summed && bound.length > 0)
    notes.push(finding('DC-P1', { names: bound.join(', '), how: counted[target] }));
  const { custom, shardIds } = facts;
  const names = shardIds.names.filter((one) => custom.includes(one));
  if (names.length > 0) notes.push(finding('DC-P7', named(names)));
  // What is only compared so is told of by that.
  notes.push(...effectNotes(use, { ...facts, custom: custom.filter((one) => !shardIds.only.includes(one)) }, asked));
  if (kept && facts.users && !(use.once && facts.userIds))
    notes.push(finding('DC-P3', { counts: 'this number becomes' }));
  if (mayMissUsers(facts, target)) notes.push(finding('DC-P6', { names: facts.looksForUsers.places.join(', ') }));
  return notes;
}

/** Errors that the code around a call tells apart, or shows where the function may fail, are the cause of another one now. */
export function errorNotes({ file, call }: CallSite, { throws }: Facts): readonly Finding[] {
  const compared = comparedErrors(file, call);
  if (compared.length > 0) return [finding('DC-E1', { names: compared.join(', ') })];
  const shown = throws ? shownErrors(file, call) : [];
  if (shown.length === 0) return [];
  const advice = 'Show that one: `while (error.cause) error = error.cause`';
  return [finding('DC-E1', { does: 'shows', names: shown.join(', '), advice })];
}
