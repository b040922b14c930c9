/** clients/owner-memory: the owners of parameters that were found; functions that call each other ask for the same ones again and again. */
import type { ts } from '../typescript.js';
import type { Owner } from '../values/typed-owner.ts';
import type { CallersOf } from './handed-parameters.ts';

/** What an owner depends on beside the value. */
interface Asked {
  readonly method: string;
  readonly hybrid: boolean;
  readonly asksClient: boolean;
  readonly callersOf?: CallersOf | undefined;
}

/** The owners of parameters, by how far they may still be followed. */
export class OwnerMemory {
  readonly #found = new Map<ts.ParameterDeclaration, Map<number, Owner>>();

  of(parameter: ts.ParameterDeclaration, depth: number, find: () => Owner): Owner {
    const found = this.#found.get(parameter) ?? new Map<number, Owner>();
    this.#found.set(parameter, found);
    const owner = found.get(depth) ?? find();
    found.set(depth, owner);
    return owner;
  }
}

const ofRuns = new WeakMap<CallersOf, Map<string, OwnerMemory>>();

/** The owners that were found with the same finder of calls, which is that of a run; without one, none yet. */
export function ownersFor({ method, hybrid, asksClient, callersOf }: Asked): OwnerMemory {
  if (callersOf === undefined) return new OwnerMemory();
  const ofRun = ofRuns.get(callersOf) ?? new Map<string, OwnerMemory>();
  ofRuns.set(callersOf, ofRun);
  const key = [method, hybrid, asksClient].join(' ');
  const owners = ofRun.get(key) ?? new OwnerMemory();
  ofRun.set(key, owners);
  return owners;
}
