/** eslint/nodes: ESTree with the few nodes of TypeScript around values, and what names in it refer to. */
import type { Rule, Scope } from 'eslint';

/** A node of ESTree, or of typescript-eslint's extension of it. */
export interface Node {
  readonly type: string;
  /** The root of a file has none. */
  readonly parent?: Node | null;
  readonly range?: readonly [number, number];
  readonly [field: string]: unknown;
}

/** What ESLint knows of the file. */
export type Source = Rule.RuleContext['sourceCode'];

const wrappers = new Set([
  'TSNonNullExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'ChainExpression',
]);

/** A value without the casts, marks and parentheses around it. */
export function unwrapped(node: Node): Node {
  return wrappers.has(node.type) ? unwrapped(node.expression as Node) : node;
}

/** The name of `x.name` or `x['name']`; `null` for one that is computed. */
export function memberName(node: Node): string | null {
  if (node.type !== 'MemberExpression') return null;
  const property = node.property as Node;
  if (node.computed !== true) return property.name as string;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}

/** What a name refers to at its place; `null` for a global that nobody declares. */
export function variableOf(source: Source, name: Node): Scope.Variable | null {
  const around = source.getScope(name as unknown as Parameters<Source['getScope']>[0]);
  for (let scope: Scope.Scope | null = around; scope !== null; scope = scope.upper) {
    const found = scope.set.get(name.name as string);
    if (found !== undefined) return found;
  }
  return null;
}

/** The value a `const` was given: itself, or the one it is taken out of by a pattern. */
export function constValue(variable: Scope.Variable): { readonly value: Node; readonly pattern: Node } | null {
  const [definition] = variable.defs;
  if (definition?.type !== 'Variable' || definition.parent?.kind !== 'const') return null;
  const { init, id } = definition.node as unknown as { readonly init: Node | null; readonly id: Node };
  return init === null ? null : { value: init, pattern: id };
}
