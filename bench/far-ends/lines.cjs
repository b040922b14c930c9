/** bench/far-ends/lines: JSON, a line each, over a Unix socket: the leanest framing there is. */
const { connect, createServer } = require('node:net');
const { answerTo, correlate } = require('./correlation.cjs');

const write = (socket, message) => socket.write(`${JSON.stringify(message)}\n`);

function readLines(socket, reader) {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) reader(JSON.parse(line));
  });
}

/** Answers whoever connects. */
const answerOn = (path) =>
  new Promise((resolve) => {
    const server = createServer((socket) => readLines(socket, (message) => write(socket, answerTo(message))));
    server.listen(path, resolve);
  });

/** Connects and gives a function that asks. */
function askOn(path) {
  const socket = connect(path);
  const { ask, answered } = correlate((message) => write(socket, message));
  readLines(socket, answered);
  return ask;
}

module.exports = { answerOn, askOn };
