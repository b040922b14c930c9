/** bench/soak/judge: whether what came of a question may have come of it. Pure. */
import { textOf } from './text.mjs';

/** What the handler says when it is asked to fail. */
export const refusalOf = ({ boot, n }) => `refused ${boot}/${n}`;

/** What is wrong with the answer of one node; `undefined` when nothing is. */
function faultOfAnswer(question, answer, { by, shard }) {
  const { boot, n, size } = question;
  if (question.fail) return `an answer where the handler threw: ${JSON.stringify(answer)}`;
  if (answer?.boot !== boot || answer.n !== n) return `the answer to ${answer?.boot}/${answer?.n}`;
  if (by !== undefined && answer.by !== by) return `the answer of ${answer.by} for ${by}`;
  if (answer.shard !== shard) return `the answer of shard ${answer.shard} for shard ${shard}`;
  if (answer.text !== (size === undefined ? undefined : textOf(n, size))) return 'an answer with a wrong text';
  return undefined;
}

/** What is wrong with the failure of one node's part. */
function faultOfError(kind, question, error) {
  if (kind.allowed.includes(error?.code)) return undefined;
  if (question.fail && error?.code === 'HANDLER_FAILED' && error.cause?.message === refusalOf(question))
    return undefined;
  return `failed in a way that is not for it: ${error?.name}: ${error?.message}`;
}

/** Who has to answer. */
function expectedOf({ name, many }, { to, shard }, id) {
  if (many === 'clusters') return { by: `cluster:${id}` };
  if (many === 'shards') return { shard: id };
  if (name === 'manager') return { by: 'host:local' };
  return to === undefined ? { shard } : { by: `cluster:${to}` };
}

function faultOfEntries(kind, question, entries, place) {
  const count = place[kind.many];
  const ids = entries.map(({ id }) => id);
  if (ids.length !== count || ids.some((id, index) => id !== index)) return `has entries ${ids} for ${count} asked`;
  for (const entry of entries) {
    const fault = entry.ok
      ? faultOfAnswer(question, entry.value, expectedOf(kind, question, entry.id))
      : faultOfError(kind, question, entry.error);
    if (fault !== undefined) return `entry ${entry.id}: ${fault}`;
  }
  return undefined;
}

/** What is wrong with the end of a question, in words; `undefined` when it is right. */
export function faultOf(kind, question, { value, error }, place) {
  if (error !== undefined) return faultOfError(kind, question, error);
  if (kind.many === undefined) return faultOfAnswer(question, value, expectedOf(kind, question));
  return faultOfEntries(kind, question, [...value], place);
}

/** How a question ended, in a word or a code. */
export function endOf({ many }, { value, error }) {
  if (error !== undefined) return error?.code ?? 'an error without a code';
  // Not allOk(): these bots never log in, so that all of them are starting for ever.
  return many !== undefined && value.errorCount > 0 ? 'in part' : 'answered';
}
