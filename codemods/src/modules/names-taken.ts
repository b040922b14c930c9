/** modules/names-taken: the names that a file takes out of a module, and the exports by which others get it from there. */
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import { among, type Held, itself, type Taken, under } from './held.ts';
import { keyOf, loneDefault } from './module-places.ts';
import { NamesFollowed } from './names-followed.ts';

/** Begins where a file names a module. */
class NamesTaken extends NamesFollowed {
  ofMention({ parent }: ts.StringLiteralLike, held: Held): void {
    if (ts.isImportDeclaration(parent)) this.#ofImport(parent, held);
    else if (ts.isExternalModuleReference(parent)) this.ofName(parent.parent.name, held);
    else if (ts.isCallExpression(parent)) this.ofValue(parent, held);
    else if (ts.isExportDeclaration(parent)) this.#ofExport(parent, held);
    else if (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) {
      const { qualifier } = parent.parent;
      if (qualifier !== undefined) this.#ofPath(qualifier, held);
    }
  }

  #ofImport(statement: ts.ImportDeclaration, held: Held): void {
    const clause = statement.importClause;
    // Of a package the default is written as the whole module.
    const package_ = held === itself;
    const lone = package_ ? loneDefault(statement) : undefined;
    if (lone !== undefined) {
      this.ofName(lone.name, held);
      return;
    }
    if (clause?.name !== undefined) {
      if (package_) this.ofName(clause.name, held);
      else this.take('default', clause.name, held);
    }
    const beside = clause?.namedBindings;
    if (beside === undefined) return;
    if (ts.isNamespaceImport(beside)) this.ofName(beside.name, held);
    else for (const one of beside.elements) this.take(keyOf(one), one.name, held);
  }

  #ofExport({ exportClause }: ts.ExportDeclaration, held: Held): void {
    if (exportClause === undefined) {
      if (held.path[0] !== 'default') this.exports.push({ ...among(held), again: false });
    } else if (ts.isNamespaceExport(exportClause)) this.exports.push(under(exportClause.name.text, held));
    else
      for (const one of exportClause.elements) {
        const next = this.member(keyOf(one), one, held);
        if (next !== null) this.exports.push(under(one.name.text, next));
      }
  }

  /** `import('x').H.Client` */
  #ofPath(name: ts.EntityName, held: Held): Held | null {
    if (ts.isIdentifier(name)) return this.member(name.text, name, held);
    const next = this.#ofPath(name.left, held);
    return next === null ? null : this.member(name.right.text, name, next);
  }
}

/** What a file takes out of a module where it names it, or out of what a module holds. */
export function namesTaken(file: ParsedFile, module: ts.StringLiteralLike, held: Held = itself): Taken {
  const taken = new NamesTaken(file);
  taken.ofMention(module, held);
  return taken;
}
