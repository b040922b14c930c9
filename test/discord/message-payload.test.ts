/** test/discord/message-payload: what crosses is what discord.js itself would have sent to Discord. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  ContainerBuilder,
  EmbedBuilder,
  type MessageCreateOptions,
  MessageFlags,
  MessageFlagsBitField,
  MessagePayload,
  type MessageTarget,
  PollLayoutType,
  TextDisplayBuilder,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { largestFile } from '../../src/discord/files.ts';
import type { MessageInput } from '../../src/discord/message-input.ts';
import { withNonce } from '../../src/discord/message-nonce.ts';
import { plainMessage } from '../../src/discord/message-payload.ts';

const client = new Client({ intents: [], failIfNotExists: true });
const target = {
  client,
  messages: { resolveId: (value: string | { id: string }) => (typeof value === 'string' ? value : value.id) },
} as unknown as MessageTarget;

/** The body discord.js makes; what it fills in for every message is left to the cluster that sends. */
function ofDiscordJs(options: MessageCreateOptions | string): object {
  const { body } = MessagePayload.create(target, options).resolveBody();
  const { tts, enforce_nonce, ...rest } = JSON.parse(JSON.stringify(body));
  const reference = rest.message_reference;
  if (reference?.fail_if_not_exists === true) delete reference.fail_if_not_exists;
  return { ...rest, ...(tts && { tts }), ...(enforce_nonce && { enforce_nonce }) };
}

const button = () => new ButtonBuilder().setCustomId('press').setLabel('Press').setStyle(ButtonStyle.Primary);
const embed = () =>
  new EmbedBuilder()
    .setTitle('Title')
    .setTimestamp(0)
    .setFooter({ text: 'foot', iconURL: 'https://example.com/i.png' })
    .addFields({ name: 'a', value: 'b', inline: true });

const messages: readonly (readonly [string, () => MessageCreateOptions | string])[] = [
  ['text', () => 'hello'],
  ['an object with text', () => ({ content: 'hello', tts: true })],
  ['embed builders', () => ({ embeds: [embed(), embed()] })],
  [
    'embeds as Discord spells them',
    () => ({ embeds: [{ title: 'x', footer: { text: 'f', icon_url: 'https://e.de/i' } }] }),
  ],
  ['component builders', () => ({ components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button())] })],
  [
    'components as discord.js spells them',
    () => ({ components: [{ type: 1, components: [{ type: 2, style: 1, customId: 'press', label: 'Press' }] }] }),
  ],
  [
    'a builder inside a plain row',
    () => ({ components: [{ type: 1, components: [button()] }] }) as unknown as MessageCreateOptions,
  ],
  [
    'containers',
    () => ({
      components: [new ContainerBuilder().addTextDisplayComponents(new TextDisplayBuilder().setContent('**text**'))],
      flags: MessageFlags.IsComponentsV2,
    }),
  ],
  ['flags by name', () => ({ content: 'x', flags: ['SuppressEmbeds', 'SuppressNotifications'] })],
  [
    'flags as a bit field',
    () => ({ content: 'x', flags: new MessageFlagsBitField(4) as unknown as MessageFlags.SuppressEmbeds }),
  ],
  ['mentions', () => ({ content: '<@1>', allowedMentions: { users: ['1'], repliedUser: false } })],
  ['a reply', () => ({ content: 'x', reply: { messageReference: '123' } })],
  ['a reply that minds', () => ({ content: 'x', reply: { messageReference: '123', failIfNotExists: false } })],
  ['a forward', () => ({ forward: { message: { id: '5', channelId: '6', guildId: '7' } as never } })],
  ['stickers', () => ({ stickers: ['9', '10'] })],
  ['a nonce', () => ({ content: 'x', nonce: 'mine', enforceNonce: true })],
  [
    'a poll',
    () => ({
      poll: {
        question: { text: 'Which?' },
        answers: [
          { text: 'a', emoji: '🙂' },
          { text: 'b', emoji: '<a:name:123456789012345678>' },
          { text: 'c', emoji: '223456789012345678' },
        ],
        duration: 4,
        allowMultiselect: true,
        layoutType: PollLayoutType.Default,
      },
    }),
  ],
  [
    'what is said of files',
    () => ({
      files: [
        new AttachmentBuilder(Buffer.from('x'), { name: 'x.txt', description: 'an x' }),
        { attachment: Buffer.from('y'), name: 'y.ogg', waveform: 'AA==', duration: 2 },
        Buffer.from('z'),
      ],
    }),
  ],
];

describe('the body of a message', () => {
  test.each(messages)('with %s is the one discord.js makes', async (_what, make) => {
    const { body } = await plainMessage(make() as MessageInput);
    expect(body).toEqual(withoutUnknown(ofDiscordJs(make())));
  });

  test('is plain data: nothing in it changes on the way through JSON or structured clone', async () => {
    const { body } = await plainMessage({ embeds: [embed()], components: [{ type: 1, components: [button()] }] });
    expect(structuredClone(body)).toEqual(body);
    expect(JSON.parse(JSON.stringify(body))).toEqual(body);
  });

  test('leaves what was passed as it was', async () => {
    const files = [Buffer.from('a')];
    const input = { content: 'x', files, attachments: [{ id: '5' }] };
    await plainMessage(input);
    expect(input).toEqual({ content: 'x', files: [Buffer.from('a')], attachments: [{ id: '5' }] });
    expect(input.files).toBe(files);
  });

  test('of an edit names the attachments that stay before the new ones', async () => {
    const { body } = await plainMessage({ content: null, attachments: [{ id: '77' }], files: [Buffer.from('a')] });
    expect(body).toEqual({ content: '', attachments: [{ id: '77' }, { id: '0' }] });
  });

  test.each([undefined, null, 5])('is refused when there is none: %s', async (message) => {
    await expect(plainMessage(message as never)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });

  test('is refused with a flag nobody knows', async () => {
    const wrong = plainMessage({ content: 'x', flags: ['Loud'] as never });
    await expect(wrong).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      details: { option: 'flags', received: 'Loud' },
    });
  });
});

