/** values/keyed: what all files of a package put under a key: into a server, a container, a map. */
import { dirname } from 'node:path';
import { parseApart } from '../modules/global-owner.ts';
import { filesMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import { descendants, nameText, returnedBy, unwrap, wrapped } from '../syntax/syntax.ts';
import { type Written, writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { keyName } from './collection.ts';
import type { Follower, Roots } from './roots.ts';

const words =
  '(?:set|put|add|bind|provide|define|decorate|constant|value|singleton|instance|register\\w*|add[A-Z]\\w*)';
const binding = new RegExp(`^${words}$`);
/** `{ provide: 'client', useValue: x }`, `{ id: 'client', value: x }` */
const naming = /^(?:id|key|name|token|provide)$/;
const holding = /^(?:use[A-Z]\w*|value|factory|type)$/;

/** Whether an expression is the key that is asked for. */
type IsKey = (node: ts.Expression | undefined) => boolean;

function propertiesOf({ properties }: ts.ObjectLiteralExpression): readonly (readonly [string, ts.Expression])[] {
  return properties.flatMap((one) => {
    if (ts.isPropertyAssignment(one)) return [[nameText(one.name), one.initializer] as const];
    return ts.isShorthandPropertyAssignment(one) ? [[one.name.text, one.name] as const] : [];
  });
}

/** What `bind(key).toConstantValue(x)` goes on with. */
function boundLater(call: ts.CallExpression): readonly ts.Expression[] {
  const access = wrapped(call).parent;
  const next = ts.isPropertyAccessExpression(access) ? access.parent : null;
  return next !== null && ts.isCallExpression(next) && next.expression === access ? next.arguments : [];
}

function boundBy(call: ts.CallExpression, key: string, isKey: IsKey): readonly Written[] {
  const access = call.expression;
  if (!ts.isPropertyAccessExpression(access) || !binding.test(access.name.text)) return [];
  const [first, second] = call.arguments;
  if (isKey(first)) return second === undefined ? boundLater(call) : [second];
  if (first === undefined || !ts.isObjectLiteralExpression(first)) return [];
  return propertiesOf(first).flatMap(([name, value]) => (name === key ? [value] : []));
}

function boundIn(node: ts.Node, key: string, isKey: IsKey): readonly Written[] {
  if (ts.isCallExpression(node)) return boundBy(node, key, isKey);
  if (ts.isElementAccessExpression(node)) return isKey(node.argumentExpression) ? writtenAt(node) : [];
  if (!ts.isObjectLiteralExpression(node)) return [];
  const all = propertiesOf(node);
  if (!all.some(([name, value]) => naming.test(name) && isKey(value))) return [];
  return all.flatMap(([name, value]) => (holding.test(name) ? [value] : []));
}

/** What a container makes of what it is told: `{ useValue: x }`, `asValue(x)`, `() => x` are x. */
export function meant(value: Written): readonly Written[] {
  const at = value === null ? null : unwrap(value);
  if (at === null) return [null];
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return returnedBy(at).flatMap(meant);
  if (ts.isCallExpression(at) && /^as[A-Z]\w*$/.test(at.expression.getText())) return at.arguments.flatMap(meant);
  if (!ts.isObjectLiteralExpression(at)) return [at];
  const held = propertiesOf(at).filter(([name]) => holding.test(name));
  return held.length === 0 ? [at] : held.flatMap(([, inner]) => meant(inner));
}

const isLiteral = (value: Written): boolean => value !== null && ts.isLiteralExpression(value);

/** The roots of all that the files of a package bind to a key, whatever holds it; texts and numbers do not count. */
export function keyedRoots(by: Follower, key: string): Roots {
  const manifest = packageFile(dirname(by.file.source.path));
  if (manifest === null) return [];
  const text = key.replaceAll('$', '\\$');
  const binds = `(?:\\.\\s*${words}\\s*[(<]|\\b(?:id|key|name|token|provide)\\s*:|\\]\\s*=)`;
  const candidates = new RegExp(`^(?=[^]*(?<![\\w$])${text}(?![\\w$]))(?=[^]*${binds})`);
  return filesMatching(dirname(manifest), candidates).flatMap((path) => {
    const file = parseApart(path);
    if (file === null) return [];
    const there = by.inside(file);
    const isKey: IsKey = (node) => node !== undefined && !ts.isNumericLiteral(node) && keyName(there.of(node)) === key;
    const values = descendants(file.tree)
      .flatMap((node) => boundIn(node, key, isKey))
      .flatMap(meant);
    return there.ofAll(values.filter((value) => !isLiteral(value)));
  });
}
