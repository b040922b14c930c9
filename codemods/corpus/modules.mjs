/** corpus/modules: puts what `corpus/install.mjs` installed for a repository beside its checkout. */
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The folder of a repository below the folder of the modules. */
export const modulesOf = (folder, name) => join(folder, name.replace('/', '+'));

function* moduleFolders(folder) {
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    if (name === 'node_modules') yield join(folder, name);
    else yield* moduleFolders(join(folder, name));
  }
}

/** Links every `node_modules` of a repository to its place in the checkout, and says whether it was installed at all. */
export function linkModules(folder, name, target) {
  const installed = modulesOf(folder, name);
  if (!existsSync(installed)) return false;
  for (const modules of moduleFolders(installed)) symlinkSync(modules, join(target, relative(installed, modules)));
  return true;
}
