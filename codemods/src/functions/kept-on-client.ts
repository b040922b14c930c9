/** functions/kept-on-client: what the files of a bot put under a name of their client, which comes back where that is asked for. */
import { dirname } from 'node:path';
import { isOfOtherPackage } from '../clients/holder-package.ts';
import { changedInValue } from '../doubts/result-kinds.ts';
import { parseApart } from '../modules/global-owner.ts';
import { placesIn } from '../modules/said-in.ts';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { clientMembers } from '../syntax/globals.ts';
import { descendants, dottedNames, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isClientClass } from '../values/class-members.ts';
import { classOf } from '../values/class-owner.ts';
import { saysClient } from '../values/client-words.ts';
import { partsOf } from '../values/value-parts.ts';
import { type Body, hasBody } from '../values/value-way.ts';
import { isNoValue } from './refused-values.ts';

/** Whether the file says that an object is of another library, whatever it is called. The tree it stands in knows no names. */
function isOfOthers(at: ts.Expression): boolean {
  const file = parseApart(at.getSourceFile().fileName);
  if (file === null) return false;
  const same = descendants(file.tree).find(
    ({ kind, pos, end }) => kind === at.kind && pos === at.pos && end === at.end,
  );
  return same !== undefined && isOfOtherPackage(file, same as ts.Expression);
}

/** Whether a class makes clients, or an object is called like one. */
function isClient(folder: string, holder: ts.Expression): boolean {
  const at = unwrap(holder);
  if (at.kind !== ts.SyntaxKind.ThisKeyword) return saysClient(dottedNames(at)?.at(-1)) && !isOfOthers(at);
  const made = classOf(at);
  return made !== null && isClientClass(folder, made);
}

/** What one mention of a name puts under it: `client.name = value`, `this.name = value` and `name = value` in a class of clients. */
function putAt(folder: string, { parent }: ts.Node): readonly ts.Expression[] {
  if (ts.isPropertyDeclaration(parent)) {
    const isOfClient = ts.isClassLike(parent.parent) && isClientClass(folder, parent.parent);
    return isOfClient && parent.initializer !== undefined ? [parent.initializer] : [];
  }
  if (!ts.isPropertyAccessExpression(parent)) return [];
  const values = writtenAt(parent).flatMap((value) => value ?? []);
  return values.length > 0 && isClient(folder, parent.expression) ? values : [];
}

/** What a member of a client arrives as, and whether it is refused. */
interface Kept {
  /** What JSON made something else of: `a Date`. */
  readonly changed: string | null;
  readonly holdsFunctions: boolean;
}

function keptAs(folder: string, name: string): Kept {
  const values = placesIn(folder, name).flatMap((one) => putAt(folder, one));
  const [changed = null] = values.flatMap((one) => changedInValue(one) ?? []);
  const holdsFunctions = values.some((one) =>
    [...partsOf(one)].some(({ node, is }) => is === 'value' && isNoValue(node)),
  );
  return { changed, holdsFunctions };
}

/** The functions that the files of a folder put under a name of their client: written there, or by their names; methods as well. */
export function functionsUnder(folder: string, name: string): readonly Body[] {
  return placesIn(folder, name).flatMap((one) => {
    const { parent } = one;
    if (ts.isMethodDeclaration(parent) && hasBody(parent) && ts.isClassLike(parent.parent))
      return isClientClass(folder, parent.parent) ? [parent] : [];
    return putAt(folder, one).flatMap((value) =>
      [...partsOf(value)].flatMap(({ node, is }) => (is === 'value' && hasBody(node) ? [node] : [])),
    );
  });
}

const keptOnce = askedOnce<Kept>();

/** The folder of the package around a file, and the member of its client that is named; `null` for one of discord.js, and for what is further in. */
export function memberKept(
  path: string,
  [name, more]: readonly (string | null)[],
): { readonly folder: string; readonly name: string } | null {
  const manifest = packageFile(dirname(path));
  if (typeof name !== 'string' || more !== undefined || clientMembers.has(name) || manifest === null) return null;
  return { folder: dirname(manifest), name };
}

/** What the package around a file keeps under a member of its client; `null` for a member of discord.js, and for what is further in. */
export function keptOnClient(path: string, names: readonly (string | null)[]): Kept | null {
  const member = memberKept(path, names);
  if (member === null) return null;
  const { folder, name } = member;
  return keptOnce(`${folder}#${name}`, () => keptAs(folder, name));
}
