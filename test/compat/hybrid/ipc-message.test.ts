import { describe, expect, test, vi } from 'vitest';
import { IPCMessage } from '../../../compat/hybrid/ipc-message.ts';
import { messageType } from '../../../compat/hybrid/message-type.ts';

const end = () => ({ send: vi.fn(async () => undefined), request: vi.fn(async () => 'answer') });

describe('a message', () => {
  test('has the fields that were sent, a kind and a number of its own', () => {
    const message = new IPCMessage(end(), { content: 'hello', list: [1] });
    expect(message).toMatchObject({ content: 'hello', list: [1], _type: messageType.CUSTOM_MESSAGE });
    expect(message.getType()).toBe(2);
    expect(message.nonce).not.toBe(new IPCMessage(end(), {}).nonce);
    expect(message.toJSON()).toEqual({ content: 'hello', list: [1], _type: 2, nonce: message.nonce });
  });

  test('keeps the kind and the number it was given', () => {
    const message = new IPCMessage(end(), { _type: 7, nonce: 'mine' });
    expect([message.getType(), message.nonce]).toEqual([7, 'mine']);
  });

  test('leaves the object that was sent as it is', () => {
    const sent = Object.freeze({ content: 1 });
    expect(new IPCMessage(end(), sent).raw).not.toBe(sent);
  });

  test('has its methods whatever was sent; fields of their names are in raw', () => {
    const message = new IPCMessage(end(), { reply: 'text', send: 1, raw: 2, instance: 3 });
    expect(message.reply).toBeTypeOf('function');
    expect(message.raw).toMatchObject({ reply: 'text', send: 1, raw: 2, instance: 3 });
  });

  test('sends and asks back', async () => {
    const at = end();
    const message = new IPCMessage(at, {});
    await message.send({ a: 1 });
    expect(at.send).toHaveBeenCalledExactlyOnceWith({ a: 1 });
    expect(await message.request({ b: 2 })).toBe('answer');
    await expect(message.send('text' as never)).rejects.toThrow(TypeError);
  });

  test('that is no request can be answered to no effect', async () => {
    const at = end();
    await new IPCMessage(at, {}).reply({ a: 1 });
    expect(at.send).not.toHaveBeenCalled();
  });
});

describe('a request', () => {
  const request = (message: object) => {
    const answer = vi.fn();
    return { answer, asked: new IPCMessage(end(), message, { type: messageType.CUSTOM_REQUEST, answer }) };
  };

  test('is known by its kind, whatever the sender calls it', () => {
    expect(request({ _type: 2 }).asked.getType()).toBe(messageType.CUSTOM_REQUEST);
  });

  test('is answered by an object', async () => {
    const { answer, asked } = request({ question: 1 });
    await asked.reply({ content: 'yes' });
    expect(answer).toHaveBeenCalledExactlyOnceWith({ content: 'yes' });
    await expect(asked.reply(null as never)).rejects.toThrow(TypeError);
  });
});
