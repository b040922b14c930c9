/** wording/shell: words as they are typed. */

/** A word as it goes on a command line. */
export const inShell = (word: string): string => (/^[\w./@=:-]+$/.test(word) ? word : JSON.stringify(word));
