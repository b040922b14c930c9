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

/** What a bot says, in the order in which its manager is to hear it. */
const tells = (name: string, text: string, more: Partial<Scenario> = {}): Scenario => ({
  name,
  fleet: 'shared',
  ...more,
  async run({ manager, note, until }) {
    const heard: unknown[] = [];
    const listener = (message: { n?: number } | null) => void (message?.n !== undefined && heard.push(message.n));
    for (const shard of manager.shards.values()) shard.on('message', listener);
    const orders: unknown[] = [];
    for (let round = 0; round < 20; round++) {
      const result = await evaluates(manager, text, { shard: 1, context: round });
      orders.push([result, heard.at(-1)]);
    }
    await until(() => heard.length >= 20, 'all messages');
    for (const shard of manager.shards.values()) shard.off('message', listener);
    note('when the answer is there', orders);
    note('in all', heard);
  },
});

/** One message of a bot, of any kind. */
const fromBot = (name: string, text: string): Scenario => ({
  name: `a bot sends ${name}`,
  fleet: 'shared',
  async run({ manager, note, until }) {
    const heard: unknown[] = [];
    const isAnswer = (m: unknown): boolean => typeof m === 'object' && m !== null && '_eval' in m;
    const listener = (message: unknown) => void (isAnswer(message) || heard.push(message));
    manager.shards.get(1)?.on('message', listener);
    await evaluates(manager, `(c) => void c.shard.send(${text})`, { shard: 1 });
    await until(() => heard.length > 0, 'the message');
    manager.shards.get(1)?.off('message', listener);
    note('heard', heard);
  },
});

const botMessages: readonly Scenario[] = [
  {
    name: 'a message that no listener of the bot hears is gone',
    fleet: 'own',
    bot: 'tells.cjs',
    shards: 1,
    quick: true,
    async run({ manager, answer, until }) {
      await manager.spawn({ delay: 0 });
      await manager.broadcast('stale');
      // With discord.js on the same line as the message, so behind it.
      await evaluates(manager, '() => 1');
      const next = evaluates(
        manager,
        `(c) => new Promise((resolve) => {
          c.listens = true;
          // With discord.js the calls of the manager are messages too.
          (c.shard.parentPort ?? process).on('message', (message) => typeof message === 'string' && resolve(message));
        })`,
      );
      await until(() => evaluates(manager, '(c) => c.listens'), 'a listener');
      await manager.broadcast('fresh');
      await answer('the first it hears', () => next);
    },
  },
  {
    name: 'a message to a bot that looks like the protocol of discord.js',
    fleet: 'shared',
    differs: [
      differs('that look like the protocol of discord.js are only messages', true, false, { note: 'executed' }),
    ],
    async run({ manager, note, until }) {
      const mark =
        '(c) => c.received.some((m) => m !== null && typeof m === "object" && m._eval === "this.injected = 1")';
      await manager.shards.get(1)?.send({ _eval: 'this.injected = 1' });
      await until(() => evaluates(manager, mark, { shard: 1 }), 'the message');
      note('executed', await evaluates(manager, '(c) => c.injected === 1', { shard: 1 }));
      await evaluates(manager, '(c) => { c.received.length = 0; delete c.injected; }', { shard: 1 });
    },
  },
  tells('a message of a bot is heard before its answer', '(c, n) => { c.shard.send({ n }); return n; }'),
  tells(
    'a message of a bot is heard before the answer of a later promise',
    'async (c, n) => { await null; await c.shard.send({ n }); return n; }',
  ),
  tells(
    "a message by Node's own channel is heard before its answer",
    `(c, n) => {
      if (c.shard.parentPort) c.shard.parentPort.postMessage({ n });
      else process.send({ n });
      return n;
    }`,
  ),
  tells(
    'a message of a bot is heard before the answer to a call it makes after it',
    '(c, n) => { c.shard.send({ n }); return c.shard.broadcastEval((d) => d.shard.ids[0], { shard: 3 }); }',
  ),
  fromBot('null', 'null'),
  fromBot('text', '"hello"'),
  fromBot('a number', '42'),
  fromBot('odd things', '{ n: NaN, u: undefined, d: new Date(0), list: [undefined, -0] }'),
  asks('a bot may not send a function', (m) =>
    evaluates(m, '(c) => c.shard.send(() => 1).then(() => "sent", (e) => [e.name, e.code])', { shard: 1 }),
  ),
  asks('what send gives a bot', (m) => evaluates(m, '(c) => c.shard.send({ given: 1 })', { shard: 1 })),
];

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
    hangs: true,
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
  ...botMessages,
];
