/** features/named-method: the method a named request travels as. */
import { type Limits, limitsOf } from '../rpc/caller.ts';

/** The methods of named requests: the name is part of the method, so that the data travels as it is. */
export const family = 'ipc';

/** A name as it is asked for, with the limits of a request that says nothing of its own. */
export interface NamedMethod {
  readonly method: string;
  readonly limits: Limits;
}

/** How many names are remembered. Bounded, because a name may be made up at run time. */
export const maxNamed = 1_024;

const known = new Map<string, NamedMethod>();

/** The method of a name: made once for each of the first {@link maxNamed} names, anew at each call for the others. */
export function namedMethod(name: string): NamedMethod {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const named = { method: `${family}:${name}`, limits: limitsOf({ label: name }) };
  if (known.size < maxNamed) known.set(name, named);
  return named;
}
