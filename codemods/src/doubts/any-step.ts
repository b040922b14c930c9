/** doubts/any-step: the step into a value whose name or place is not known. */

/** Stands for an entry of a list whose place is not known, and for any member of an object. */
export const anyStep = '*';
