/** analyze/type-says-client: whether a written type, or the one a comment names, speaks of a client. */
import { ts } from '../typescript.js';
import { saysClient } from './client-words.ts';
import type { ParsedFile } from './program.ts';

/** The members of an object say nothing of the object: `{ client: Client, shard: Queue }`. */
const says = (type: ts.Node | undefined): boolean =>
  type !== undefined && !ts.isTypeLiteralNode(type) && !ts.isJSDocTypeLiteral(type) && saysClient(type.getText());

/** Whether a type of the same file is made of a client: as another name of it, or as more of it. */
function isMadeOfClient(declaration: ts.Declaration): boolean {
  if (ts.isTypeAliasDeclaration(declaration)) return says(declaration.type);
  if (ts.isInterfaceDeclaration(declaration)) return (declaration.heritageClauses ?? []).some(says);
  const made = ts.isJSDocTypedefTag(declaration) ? declaration.typeExpression : undefined;
  return says(made !== undefined && ts.isJSDocTypeExpression(made) ? made.type : made);
}

/** Whether the type of a variable or a parameter is a client's. */
export function typeSaysClient(
  { checker }: ParsedFile,
  declaration: ts.VariableDeclaration | ts.ParameterDeclaration,
): boolean {
  const type = declaration.type ?? ts.getJSDocType(declaration);
  if (says(type)) return true;
  if (type === undefined || !ts.isTypeReferenceNode(type)) return false;
  return (checker.getSymbolAtLocation(type.typeName)?.declarations ?? []).some(isMadeOfClient);
}
