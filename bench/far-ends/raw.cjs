// The cheapest far end there is: answers with a number, by the port or the socket it was given.
const { Socket } = require('node:net');
const { isMainThread, parentPort } = require('node:worker_threads');

if (!isMainThread) {
  parentPort.on('message', ([id, { n }]) => parentPort.postMessage([id, n + 1]));
} else {
  const socket = new Socket({ fd: 4 });
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const [id, { n }] = JSON.parse(line);
      socket.write(`${JSON.stringify([id, n + 1])}\n`);
    }
  });
}
