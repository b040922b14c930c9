/** views/turn: tells one turn of the event loop from the next, so that a pass over a cache is shared within a turn and no longer. */

let turn = 0;
let isEnding = false;

/**
 * A number that stays the same until the event loop goes on: what discord.js hears of Discord changes a cache in a later turn.
 *
 * @see https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick#phases-overview
 */
export function currentTurn(): number {
  // Started when somebody asks, so that a process nobody asks has no timer of ours.
  if (!isEnding) {
    isEnding = true;
    setImmediate(() => {
      isEnding = false;
      turn++;
    });
  }
  return turn;
}
