/** typescript: the types of the compiler, which is loaded in a manner that gives it none. */
export { ts } from '@ts-morph/common';

/** The declarations of the language itself, by file name; only programs with types ask for them. */
export declare const libraryFiles: () => ReadonlyMap<string, string>;
