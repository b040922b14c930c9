/** bench/soak/mail: what host and clusters say to each other beside the lines under test: by the bots' own channel. */
import { isMainThread, parentPort } from 'node:worker_threads';

/** Tells the host. */
export function tell(message) {
  // Without a callback a closed channel would be an error nobody catches; a cluster without a host ends by itself.
  if (isMainThread) process.send({ soak: message }, () => undefined);
  else parentPort.postMessage({ soak: message });
}

/** Hears the host. */
export function hear(take) {
  const source = isMainThread ? process : parentPort;
  source.on('message', (message) => {
    if (message?.soak !== undefined) take(message.soak);
  });
}
