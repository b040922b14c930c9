/** plan/declares-cluster: types of the old library that say for every file of a bot what the cluster of its client is. */
import type { Site } from '../sites/sites.ts';
import { placesOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Whether a file says for all others what the `cluster` of a client is: `declare module 'discord.js'`. */
export const declaresCluster = ({ file: { tree } }: Site): boolean =>
  placesOf(tree, 'cluster').some(({ parent: member }) => {
    if (!ts.isPropertySignature(member) || !ts.isInterfaceDeclaration(member.parent)) return false;
    const { name, parent } = member.parent;
    const module = ts.isModuleBlock(parent) ? parent.parent.name.text : null;
    return name.text === 'Client' && module === 'discord.js';
  });
