/** handlers/member-names: `Discord.ShardingManager` by a name of its own, the one that the file has for it or a new one. */
import { type MemberUse, optionsType } from '../managers/companions.ts';
import { coreName } from '../managers/core-names.ts';
import type { ImportBinding } from '../modules/bindings.ts';
import type { StyledText, TextStyle } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { endOf, loadsModule } from '../syntax/statements.ts';
import { isTypePosition, placeSaid } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { addedLine, statementOf } from './added-import.ts';

/** What members become, and the imports that new ones stand in the place of. */
export interface MovedMembers {
  readonly splices: readonly Splice[];
  readonly replaced: readonly ts.Statement[];
}

interface Given {
  readonly members: readonly MemberUse[];
  /** The named imports that move, too. */
  readonly named: readonly ImportBinding[];
  /** Imports that nothing else uses. */
  readonly unused: readonly ts.Statement[];
  /** The module they move to. */
  readonly from: string;
  readonly core: boolean;
}

const memberName = ({ node }: MemberUse): string => (ts.isQualifiedName(node) ? node.right : node.name).text;

const blockOf = ({ node }: ImportBinding): ts.Node => statementOf(node).parent;

/** Whether a required name is there when a member is read: required before the module is, or next to it. */
function isThere(name: ImportBinding, { node, binding: whole }: MemberUse): boolean {
  const block = blockOf(name);
  if (whole.style === 'import' || block !== blockOf(whole) || !('statements' in block)) return false;
  if (node.pos < statementOf(name.node).end) return false;
  const all = block.statements as ts.NodeArray<ts.Statement>;
  const between = all.slice(all.indexOf(statementOf(whole.node)), all.indexOf(statementOf(name.node)));
  return between.every(loadsModule);
}

/** Whether a member can be said by a name that the file imports. */
function serves({ checker }: ParsedFile, name: ImportBinding, member: MemberUse): boolean {
  const { node } = member;
  if (name.typeOnly && !isTypePosition(node)) return false;
  if (name.style === 'require' && !isThere(name, member)) return false;
  const seen = checker.getSymbolsInScope(node, ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Alias);
  const declared = seen.find((one) => one.name === name.local)?.declarations;
  return declared?.some((one) => one === name.node) === true;
}

/** What new imports are called, and the members that take them. */
interface Naming {
  readonly given: Given;
  readonly newName: (member: MemberUse) => string;
  readonly localOf: (name: string) => string;
}

/** A name as it stands between the braces of a new import. */
function pair(name: string, local: string, beside: ts.Statement): string {
  const as = ts.isVariableStatement(beside) ? ': ' : ' as ';
  return name === local ? name : `${name}${as}${local}`;
}

const isOfTypes = (member: MemberUse): boolean => member.binding.typeOnly || memberName(member) === optionsType;

/** Members of modules that one block loads get one line, behind the first of them. */
function ofBlock(members: readonly MemberUse[], { given, newName, localOf }: Naming, styled: StyledText): MovedMembers {
  const uses = members.map((one) => ({ start: one.node.getStart(), end: one.node.end, text: localOf(newName(one)) }));
  const statements = members.map(({ binding }) => statementOf(binding.node));
  const statement = statements.reduce((first, one) => (one.pos < first.pos ? one : first));
  const typeOnly = members.every(isOfTypes);
  const names = [...new Set(members.map(newName))].sort().map((name) => {
    const typed = !typeOnly && members.every((one) => newName(one) !== name || isOfTypes(one));
    return `${typed ? 'type ' : ''}${pair(name, localOf(name), statement)}`;
  });
  const added = addedLine(statement, { names: names.join(', '), typeOnly, from: given.from }, styled);
  if (!given.unused.includes(statement)) return { splices: [...uses, added], replaced: [] };
  // Nothing else used the import: the new one stands in its place.
  const instead = { start: statement.getStart(), end: endOf(statement), text: added.text.trim() };
  return { splices: [...uses, instead], replaced: [statement] };
}

/** Gives members of modules names of their own: those that the file imports already, or new ones. */
export function memberNames(file: ParsedFile, given: Given, style: TextStyle): MovedMembers {
  const { members, named, core } = given;
  const moved = (name: string): string => (core ? coreName(name) : name);
  const newName = (member: MemberUse): string => moved(memberName(member));
  // Where the name changes, the file is going to have it.
  const locals = named.map(({ imported, local }) => (imported === local ? moved(local) : local));
  const localOf = (name: string): string =>
    placeSaid(file.tree, name) !== undefined || locals.includes(name) ? `Shardlift${name}` : name;
  const splices: Splice[] = [];
  const blocks = new Map<ts.Node, MemberUse[]>();
  for (const member of members) {
    const at = named.findIndex((one) => one.imported === memberName(member) && serves(file, one, member));
    const text = locals[at];
    if (text !== undefined) splices.push({ start: member.node.getStart(), end: member.node.end, text });
    else blocks.set(blockOf(member.binding), [...(blocks.get(blockOf(member.binding)) ?? []), member]);
  }
  const lines = [...blocks.values()].map((some) =>
    ofBlock(some, { given, newName, localOf }, { text: file.source.text, style }),
  );
  return {
    splices: [...splices, ...lines.flatMap((one) => one.splices)],
    replaced: lines.flatMap(({ replaced }) => replaced),
  };
}
