/** values/own-promises: whether a function of the bot's own, by its name, gives a promise. */
import { placesIn } from '../modules/said-in.ts';
import { packageFolder } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { returnedBy, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isPromise } from './promise-makers.ts';

type Written = ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** The function that a name is given to where it stands: a method, a declaration, `name: () => ...`, `this.name = () => ...`. */
function functionNamed(name: ts.Node): Written | null {
  const { parent } = name;
  if (ts.isMethodDeclaration(parent) || ts.isFunctionDeclaration(parent)) return parent.name === name ? parent : null;
  const isDeclared =
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) &&
    parent.name === name;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name;
  const value = isDeclared ? parent.initializer : (writtenAt(isMember ? parent : name)[0] ?? undefined);
  const at = value === undefined ? value : unwrap(value);
  return at !== undefined && (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) ? at : null;
}

function givesPromise({ body, modifiers }: Written): boolean {
  if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true) return true;
  return body !== undefined && returnedBy({ body }).some((one) => isPromise(unwrap(one)));
}

const found = askedOnce<boolean>();

/** Whether any function that the package around a file gives this name makes a promise. */
export function ownPromises(path: string, name: string): boolean {
  const folder = packageFolder(path);
  if (folder === null) return false;
  return found(`${folder}#${name}`, () =>
    placesIn(folder, name).some((one) => {
      const fn = functionNamed(one);
      return fn !== null && givesPromise(fn);
    }),
  );
}
