/** eslint/receiver: what ESLint knows of a receiver and one file's syntax does not: its type, and a class that is only named. */
import type { Scope } from 'eslint';
import { type Owner, ownerDeclared, united } from '../values/typed-owner.ts';
import { constValue, memberName, type Node, type Source, unwrapped, variableOf } from './nodes.ts';

interface TypeLike {
  readonly types?: readonly TypeLike[];
  getProperty(name: string): { readonly declarations?: readonly DeclarationLike[] } | undefined;
}

interface DeclarationLike {
  readonly parent?: { readonly name?: { readonly text?: string } };
  getSourceFile(): { readonly fileName: string };
}

/** What typescript-eslint's parser offers when it runs with types. */
interface TypedServices {
  readonly program?: object | null;
  getTypeAtLocation?(node: Node): TypeLike;
}

const ownerOfDeclaration = (declaration: DeclarationLike): Owner =>
  ownerDeclared(declaration.getSourceFile().fileName, declaration.parent?.name?.text);

/** `null` where types say nothing: there are none, or the value is `any`. */
function byType(source: Source, receiver: Node, method: string): Owner | null {
  const services = source.parserServices as TypedServices;
  if (services.program === undefined || services.program === null) return null;
  const type = services.getTypeAtLocation?.(receiver);
  const parts = type === undefined ? [] : (type.types ?? [type]);
  const found = parts.flatMap((part) => part.getProperty(method)?.declarations?.slice(0, 1) ?? []);
  return found.length === 0 ? null : united(found.map(ownerOfDeclaration));
}

/** Whether a name stands for what this file does not have: nobody declares it here, or a file of the bot exports it. */
function isOfElsewhere(source: Source, name: Node): boolean {
  const [definition] = variableOf(source, name)?.defs ?? [];
  if (definition === undefined) return true;
  const from = definition.type === 'ImportBinding' ? (definition.parent as unknown as Node | null) : null;
  const module = from?.type === 'ImportDeclaration' ? (from.source as Node).value : null;
  return typeof module === 'string' && /^[.#@~]*\//.test(module);
}

/** The class that a name, or a member of a namespace, says it is. */
function classNamed(source: Source, node: Node): Owner | null {
  const name = memberName(node) ?? node.name;
  const root = node.type === 'MemberExpression' ? (node.object as Node) : node;
  if (name !== 'ShardingManager' && name !== 'ShardClientUtil') return null;
  return root.type === 'Identifier' && isOfElsewhere(source, root) ? name : null;
}

/** The parts of the type that is written at a name. */
function writtenTypes({ defs: [definition] }: Scope.Variable): readonly Node[] {
  const name = definition?.name as unknown as
    | { readonly typeAnnotation?: { readonly typeAnnotation: Node } }
    | undefined;
  const type = name?.typeAnnotation?.typeAnnotation;
  return type?.type === 'TSUnionType' ? (type.types as readonly Node[]) : type === undefined ? [] : [type];
}

/** `manager: ShardingManager`, or `manager = new ShardingManager(...)`, of a class that this file only names. */
function byName(source: Source, receiver: Node): Owner | null {
  const at = unwrapped(receiver);
  if (at.type === 'NewExpression') return classNamed(source, at.callee as Node);
  const variable = at.type === 'Identifier' ? variableOf(source, at) : null;
  if (variable === null) return null;
  const types = writtenTypes(variable).flatMap((one) =>
    one.type === 'TSTypeReference' ? [classNamed(source, one.typeName as Node)] : [],
  );
  const given = constValue(variable);
  const value = given?.pattern.type === 'Identifier' ? unwrapped(given.value) : null;
  const made = value?.type === 'NewExpression' ? classNamed(source, value.callee as Node) : null;
  return types.find((one) => one !== null) ?? made;
}

/** The owner of a receiver, where ESLint knows one; `null` leaves it to dc-migrate. */
export function ownerOf(source: Source, receiver: Node, method: string): Owner | null {
  return byType(source, receiver, method) ?? byName(source, receiver);
}

/** Whether it is the `shard` of what is written to be `any`: only its author knows what it is. */
export function isOfAny(source: Source, receiver: Node): boolean {
  const at = unwrapped(receiver);
  const holder = memberName(at) === 'shard' ? unwrapped(at.object as Node) : null;
  const variable = holder?.type === 'Identifier' ? variableOf(source, holder) : null;
  return variable !== null && writtenTypes(variable).some(({ type }) => type === 'TSAnyKeyword');
}
