/** analyze/call-notes: what there is to say about a call that asks processes of several shards from now on. */
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite } from './call-site.ts';
import type { Consumer } from './consumer.ts';
import { comparedErrors } from './error-tests.ts';
import type { Facts } from './facts.ts';
import type { Target } from './target.ts';

/** What it means for members of the bot's own that a process has them once: a sum of them, or what is done to them. */
function ownMembers({ custom, effects }: Facts, target: Target): Finding {
  const names = custom.join(', ');
  if (custom.some((name) => effects.actsOn.includes(name))) {
    const how =
      target === 'requestAll'
        ? 'requestAll runs it once per process'
        : 'requestAllShards runs it once for each shard of the process, and a later run finds what an earlier one left';
    return finding('DC-P2', { what: 'The function sets, changes or calls', names, how });
  }
  const how =
    target === 'requestAll'
      ? 'requestAll counts each process once'
      : 'requestAllShards repeats it for each shard of the process, so a sum of it becomes larger';
  return finding('DC-P2', { what: 'The results hold', names, how });
}

/** What a fact of a process is, by what asks for it. */
const counted: Readonly<Record<Target, string>> = {
  requestAll: 'requestAll, which is written here, counts each process once',
  requestAllShards: 'requestAllShards, which is written here, gives it once per shard',
  requestToShard: 'the process that is asked answers for all the shards it has',
  requestTo: 'the process that is asked answers for all the shards it has',
  requestToGuild: 'the process that is asked answers for all the shards it has',
};

/** What the facts of its function mean for whom it asks. */
export function factNotes(consumer: Consumer, facts: Facts, target: Target): readonly Finding[] {
  const notes: Finding[] = [];
  const kept = consumer !== 'ignored';
  // A sum over all processes is still one, however many shards each of them has.
  const summed = consumer === 'sum' && target === 'requestAll';
  // How long a client is up is one answer per shard as before; a sum of that would count a process several times.
  const bound = facts.process.filter((name) => name !== 'uptime' || consumer === 'sum');
  if (kept && !summed && bound.length > 0)
    notes.push(finding('DC-P1', { names: bound.join(', '), how: counted[target] }));
  // Who searches finds the same however often it is there.
  const repeated = target === 'requestAllShards' && (consumer === 'array' || consumer === 'flat');
  if (facts.custom.length > 0 && (consumer === 'sum' || repeated)) {
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
