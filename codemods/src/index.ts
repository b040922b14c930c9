/** index: the only door of dc-migrate as a library. */
export { type ChangedBy, MigrateError, type MigrateErrorCode, type MigrateErrorDetails } from './errors.ts';
export type { Assumption, FileReport, Outcome, Report, SiteReport, Summary, Warning } from './report/types.ts';
export type { Method } from './rules/methods.ts';
export { type Finding, type Reason, type ReasonCode, reasons, type Severity } from './rules/reasons.ts';
export type { Throws } from './rules/throw-reasons.ts';
export { type MigrateOptions, migrate } from './run/run.ts';
export { type Undone, undo } from './run/undo.ts';
