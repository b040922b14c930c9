/** test/e2e/standpoints: every method of client.cluster, from every standpoint, in both modes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Case } from './standpoint-case.ts';
import { ipcCases } from './standpoint-ipc.ts';
import { memberCases } from './standpoint-members.ts';
import { messageCases } from './standpoint-messages.ts';
import { sharedCases } from './standpoint-shared.ts';
import { openStage, type Stage, standpoints } from './standpoints.ts';

const cases: readonly Case[] = [...messageCases, ...memberCases, ...ipcCases, ...sharedCases];

async function play(stage: Stage, one: Case): Promise<void> {
  const thing = stage.thing();
  await one.prepare?.(stage, thing);
  const before = stage.requests;
  const outcome = await stage.attempt(one.call(thing));
  const expected = one.ends(stage.at, thing);
  if ('value' in expected) expect(outcome).toEqual(expected);
  else expect(outcome).toMatchObject(expected);
  expect(stage.requestsSince(before)).toEqual(one.asks?.(stage.at) ?? []);
  await one.after?.(stage, thing);
}

const places = (['process', 'worker'] as const).flatMap((mode) => standpoints.map((at) => [mode, at] as const));

describe.each(places)('in %s mode, from the standpoint "%s"', (mode, at) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(mode, at);
    stage.fleet.manager.ipc.handle('who', (data, { from }) => ({ cluster: 'manager', data, from, shardId: null }));
  });
  afterAll(async () => await stage.fleet[Symbol.asyncDispose]());

  test.each(cases.map((one) => [one.title, one] as const))('%s', async (_title, one) => play(stage, one));
});
