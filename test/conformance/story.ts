/** test/conformance/story: a conversation of two nodes, step by step, with every kind of frame in it. */
import type { Node } from '../../src/node.ts';
import { call, cast, contract } from '../../src/rpc/contract.ts';

/** What both sides of the story serve. */
export const story = contract('story', {
  /** A text of so many letters. */
  give: call<number, string>(),
  /** Says `here` to its caller, and never answers. */
  stay: call<void, void>(),
  here: cast(),
  /** Asks its caller to `hold`, and answers with what came of it. */
  ask: call<void, string>(),
  /** Answers after `release`. */
  hold: call<void, string>(),
  release: cast(),
  note: cast<number>(),
  /** The last note. */
  noted: call<void, number>(),
  /** Never answers: its node says goodbye. */
  leave: call<void, void>(),
});

/** What a node of the story knows of itself. */
export interface Part {
  /** Handlers that began and have not ended. */
  running: number;
  /** Called when somebody says `here`. */
  onHere: () => void;
}

/** Lets a node play its part. @param leave - what it does when it is asked to leave */
export function play({ peer }: Node, leave: () => void = () => undefined): Part {
  const part: Part = { running: 0, onHere: () => undefined };
  let release: () => void = () => undefined;
  let last = 0;
  const held = (signal: AbortSignal): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      part.running += 1;
      release = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    }).finally(() => {
      part.running -= 1;
    });
  peer.serve(story, {
    give: (letters) => 'x'.repeat(letters),
    stay(_, { from, signal }) {
      peer.at(story, from).here();
      return held(signal);
    },
    here: () => part.onHere(),
    async ask(_, { from }) {
      const answer = peer.at(story, from).hold();
      peer.at(story, from).release();
      return answer;
    },
    async hold(_, { signal }) {
      await held(signal);
      return 'held';
    },
    release: () => release(),
    note(number) {
      last = number;
    },
    noted: () => last,
    leave(_, { signal }) {
      setImmediate(leave);
      return held(signal);
    },
  });
  return part;
}
