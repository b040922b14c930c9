/** report/links: paths as links. */

/** A relative path as a link: what would end it, or be taken for something else, is encoded. */
export const linkTo = (path: string): string =>
  encodeURI(path).replace(/[#?():]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
