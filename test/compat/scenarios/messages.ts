/** scenarios/messages: what users send between manager and bot. */
import { differs } from '../differential/differences.ts';
import { asks, evaluates, type Scenario } from '../differential/scenario.ts';

const received = '(c) => c.received.splice(0).filter((m) => m === null || typeof m !== "object" || !("_eval" in m))';

/** Waits until a bot has what was sent to it, and takes it out. */
const mail = (more: Partial<Scenario> & { readonly name: string; readonly message: unknown }): Scenario => ({
  fleet: 'shared',
  ...more,
  async run({ manager, note, until }) {
    await evaluates(manager, received, { shard: 1 });
    const back = await manager.shards.get(1)?.send(more.message as never);
    note('send gives the shard', back === manager.shards.get(1));
    await until(() => evaluates(manager, '(c) => c.received.length > 0', { shard: 1 }), 'the message');
    note('received', await evaluates(manager, received, { shard: 1 }));
  },
});

/** Messages on fleets nothing happens to. */
export const messages: readonly Scenario[] = [
  mail({ name: 'a message of an object', message: { hello: [1, null], when: 'now' } }),
  mail({ name: 'a message of text', message: 'hello' }),
  mail({ name: 'a message of a number', message: 42 }),
  mail({ name: 'a message of odd things', message: { n: Number.NaN, u: undefined, d: new Date(0) } }),
  asks('a message of a function is refused', (m) => m.shards.get(1)?.send((() => 1) as never)),
  asks('what broadcast gives back', async (m) => {
    const shards = await m.broadcast('hello');
    await evaluates(m, received);
    return shards.map((shard) => shard.id);
  }),
  {
    name: 'a message is heard before a call that is made after it',
    fleet: 'shared',
    async run({ manager, note }) {
      const shard = manager.shards.get(1);
      const seen: unknown[] = [];
      for (let n = 0; n < 20; n++) {
        void shard?.send({ first: n });
        seen.push(
          await evaluates(manager, '(c) => c.received.filter((m) => m && m.first !== undefined).at(-1)?.first', {
            shard: 1,
          }),
        );
      }
      await evaluates(manager, received, { shard: 1 });
      note('seen', seen);
    },
  },
  {
    name: 'answers to calls are no messages',
    fleet: 'shared',
    differs: [differs('answers to calls are no messages', 1, 0, { note: 'messages' })],
    async run({ manager, note }) {
      let messages = 0;
      const count = () => void messages++;
      manager.shards.get(1)?.on('message', count);
      await evaluates(manager, '() => 1', { shard: 1 });
      manager.shards.get(1)?.off('message', count);
      note('messages', messages);
    },
  },
  {
    name: 'a message of a bot that looks like the protocol of discord.js',
    fleet: 'shared',
    differs: [differs('that look like the protocol of discord.js are only messages', false, true, { note: 'heard' })],
    async run({ manager, note, comes }) {
      const heard = new Promise((resolve) => {
        manager.shards.get(1)?.once('message', function hear(this: NodeJS.EventEmitter, message: unknown) {
          const isMine = typeof message === 'object' && message !== null && '_sFetchProp' in message;
          if (isMine) resolve(message);
          else this.once('message', hear);
        });
      });
      await evaluates(manager, '(c) => c.shard.send({ _sFetchProp: "guilds.cache.size", _sFetchPropShard: 1 })', {
        shard: 1,
      });
      note('heard', await comes(heard));
    },
  },
  {
    name: 'a message of a bot is an event of its shard',
    fleet: 'shared',
    async run({ manager, note, until }) {
      const heard: [number, unknown][] = [];
      const listeners = manager.shards.map((shard) => {
        const listener = (message: unknown) => void heard.push([shard.id, message]);
        shard.on('message', listener);
        return () => shard.off('message', listener);
      });
      const own = () => heard.filter(([, m]) => typeof m === 'object' && m !== null && 'from' in m);
      await evaluates(manager, '(c) => c.shard.send({ from: c.shard.ids })');
      await until(() => own().length === 4, 'four messages');
      for (const stop of listeners) stop();
      note('heard', own().toSorted());
    },
  },
];
