/** bench/far-ends/correlation: a counter, a map, a resolve: the least that every request and answer needs. */
const { payload } = require('./work.cjs');

/** Asks by `send([id, data])`; what comes back goes to `answered([id, value])`. */
function correlate(send) {
  const waiting = new Map();
  let next = 1;
  return {
    ask: (n) =>
      new Promise((resolve) => {
        const id = next++;
        waiting.set(id, resolve);
        send([id, { ...payload, n }]);
      }),
    answered: ([id, value]) => {
      const resolve = waiting.get(id);
      waiting.delete(id);
      resolve(value);
    },
  };
}

/** The answer to a request: a number. */
const answerTo = ([id, { n }]) => [id, n + 1];

module.exports = { correlate, answerTo };
