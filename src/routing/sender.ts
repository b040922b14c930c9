/** routing/sender: puts frames on lines, and sees to it that nobody waits for one that could not leave. */
import { isShardliftError } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { toFault } from '../wire/fault.ts';
import type { FrameOf, Gathered, Member, Outcome } from '../wire/frame.ts';
import { type Flying, flyingOf, type Line, type Via } from './line.ts';

/** Frames that were lost, since the start of the node. */
export interface DropCounts {
  /** Casts for a node without a line, or on a line that closed or was full. */
  casts: number;
  /** Answers to calls that were given up, or whose caller is gone. */
  replies: number;
}

/** Sends frames for a router. */
export class Sender {
  readonly dropped: DropCounts = { casts: 0, replies: 0 };
  readonly #give: (via: Via, reply: FrameOf<'reply'>) => void;

  /** @param give - sends an answer on its way back */
  constructor(give: (via: Via, reply: FrameOf<'reply'>) => void) {
    this.#give = give;
  }

  /**
   * Sends a call or a cast, and remembers the call until it is answered.
   *
   * @throws ShardliftError `FRAME_TOO_LARGE` for a cast of the own peer: its caller must not believe that it was sent
   */
  say(line: Line, frame: FrameOf<'call' | 'cast'>, via: Via): void {
    if (frame.kind === 'cast') this.#tell(line, frame, via);
    else {
      const flying = flyingOf(frame, via);
      line.remember(flying);
      try {
        line.link.send(frame);
      } catch (error) {
        line.forget(flying);
        this.refuse(flying, error);
      }
    }
  }

  #tell(line: Line, cast: FrameOf<'cast'>, via: Via): void {
    try {
      line.link.send(cast);
    } catch (error) {
      if (via === undefined && isShardliftError(error, 'FRAME_TOO_LARGE')) throw error;
      this.dropped.casts += 1;
    }
  }

  /** Tells the far end of a line that nobody waits for a call any more. */
  cancel(line: Line, { id, incarnation, from, to }: Flying): void {
    try {
      line.link.send({ kind: 'cancel', id, incarnation, from, to });
    } catch {
      // Accepted loss: the line is down, so the far side learns of our end anyway.
    }
  }

  /** Sends an answer; one that cannot travel becomes a failure, because somebody waits for it. */
  reply(line: Line, reply: FrameOf<'reply'>): void {
    try {
      line.link.send(reply);
    } catch (error) {
      if (isShardliftError(error, 'FRAME_TOO_LARGE')) this.#replyInParts(line, reply, error);
      else if (isShardliftError(error, 'OVERLOADED'))
        line.link.send({ ...reply, outcome: inPlaceOf(reply.outcome, error) });
      // The line is down: the caller has been told of that.
      else this.dropped.replies += 1;
    }
  }

  /** Half the answers each; a single one that is too large becomes a failure. */
  #replyInParts(line: Line, reply: FrameOf<'reply'>, error: unknown): void {
    const { outcome } = reply;
    if (outcome.kind !== 'gathered') {
      this.reply(line, { ...reply, outcome: failureOf(error) });
      return;
    }
    const { members } = outcome;
    const [only] = members;
    const half = Math.ceil(members.length / 2);
    const parts: (readonly Member[])[] =
      members.length === 1 && only !== undefined
        ? [[{ from: only.from, outcome: failureOf(error) }]]
        : [members.slice(0, half), members.slice(half)];
    for (const part of parts) this.reply(line, { ...reply, outcome: { kind: 'gathered', members: part } });
  }

  /** A frame that goes no further: somebody waits for the answer to a call, casts are counted. */
  refuseOrDrop(frame: FrameOf<'call' | 'cast'>, via: Via, error: unknown): void {
    if (frame.kind === 'call') this.refuse(flyingOf(frame, via), error);
    else this.dropped.casts += 1;
  }

  /** Answers in the place of those who cannot. */
  refuse({ id, incarnation, from: to, to: asked, via, missing }: Flying, error: unknown): void {
    const outcome: Outcome = { kind: 'failure', by: 'route', fault: toFault(error) };
    const about = { kind: 'reply', id, incarnation, to } as const;
    if (missing === undefined) this.#give(via, { ...about, from: asked as Address, outcome });
    else {
      const members: Member[] = [...missing].map((from) => ({ from, outcome }));
      const each: Gathered = { kind: 'gathered', members };
      // Readers look at the members alone; without any, nobody is left to speak but the caller's own side.
      this.#give(via, { ...about, from: members[0]?.from ?? to, outcome: each });
    }
  }
}

/** What goes instead of answers that a full line refuses: of many, each has to hear of it. */
function inPlaceOf(outcome: Outcome | Gathered, error: unknown): Outcome | Gathered {
  const failure = failureOf(error);
  if (outcome.kind !== 'gathered') return failure;
  const members = outcome.members.map(({ from, outcome: own }) => ({
    from,
    outcome: own.kind === 'value' ? failure : own,
  }));
  return { kind: 'gathered', members };
}

const failureOf = (error: unknown): Outcome => ({ kind: 'failure', by: 'handler', fault: toFault(error) });
