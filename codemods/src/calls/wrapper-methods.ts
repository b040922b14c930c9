/** calls/wrapper-methods: what to do about a method around a broadcast, whose callers nobody can tell. */
import { callersByName } from '../files/wrapper-files.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isWithin, placesOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Whether nothing outside of its class reads a member of the name that a method has. */
function isOfClassAlone({ source: { path }, tree }: ParsedFile, { name, parent }: ts.MethodDeclaration): boolean {
  if (!ts.isClassLike(parent) || !ts.isIdentifier(name)) return false;
  const reads = placesOf(tree, name.getText()).filter((one) => ts.isPropertyAccessExpression(one.parent));
  if (!reads.every((one) => isWithin(one, parent))) return false;
  return callersByName(path, [name.getText()]).every((one) => one === path);
}

const orNames = 'or give each function a name in the handlers file and hand over that name';

/** Why the callers of a method are not followed, and what makes that possible. */
export function ofMethod(file: ParsedFile, fn: ts.MethodDeclaration): { readonly why: string; readonly how: string } {
  // What else its file exports is handed around as a whole: nobody could tell whether the function goes along.
  const apart = 'a function in a file of its own, which gets the client and is imported where it is called';
  const how = isOfClassAlone(file, fn)
    ? `Make it private (\`#${fn.name.getText()}\`), or ${apart}`
    : `Make it ${apart}`;
  return { why: 'it is a method, and any file may call it', how: `${how}, and run dc-migrate again, ${orNames}` };
}
