/** values/value-asked: what has been asked about the values of one function, so that nothing is asked twice. */
import type { ts } from '../typescript.js';
import { mostSteps, notWalked, type Walked } from './value-way.ts';

const walkedFor = new WeakMap<ts.Node, Walked>();

/** What all questions about a function share. */
export function walkedIn(fn: ts.Node): Walked {
  const walked = walkedFor.get(fn) ?? notWalked();
  walkedFor.set(fn, walked);
  return walked;
}

/** Whether all that was asked about a function so far has come to its end; of one that is too large nothing is known. */
export const isFollowed = (fn: ts.Node): boolean => walkedIn(fn).steps <= mostSteps;

/** A question about a node of a function. */
type Question<Fn extends ts.Node, Node extends ts.Node, Answer> = (fn: Fn, node: Node) => Answer;

/** The same question, whose answers are kept. */
export function askedOnce<Fn extends ts.Node, Node extends ts.Node, Answer extends object>(
  ask: Question<Fn, Node, Answer>,
): Question<Fn, Node, Answer> {
  const answers = new WeakMap<Fn, WeakMap<Node, Answer>>();
  return (fn, node) => {
    const known = answers.get(fn) ?? new WeakMap<Node, Answer>();
    answers.set(fn, known);
    const answer = known.get(node) ?? ask(fn, node);
    known.set(node, answer);
    return answer;
  };
}

/** A place that is asked about: for whom, and how many names are still followed from there. */
interface Asked {
  readonly of: object;
  readonly node: ts.Node;
  readonly depth: number;
}

/** Keeps the answers to a question that follows names to a depth, so that no place is asked twice about as many. */
export function askedByDepth<Answer>(): (asked: Asked, ask: () => Answer) => Answer {
  const kept = new WeakMap<object, WeakMap<ts.Node, Map<number, Answer>>>();
  return ({ of, node, depth }, ask) => {
    const nodes = kept.get(of) ?? new WeakMap<ts.Node, Map<number, Answer>>();
    kept.set(of, nodes);
    const answers = nodes.get(node) ?? new Map<number, Answer>();
    nodes.set(node, answers);
    const known = answers.get(depth);
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(depth, answer);
    return answer;
  };
}
