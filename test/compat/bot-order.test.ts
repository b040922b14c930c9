import { expect, test } from 'vitest';
import { BotOrder } from '../../compat/bot-order.ts';

/** A bot that sends messages, and a manager that says that it heard them when it is told to. */
class Lines {
  sent = 0;
  readonly asked: number[] = [];
  readonly order: BotOrder;
  #answers: (() => void)[] = [];

  constructor() {
    const heard = (count: number): Promise<void> => {
      this.asked.push(count);
      return new Promise((resolve) => this.#answers.push(resolve));
    };
    this.order = new BotOrder({ sent: () => this.sent, heard });
  }

  /** Posts a message by way of the order. */
  post(log: string[], name: string): Promise<void> {
    return this.order.post(async () => {
      this.sent++;
      log.push(name);
    });
  }

  answer(): void {
    this.#answers.shift()?.();
  }
}

test('a bot that sends no messages asks nothing and waits for nothing', () => {
  const { order, asked } = new Lines();
  expect(order.before).toBeUndefined();
  expect(asked).toEqual([]);
});

test('an answer waits until the manager has heard what was sent before it, and later ones do not', async () => {
  const lines = new Lines();
  lines.sent = 2;
  const before = [lines.order.before, lines.order.before];
  expect(lines.asked).toEqual([2]);
  lines.answer();
  await Promise.all(before);
  expect(lines.order.before).toBeUndefined();
});

test('a message without news before it leaves at once', () => {
  const lines = new Lines();
  const log: string[] = [];
  void lines.post(log, 'a');
  expect(log).toEqual(['a']);
  expect(lines.asked).toEqual([]);
});

test('messages wait for news to be heard, in their order, and answers wait for them', async () => {
  const lines = new Lines();
  const log: string[] = [];
  lines.order.news();
  const posts = [lines.post(log, 'a'), lines.post(log, 'b')];
  const answered = lines.order.before?.then(() => log.push('answer'));
  expect([log, lines.asked]).toEqual([[], [0]]);
  lines.answer();
  await Promise.all(posts);
  expect(log).toEqual(['a', 'b']);
  await expect.poll(() => lines.asked).toEqual([0, 2]);
  lines.answer();
  await answered;
  expect(log).toEqual(['a', 'b', 'answer']);
});

test('a line that is down keeps nothing waiting', async () => {
  const order = new BotOrder({ sent: () => 1, heard: () => Promise.reject(new Error('closed')) });
  order.news();
  await order.before;
  await expect(order.post(() => Promise.reject(new Error('no channel')))).rejects.toThrow('no channel');
  await order.post(() => Promise.resolve());
});

test('a bot that ends sends what still waits for news, in its order and once', async () => {
  const lines = new Lines();
  const log: string[] = [];
  lines.order.news();
  const posts = [lines.post(log, 'a'), lines.post(log, 'b')];
  lines.order.flush();
  void lines.post(log, 'c');
  expect(log).toEqual(['a', 'b', 'c']);
  lines.answer();
  await Promise.all(posts);
  expect(log).toEqual(['a', 'b', 'c']);
});
