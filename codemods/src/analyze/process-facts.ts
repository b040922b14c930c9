/** analyze/process-facts: what a function reads of its process, and of the variables that a manager sets for each. */
import { ts } from '../typescript.js';
import { isAccess } from './asks-client.ts';
import { isNameOnly, nameText, wrapped } from './syntax.ts';

const roots = new Set(['process', 'os', 'performance']);

/** Variables that are not the same in every process; how many shards and processes there are is. */
const perProcess = /^(SHARDS|SHARD_LIST|SHARD_IDS?|CLUSTER|CLUSTER_ID|FIRST_SHARD_ID|LAST_SHARD_ID)$/;

/** The name that an access asks for; `null` where it is made when it runs. */
function nameOf(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | null {
  if (ts.isPropertyAccessExpression(access)) return access.name.text;
  return ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression.text : null;
}

/** What is taken of something: by one name, by several in a pattern, or all of it (`null`). */
type Taken = readonly (readonly [name: string | null, by: ts.Node])[];

const partOf = (one: ts.BindingElement): Taken[number] =>
  one.dotDotDotToken !== undefined ? [null, one.name] : [nameText(one.propertyName ?? one.name), one.name];

function takenBy({ elements }: ts.ObjectBindingPattern): Taken {
  return elements.map(partOf);
}

/** What is taken of what an expression, or a name of a pattern, gives. */
function takenOf(node: ts.Node): Taken {
  if (ts.isObjectBindingPattern(node)) return takenBy(node);
  const at = ts.isExpression(node) ? wrapped(node) : node;
  const { parent } = at;
  if (isAccess(parent) && parent.expression === at) return [[nameOf(parent), parent]];
  const isNamed = ts.isVariableDeclaration(parent) && parent.initializer === at;
  return isNamed && ts.isObjectBindingPattern(parent.name) ? takenBy(parent.name) : [[null, at]];
}

/** The places of a function that give what is known by a name of the function, beside the one that names it. */
function alsoBy(node: ts.Node): readonly ts.Node[] {
  const at = ts.isExpression(node) ? wrapped(node) : node;
  const declared = ts.isVariableDeclaration(at.parent) && at.parent.initializer === at ? at.parent.name : at;
  if (
    !ts.isIdentifier(declared) ||
    !(ts.isVariableDeclaration(declared.parent) || ts.isBindingElement(declared.parent))
  )
    return [node];
  const uses: ts.Node[] = [];
  let scope: ts.Node = declared;
  while (!ts.isFunctionLike(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  const visit = (one: ts.Node): void => {
    if (ts.isIdentifier(one) && one.text === declared.text && one !== declared && !isNameOnly(one)) uses.push(one);
    ts.forEachChild(one, visit);
  };
  visit(scope);
  return uses;
}

/** What is read of the environment: `process.env.SHARDS`, or `process.env` where all of it may be meant. */
function ofEnvironment(env: ts.Node): readonly string[] {
  return alsoBy(env).flatMap((one) =>
    takenOf(one).flatMap(([name]) => {
      if (name === null) return ['process.env'];
      return perProcess.test(name) ? [`process.env.${name}`] : [];
    }),
  );
}

/** What a node says that is a fact of the process; none for any other. */
export function processFacts(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'uptime') return ['uptime'];
  if (!ts.isIdentifier(node) || !roots.has(node.text)) return [];
  const { parent } = node;
  // `globalThis.process`
  const isGlobal = ts.isPropertyAccessExpression(parent) && /^global(This)?$/.test(parent.expression.getText());
  if (isNameOnly(node) && !isGlobal) return [];
  return takenOf(isGlobal ? parent : node).flatMap(([name, by]) => {
    if (name === 'env') return ofEnvironment(by);
    return [name === null ? node.text : `${node.text}.${name}`];
  });
}
