/** test/conformance/work: the contract that fixture programs serve. */
import { call, contract } from '../../src/rpc/contract.ts';

/** Something to ask for. */
export const work = contract('work', { run: call<string, string>(), stay: call<void, void>() });
