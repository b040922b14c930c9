/** command/explain: what a reason code means, without a network. */
import { MigrateError } from '../errors.ts';
import { areas } from '../rules/areas.ts';
import { type ReasonCode, reasons } from '../rules/reasons.ts';

const asks = {
  info: 'Nothing to do.',
  note: 'The call is rewritten; read the sentence.',
  todo: 'The call is left; the sentence says what to do.',
} as const;

/**
 * The page of a code.
 *
 * @throws MigrateError `UNKNOWN_CODE`
 */
export function explainCode(given: string): string {
  const code = given.toUpperCase().replace(/^(?!DC-)/, 'DC-');
  if (!Object.hasOwn(reasons, code)) throw new MigrateError('UNKNOWN_CODE', { code: given });
  const { severity, title, sentence } = reasons[code as ReasonCode];
  const area = areas[code.charAt(3)] ?? '';
  const example = sentence.replace(/\{(\w+)\}/g, '<$1>');
  return `${code}  ${title.replace(/\{(\w+)\}/g, '<$1>')}\n\n${example}\n\nArea: ${area}. ${asks[severity]}\n`;
}
