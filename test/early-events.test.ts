import { EventEmitter } from 'node:events';
import type { Client } from 'discord.js';
import { beforeEach, expect, test } from 'vitest';
import { passEarly } from '../src/early-events.ts';

const waiting = 8;

/** The queue as discord.js 14 has it. */
class Queue {
  status = waiting;
  packetQueue: { packet: { t?: string }; shard: { id: number; status: number } }[] = [];
  readonly handled: string[] = [];

  handlePacket(packet?: { t?: string }, shard?: { id: number; status: number }): boolean {
    if (packet !== undefined && shard !== undefined && this.status !== 0) {
      this.packetQueue.push({ packet, shard });
      return false;
    }
    this.handled.push(`${packet?.t} ${shard?.id}`);
    if (packet?.t === 'INTERACTION_CREATE' && shard?.id === 9) throw new Error('of a listener');
    return true;
  }
}

const interaction = { t: 'INTERACTION_CREATE' };
let ws: Queue;
let client: EventEmitter;
beforeEach(() => {
  ws = Object.defineProperty(new Queue(), 'packetQueue', { value: [], writable: false });
  client = Object.assign(new EventEmitter(), { ws });
  passEarly(client as unknown as Client, 'interactions');
});

test('an interaction of a ready shard does not wait for the other shards', () => {
  ws.handlePacket(interaction, { id: 0, status: 0 });
  expect(ws.handled).toEqual(['INTERACTION_CREATE 0']);
  expect(ws.status).toBe(waiting);
});

test('everything else waits as discord.js has it', () => {
  ws.handlePacket({ t: 'MESSAGE_CREATE' }, { id: 0, status: 0 });
  ws.handlePacket(interaction, { id: 1, status: waiting });
  expect(ws.handled).toEqual([]);
  expect(ws.packetQueue).toHaveLength(2);
});

test('all else goes the same way where that is asked for', () => {
  ws = Object.defineProperty(new Queue(), 'packetQueue', { value: [], writable: false });
  client = Object.assign(new EventEmitter(), { ws });
  passEarly(client as unknown as Client, 'all');
  ws.handlePacket({ t: 'MESSAGE_CREATE' }, { id: 0, status: 0 });
  ws.handlePacket({ t: 'MESSAGE_UPDATE' }, { id: 1, status: waiting });
  expect(ws.handled).toEqual(['MESSAGE_CREATE 0']);
  client.emit('shardReady', 1);
  expect(ws.handled).toEqual(['MESSAGE_CREATE 0', 'MESSAGE_UPDATE 1']);
});

test('interactions that came before their shard was ready are handled when it is', () => {
  ws.handlePacket({ t: 'MESSAGE_CREATE' }, { id: 1, status: waiting });
  ws.handlePacket(interaction, { id: 1, status: waiting });
  ws.handlePacket(interaction, { id: 2, status: waiting });
  client.emit('shardReady', 1);
  expect(ws.handled).toEqual(['INTERACTION_CREATE 1']);
  expect(ws.packetQueue.map(({ packet, shard }) => `${packet.t} ${shard.id}`)).toEqual([
    'MESSAGE_CREATE 1',
    'INTERACTION_CREATE 2',
  ]);
});

test('a listener that throws leaves the queue as it was', () => {
  ws.handlePacket({ t: 'MESSAGE_CREATE' }, { id: 0, status: waiting });
  expect(() => ws.handlePacket(interaction, { id: 9, status: 0 })).toThrow('of a listener');
  expect(ws.status).toBe(waiting);
  expect(ws.packetQueue).toHaveLength(1);
});

test('a client that is ready takes its packets the usual way', () => {
  ws.status = 0;
  ws.handlePacket(interaction, { id: 0, status: 0 });
  client.emit('shardReady', 0);
  expect(ws.handled).toEqual(['INTERACTION_CREATE 0']);
});
