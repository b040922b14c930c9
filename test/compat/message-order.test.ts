import { expect, test } from 'vitest';
import { MessageOrder } from '../../compat/message-order.ts';

/** A bot that hears when it is told to. */
class Bot {
  readonly asked: number[] = [];
  #answers: (() => void)[] = [];
  heard = (count: number): Promise<void> => {
    this.asked.push(count);
    return new Promise((resolve) => this.#answers.push(resolve));
  };
  answer(): void {
    this.#answers.shift()?.();
  }
}

test('nothing is waited for while nobody sends messages', () => {
  expect(new MessageOrder(new Bot().heard).before).toBeUndefined();
});

test('a call waits until the bot has heard what was sent before it, and later ones do not', async () => {
  const bot = new Bot();
  const order = new MessageOrder(bot.heard);
  order.sent(Promise.resolve());
  const before = order.before as Promise<unknown>;
  await null;
  expect(bot.asked).toEqual([1]);
  bot.answer();
  await before;
  expect(order.before).toBeUndefined();
});

test('a message that could not be sent does not count', async () => {
  const bot = new Bot();
  const order = new MessageOrder(bot.heard);
  order.sent(Promise.reject(new Error('no channel')));
  await order.before;
  order.sent(Promise.resolve());
  await null;
  expect(bot.asked).toEqual([1]);
});

test('a bot that dies keeps no call waiting, and its successor counts anew', async () => {
  const order = new MessageOrder(() => Promise.reject(new Error('it died')));
  order.sent(Promise.resolve());
  await order.before;
  const bot = new Bot();
  const next = new MessageOrder(bot.heard);
  next.sent(Promise.resolve());
  await null;
  next.reset();
  expect(next.before).toBeUndefined();
  next.sent(Promise.resolve());
  await null;
  expect(bot.asked).toEqual([1, 1]);
});