describe('a file', () => {
  let folder: string;
  let server: Server;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shardlift-files-'));
    writeFileSync(join(folder, 'report.txt'), 'from disk');
    server = createServer((request, response) => {
      const { url = '' } = request;
      if (url.includes('hangs')) return;
      if (url.includes('breaks')) {
        response.writeHead(200, { 'content-length': 100 }).write('a', () => response.destroy());
      } else if (url.includes('large')) response.writeHead(200, { 'content-length': largestFile + 1 }).write('a');
      else response.writeHead(url.includes('gone') ? 404 : 200, { 'content-type': 'text/x-test' }).end('from afar');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
  const filesOf = async (file: unknown) => {
    const { files } = await plainMessage({ files: [file as Buffer] });
    return files.map(({ name, bytes, contentType }) => [name, Buffer.from(bytes).toString(), contentType]);
  };

  test.each([
    ['a Buffer', Buffer.from('bytes')],
    ['a part of a larger Buffer', Buffer.from('xxbytesxx').subarray(2, 7)],
    ['a Uint8Array', new TextEncoder().encode('bytes')],
    ['an ArrayBuffer', new TextEncoder().encode('bytes').buffer],
    ['a DataView', new DataView(new TextEncoder().encode('bytes').buffer)],
  ])('may be %s', async (_what, bytes) => {
    expect(await filesOf(bytes)).toEqual([['file.jpg', 'bytes', undefined]]);
    expect(await filesOf(new AttachmentBuilder(bytes as Buffer, { name: 'n.bin' }))).toEqual([
      ['n.bin', 'bytes', undefined],
    ]);
  });

  test('may be a path here, or an address', async () => {
    expect(await filesOf(join(folder, 'report.txt'))).toEqual([['report.txt', 'from disk', undefined]]);
    expect(await filesOf(address('pic.png?size=5'))).toEqual([['pic.png', 'from afar', 'text/x-test']]);
    expect(await filesOf({ attachment: address('x'), name: 'own.txt' })).toEqual([
      ['own.txt', 'from afar', 'text/x-test'],
    ]);
  });

  test.each([
    ['a stream', () => Readable.from(['a']), 'a stream'],
    ['a stream of the web', () => new Response('a').body, 'a stream'],
    ['a builder around a stream', () => new AttachmentBuilder(Readable.from(['a']), { name: 'x' }), 'a stream'],
    ['a path nobody can read', () => '/no/such/file.txt', "'/no/such/file.txt'"],
    ['an address that is gone', () => address('gone'), 'an address that answers 404'],
    ['an address whose answer breaks off', () => address('breaks'), expect.stringContaining('does not answer')],
    ['an address with too large a file', () => address('large'), 'an address with a larger one'],
    ['an address of nobody', () => 'http://127.0.0.1:1/x', expect.stringContaining('does not answer')],
    ['a number', () => 5, 'of type number'],
    ['nothing', () => null, 'null'],
  ])('is refused when it is %s', async (_what, make, received) => {
    const error = await plainMessage({ files: [Buffer.from('a'), make() as never] }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID_OPTION', details: { option: 'files[1]', received } });
  });

  test('is refused as soon as it is too large, where its length was not told', async () => {
    const piece = new Uint8Array(largestFile / 2 + 1);
    const body = new ReadableStream({ pull: (control) => control.enqueue(piece) });
    vi.spyOn(globalThis, 'fetch').mockResolvedValueOnce(new Response(body));
    const received = 'an address with a larger one';
    await expect(filesOf('https://example.com/x')).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      details: { received },
    });
  });

  test('that is refused ends the wait for the others', async () => {
    const ended = vi.fn();
    vi.spyOn(globalThis, 'fetch').mockImplementationOnce((_address, given) => {
      const signal = given?.signal as AbortSignal;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(ended(signal.reason))));
    });
    const refused = plainMessage({ files: ['https://example.com/x', Readable.from(['a']) as never] });
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID_OPTION', details: { option: 'files[1]' } });
    expect(ended.mock.calls).toEqual([[error]]);
  });

  test('from an address is waited for until the signal fires', async () => {
    const control = new AbortController();
    const reading = plainMessage({ files: [address('hangs')] }, control.signal);
    const reason = new Error('late');
    control.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });
});

describe('a nonce', () => {
  const message = { body: { content: 'x' }, files: [] };

  test('is made for every message, at most 25 characters, and enforced', () => {
    const [first, second] = [withNonce(message), withNonce(message)];
    expect(first.body).toMatchObject({ content: 'x', enforce_nonce: true, nonce: expect.stringMatching(/^.{16}$/) });
    expect(second.body.nonce).not.toBe(first.body.nonce);
  });

  test("of the user's own is left alone", () => {
    expect(withNonce({ body: { nonce: 0 }, files: [] }).body).toEqual({ nonce: 0 });
  });
});

/** An emoji of a poll is named by its id, or by its own character; discord.js adds what Discord does not ask for. */
function withoutUnknown(body: object): object {
  return JSON.parse(JSON.stringify(body), (key, value) => {
    if (key !== 'emoji') return value;
    return value.id === undefined || value.id === null ? { name: value.name } : { id: value.id };
  });
}
