/** command/explain: what a reason code means, without a network. */
import { MigrateError } from '../errors.ts';
import { areas } from '../rules/areas.ts';
import { byExample } from '../rules/examples.ts';
import { type ReasonCode, reasons, titleOf } from '../rules/reasons.ts';

const asks = {
  info: 'Nothing to do.',
  note: 'The call is rewritten; read the sentence.',
  todo: 'The sentence says what to do; until then the call is left, or does not work.',
} as const;

/** Codes of warnings: they are about a package, and belong to no call. */
const ofPackages: ReadonlySet<ReasonCode> = new Set(['DC-F2', 'DC-M9']);
const asksOwner = 'The sentence says what to do. It is about the package, whatever becomes of its calls.';

const areExamples = 'Names, places and values in it are examples; the report of a run has yours.';

/**
 * The page of a code.
 *
 * @throws MigrateError `UNKNOWN_CODE`
 */
export function explainCode(given: string): string {
  const code = given.toUpperCase().replace(/^(?!DC-)/, 'DC-');
  if (!Object.hasOwn(reasons, code)) throw new MigrateError('UNKNOWN_CODE', { code: given });
  const known = code as ReasonCode;
  const { severity } = reasons[known];
  const area = areas[code.charAt(3)] ?? '';
  const asked = ofPackages.has(known) ? asksOwner : asks[severity];
  const said = byExample(known) === reasons[known].sentence ? '' : `\n${areExamples}\n`;
  // The area of what is taken for granted says itself that there is nothing to do.
  const last = code.startsWith('DC-A') ? '' : ` ${asked}`;
  return `${code}  ${titleOf(known)}\n\n${byExample(known)}\n${said}\nArea: ${area}.${last}\n`;
}
