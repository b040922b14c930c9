/** rules/check-reasons: V, what the check of a result finds. */
import { type Reason, row } from './reason.ts';

/** The codes of the check, in their order. */
export const checkReasons = {
  'DC-V1': row(
    'todo',
    'result refused by its check',
    'The result of rewriting {of} has an error that was not there before ({what}), so it was left. Mend what that names and run dc-migrate again, or {by} by hand.',
    { of: 'this call', by: 'move the function' },
  ),
  'DC-V2': row(
    'todo',
    'result does not parse',
    'What this call would become does not parse, so nothing was changed. Where its function is a SyntaxError already, mend that and run dc-migrate again; otherwise please report this call to shardlift.',
  ),
  'DC-V3': row(
    'info',
    'comment that hid an error',
    'The @ts-expect-error at {where} hid an error of the types of discord-hybrid-sharding alone, and there is none any more. TypeScript takes one that hides nothing for an error, so the comment is gone. Nothing to do.',
  ),
  'DC-V4': row(
    'todo',
    'TypeScript does not know shardlift',
    "No file that TypeScript compiles here loads shardlift, so client.cluster has no type and this call was left. Write import type {} from 'shardlift'; into a file of TypeScript and run dc-migrate again.",
  ),
} as const satisfies Record<string, Reason>;
