import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ByteSource, bufferSource, streamSource } from '../../src/transport/byte-source.ts';

let folder: string;
let path: string;
let server: Server;
const open: Socket[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'byte-source-'));
  path = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll('\\', '-')}` : join(folder, 'door');
  server = createServer();
  server.listen(path);
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

/** A source, and the far end that writes to it. */
async function visit(make: () => ByteSource): Promise<{ readonly source: ByteSource; readonly far: Socket }> {
  const visited = once(server, 'connection');
  const source = make();
  const [far] = (await visited) as [Socket];
  open.push(source.socket, far);
  return { source, far };
}

const kinds = [
  ['any socket', () => streamSource(connect(path))],
  ['a socket with one buffer', () => bufferSource({ path })],
] as const;

describe.each(kinds)('%s', (_kind, make) => {
  test('gives what came before anybody listened, and then what comes, in order', async () => {
    const { source, far } = await visit(make);
    far.write('early ');
    await vi.waitUntil(() => source.socket.bytesRead === 6 || source.socket.readableLength === 6);
    const heard: Buffer[] = [];
    source.listen((chunk) => heard.push(chunk));
    far.write('late');
    await vi.waitUntil(() => Buffer.concat(heard).length === 10);
    expect(Buffer.concat(heard).toString()).toBe('early late');
  });

  test('gives chunks that no later read changes', async () => {
    const { source, far } = await visit(make);
    const heard: Buffer[] = [];
    source.listen((chunk) => heard.push(chunk));
    for (const [index, letter] of ['a', 'b', 'c'].entries()) {
      far.write(letter.repeat(1_000));
      await vi.waitUntil(() => Buffer.concat(heard).length === (index + 1) * 1_000);
    }
    expect(Buffer.concat(heard).toString()).toBe(['a', 'b', 'c'].map((letter) => letter.repeat(1_000)).join(''));
  });

  test('gives more than fits one read', async () => {
    const { source, far } = await visit(make);
    const sent = Buffer.from(Array.from({ length: 300_000 }, (_none, index) => index % 251));
    const heard: Buffer[] = [];
    source.listen((chunk) => heard.push(chunk));
    far.write(sent);
    await vi.waitUntil(() => Buffer.concat(heard).length === sent.length);
    expect(Buffer.concat(heard).equals(sent)).toBe(true);
  });
});
