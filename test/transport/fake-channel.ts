/** test/transport/fake-channel: Node's own channel without processes, JSON and all. */
import { EventEmitter } from 'node:events';
import type { Channel } from '../../src/transport/channel.ts';

/** One end of a channel that a test can break. */
export class FakeChannel extends EventEmitter implements Channel {
  far: FakeChannel | undefined;
  /** Set: every send fails with it, as on a closed channel. */
  failure: Error | undefined;

  send(message: object, callback: (error: Error | null) => void): boolean {
    const { failure } = this;
    const text = JSON.stringify(message);
    process.nextTick(() => {
      callback(failure ?? null);
      if (failure === undefined) this.far?.emit('message', JSON.parse(text));
    });
    return failure === undefined;
  }
}

/** Two ends that face each other. */
export function fakeChannels(): readonly [FakeChannel, FakeChannel] {
  const [near, far] = [new FakeChannel(), new FakeChannel()];
  near.far = far;
  far.far = near;
  return [near, far];
}
