/** testing/strike: lets planted faults strike on a gateway connection. */

import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayOpcodes } from 'discord-api-types/v10';
import type { Connection } from './connection.ts';
import type { FaultPlace } from './faults.ts';
import type { World } from './world.ts';

/** Answers an IDENTIFY with op 9, not resumable; the connection may identify again. */
export function refuseIdentify(
  world: World,
  connection: Connection,
  shard: number | undefined,
  why: { readonly code: number; readonly reason: string },
): void {
  world.timeline.record('identifyRefused', why, shard);
  connection.identifying = false;
  connection.send(GatewayOpcodes.InvalidSession, false);
}

/** Lets a planted fault strike; true when nothing more is to be done for the frame at hand. */
export async function struck(
  world: World,
  place: FaultPlace,
  connection: Connection,
  shard: number | undefined,
): Promise<boolean> {
  const fault = world.faults.take(place, { shard });
  if (fault === undefined) return false;
  if (fault === 'drop') connection.reset();
  if (fault === 'invalidate') refuseIdentify(world, connection, shard, { code: 9, reason: 'fault' });
  if (typeof fault === 'object' && 'close' in fault) connection.close(fault.close, 'Fault.');
  if (typeof fault === 'object' && 'delayMs' in fault) {
    await sleep(fault.delayMs);
    return !connection.open;
  }
  return true;
}
