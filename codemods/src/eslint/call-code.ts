/** eslint/call-code: the reason code of a call, as far as one file and its scopes tell. dc-migrate itself looks further. */
import type { Scope } from 'eslint';
import { isFileBound } from '../analyze/globals.ts';
import type { ReasonCode } from '../rules/reasons.ts';
import {
  constValue,
  descendants,
  isFunction,
  memberName,
  type Node,
  type Source,
  unwrapped,
  variableOf,
} from './nodes.ts';

const dottedPath = /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/;
const optionNames = new Set(['context', 'shard']);

const isText = (node: Node): boolean =>
  (node.type === 'Literal' && typeof node.value === 'string') ||
  node.type === 'TemplateLiteral' ||
  (node.type === 'BinaryExpression' && node.operator === '+');

const calls = (node: Node, name: string): boolean =>
  node.type === 'CallExpression' && (node.callee as Node).name === name;

/** The function a call sends, or why it cannot be told. */
function sent(source: Source, argument: Node | undefined): Node | ReasonCode {
  const at = argument === undefined ? undefined : unwrapped(argument);
  if (at === undefined) return 'DC-D1';
  if (isFunction(at)) return at;
  if (isText(at)) return 'DC-D3';
  if (at.type === 'NewExpression' && (at.callee as Node).name === 'Function') return 'DC-D4';
  if (at.type === 'MemberExpression') return 'DC-D2';
  if (at.type !== 'Identifier') return 'DC-D1';
  const variable = variableOf(source, at);
  const [definition] = variable?.defs ?? [];
  if (variable === null || definition === undefined) return 'DC-D1';
  if (definition.type === 'ImportBinding') return 'DC-I4';
  if (definition.type === 'FunctionName') return definition.node as unknown as Node;
  const value = constValue(variable)?.value;
  return value !== undefined && isFunction(unwrapped(value)) ? unwrapped(value) : 'DC-D1';
}

const isRequired = (variable: Scope.Variable): boolean => {
  const value = constValue(variable)?.value;
  return value !== undefined && [...descendants(value)].some((node) => calls(node, 'require'));
};

/** The names a function takes from outside itself. */
function outside(source: Source, fn: Node): readonly Scope.Reference[] {
  const scope = source.scopeManager.acquire(fn as unknown as Parameters<typeof source.scopeManager.acquire>[0], true);
  // A type is gone when the function runs.
  return (scope?.through ?? []).filter(
    (one) => (one as { readonly isTypeReference?: boolean }).isTypeReference !== true,
  );
}

function ofNames(source: Source, fn: Node): { readonly bound: boolean; readonly code: ReasonCode | null } {
  const references = outside(source, fn);
  const bound = references.some(({ identifier }) => isFileBound((identifier as { readonly name: string }).name));
  const own = references.flatMap(({ resolved }) => (resolved === null || resolved.defs.length === 0 ? [] : [resolved]));
  const imported = (one: Scope.Variable): boolean => one.defs[0]?.type === 'ImportBinding' || isRequired(one);
  if (own.some((one) => !imported(one))) return { bound, code: 'DC-C1' };
  return { bound, code: own.length > 0 ? 'DC-I1' : null };
}

/** What stands in a function and cannot move with it. */
function ofBody(fn: Node): ReasonCode | null {
  const nodes = [...descendants(fn)];
  const member = (node: Node, object: string, name: string): boolean =>
    memberName(node) === name && (node.object as Node).name === object;
  if (nodes.some((node) => node.type === 'CallExpression' && isBroadcast(node))) return 'DC-W4';
  if (nodes.some((node) => calls(node, 'eval'))) return 'DC-D4';
  if (nodes.some((node) => member(node, 'process', 'exit'))) return 'DC-E2';
  if (fn.generator === true) return 'DC-T2';
  const hasOwnThis = fn.type !== 'ArrowFunctionExpression';
  return hasOwnThis && nodes.some((node) => node.type === 'ThisExpression') ? 'DC-T1' : null;
}

const isBroadcast = (node: Node): boolean => memberName(unwrapped(node.callee as Node)) === 'broadcastEval';

function isReadable(source: Source, options: Node | undefined): boolean {
  if (options === undefined) return true;
  const at = unwrapped(options);
  if (at.type === 'Identifier') {
    const variable = variableOf(source, at);
    const value = variable === null ? undefined : constValue(variable)?.value;
    return value?.type === 'ObjectExpression' && isReadable(source, value);
  }
  if (at.type !== 'ObjectExpression') return false;
  const properties = at.properties as readonly Node[];
  return properties.every((one) => optionNames.has((one.key as Node | undefined)?.name as string));
}

/** Whether a call is among the arguments of another broadcast. */
function isNested(call: Node): boolean {
  for (let at = call.parent; at !== undefined && at !== null; at = at.parent) {
    if (at.type === 'CallExpression' && isBroadcast(at)) return true;
  }
  return false;
}

/** The code of a call, or `null` when nothing speaks against rewriting it. */
export function codeOf(source: Source, call: Node, method: 'broadcastEval' | 'fetchClientValues'): ReasonCode | null {
  const [first, second] = call.arguments as readonly Node[];
  if (method === 'fetchClientValues') {
    const path = first?.type === 'Literal' ? first.value : null;
    return typeof path === 'string' && dottedPath.test(path) ? null : 'DC-D5';
  }
  if (isNested(call)) return 'DC-W4';
  const fn = sent(source, first);
  if (typeof fn === 'string') return fn;
  const body = ofBody(fn);
  if (body !== null) return body;
  const { bound, code } = ofNames(source, fn);
  if (bound) return 'DC-C5';
  return isReadable(source, second) ? code : 'DC-R3';
}
