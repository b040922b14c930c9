/** wording/escaped: a text as a part of a regular expression. */

/** The regular expression that matches exactly this text. */
export const escaped = (text: string): string => text.replace(/[$.*+?^()[\]{}|\\]/g, '\\$&');
