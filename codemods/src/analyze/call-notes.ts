/** analyze/call-notes: what there is to say about a call that asks processes of several shards from now on. */
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { CallSite } from './call-site.ts';
import type { Consumer } from './consumer.ts';
import { comparedErrors } from './error-tests.ts';
import type { Facts } from './facts.ts';
import { unwrap } from './syntax.ts';
import type { Target } from './target.ts';

/** How members of the client and globals are called, behind `client.` where there are no globals. */
function named(custom: Facts['custom']): Finding['details'] {
  if (!custom.some(isGlobal)) return { of: 'client.', names: custom.join(', ') };
  return { of: '', names: custom.map((name) => (isGlobal(name) ? name : `client.${name}`)).join(', ') };
}

const isGlobal = (name: string): boolean => name.startsWith('global.');

/** Whether a function acts on what the bot put there. */
const actsOnOwn = ({ custom, effects }: Facts): boolean =>
  effects.actsOn.some((name) => isGlobal(name) || custom.includes(name));

/** What is said of a function that acts on what it has, by what asks for it. */
const acting: Readonly<Record<Target, string>> = {
  requestAll: 'requestAll runs it once per process',
  requestAllShards:
    'requestAllShards runs it once for each shard of the process, and a later run finds what an earlier one left',
  requestToShard: 'requestToShard runs it in the process of that shard, and other shards of it find what it left',
  requestTo: 'requestTo runs it once',
  requestToGuild: 'requestToGuild runs it once',
};

/** What it means for members of the bot's own that a process has them once: a sum of them, or what is done to them. */
function ownMembers(facts: Facts, target: Target): Finding {
  const names = named([...new Set([...facts.custom, ...facts.effects.actsOn.filter(isGlobal)])]);
  if (actsOnOwn(facts))
    return finding('DC-P2', { what: 'The function sets, changes or calls', ...names, how: acting[target] });
  if (!facts.gives) {
    const times = target === 'requestAll' ? 'per process' : 'for each shard of the process';
    const how = `${target} runs it once ${times}`;
    return finding('DC-P2', { what: 'The function gives nothing, and uses', ...names, how });
  }
  const how =
    target === 'requestAll'
      ? 'requestAll counts each process once'
      : 'requestAllShards repeats it for each shard of the process, so a sum of it becomes larger';
  return finding('DC-P2', { what: 'The results hold', ...names, how });
}

/** What a fact of a process is, by what asks for it. */
const counted: Readonly<Record<Target, string>> = {
  requestAll: 'requestAll, which is written here, counts each process once',
  requestAllShards: 'requestAllShards, which is written here, gives it once per shard',
  requestToShard: 'the process that is asked answers for all the shards it has',
  requestTo: 'the process that is asked answers for all the shards it has',
  requestToGuild: 'the process that is asked answers for all the shards it has',
};

/** Whom a call asks. */
export interface Asked {
  readonly target: Target;
  /** The shard, cluster or guild that is named. */
  readonly one: ts.Expression | null;
}

/** What the facts of its function mean for whom it asks. */
export function factNotes(consumer: Consumer, facts: Facts, { target, one }: Asked): readonly Finding[] {
  const notes: Finding[] = [];
  const kept = consumer !== 'ignored';
  // A sum over all processes is still one, however many shards each of them has.
  const adds = consumer === 'sum' || consumer === 'parts';
  const summed = adds && target === 'requestAll';
  // How long a client is up is one answer per shard as before; a sum of that would count a process several times.
  const bound = facts.process.filter((name) => name !== 'uptime' || adds);
  if (kept && !summed && bound.length > 0)
    notes.push(finding('DC-P1', { names: bound.join(', '), how: counted[target] }));
  // Who searches finds the same however often it is there.
  const repeated = target === 'requestAllShards' && (consumer === 'array' || consumer === 'flat');
  // Who asks one shard after the other meets a process again.
  const again = target === 'requestToShard' && one !== null && !ts.isNumericLiteral(unwrap(one)) && actsOnOwn(facts);
  if (again || (facts.custom.length > 0 && (adds || repeated))) {
    notes.push(ownMembers(facts, target));
  }
  const { done } = facts.effects;
  const eachShard = target === 'requestAllShards';
  if (eachShard && done.length > 0) notes.push(finding('DC-P4', { names: done.join(', ') }));
  if (kept && facts.users) notes.push(finding('DC-P3', { counts: 'this number becomes' }));
  return notes;
}

/** Errors that the code around a call tells apart are the cause of another one now. */
export function errorNotes({ file, call }: CallSite): readonly Finding[] {
  const names = comparedErrors(file, call);
  return names.length === 0 ? [] : [finding('DC-E1', { names: names.join(', ') })];
}
