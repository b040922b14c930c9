/** modules/declared-names: whether any file of a folder declares a name, or imports it, in whichever way. */
import { someFileMatches } from '../project/discover.ts';
import { askedOnce } from '../project/read-once.ts';

const values = 'class|function\\s*\\*?|interface|type|enum|namespace|module|const|let|var';

/** Ways to write a declaration, as far as a text tells; too many are better than too few. */
const ways = (name: string): readonly string[] => [
  `\\b(?:${values})\\s+${name}`,
  // `const { Client: Hub } = require('eris')`, `import { Hub } from 'eris'`, and the clauses of exports.
  `\\b(?:const|let|var|import|export)\\b[^;'"\`()=]*[\\s{,:]${name}(?=[^;'"\`()]*(?:=\\s*(?:await\\b|require\\b|import\\b)|\\bfrom\\b|\\}))`,
  `\\bexports\\.${name}\\s*=`,
  `\\bimport\\s+(?:type\\s+)?${name}\\s*=`,
  // Up to the next tag, or the end of the comment: `@typedef {import('eris').Client} Hub`.
  `@(?:typedef|callback)\\b(?:(?!\\*/|\\s@)[^])*[\\s}]${name}`,
];

/** Whether a text declares or imports a name. */
const declaring = (name: string): RegExp => {
  const word = `${name.replaceAll('$', '\\$')}(?![\\w$])`;
  return new RegExp(ways(word).join('|'));
};

const found = askedOnce<boolean>();

/** Whether any file of a folder, also one of declarations, declares or imports a name. */
export const isDeclaredIn = (folder: string, name: string): boolean =>
  found(`${folder}#${name}`, () => someFileMatches(folder, declaring(name)));
