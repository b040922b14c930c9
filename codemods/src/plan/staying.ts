/** plan/staying: managers that a run sees and cannot move. Their clients have no cluster to ask. */
import { isMoved } from '../managers/manager-library.ts';
import { hybridAlias } from '../project/dependency-version.ts';
import { generatedAmong } from '../project/generated.ts';
import { foldersOf, type PackageInfo, usesHybrid } from '../project/package-info.ts';
import { type Finding, finding, type ReasonCode } from '../rules/reasons.ts';
import type { Outside } from '../sites/outside.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { descendants, isTypePosition, placesOf, positionOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { shown } from '../wording/shown-path.ts';
import { declaresCluster } from './declares-cluster.ts';
import { buildsBoth } from './halves-built.ts';

/** What earlier rounds of planning took out of the plan. */
interface Dropped {
  readonly files: ReadonlySet<string>;
  readonly sites: ReadonlyMap<Site, unknown>;
}

/** What staying managers are asked with. */
export interface Asked {
  readonly dropped: Dropped;
  /** The folder that places are told from. */
  readonly cwd: string;
}

/** Codes of mentions that may be discord.js's own class; the others belong to somebody else. */
const ofDiscord: ReadonlySet<ReasonCode> = new Set(['DC-M3', 'DC-F1']);

/** `manager instanceof x.ShardingManager` holds for shardlift's as well: its class extends discord.js's. */
export function isCompared({ file: { tree }, at }: Site): boolean {
  return descendants(tree).some((node) => {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword) return false;
    return node.right.getStart() <= at && at < node.right.end;
  });
}

function stays(site: Site, { files, sites }: Dropped): boolean {
  const { file, method, verdict } = site;
  if (method !== 'ShardingManager' || verdict.kind === 'call') return false;
  if (verdict.kind === 'left') return ofDiscord.has(verdict.finding.code) && !isCompared(site);
  return sites.has(site) || files.has(file.source.path);
}

const named = /(?:^|\.)ShardingManager$/;

/** Whether the file of a mention builds or extends the class under its own name. */
function builds(group: PackageSites, { file, verdict }: Site): boolean {
  const { tree, source } = file;
  if (verdict.kind === 'left' && verdict.finding.code === 'DC-F1')
    return /\b(?:new|extends)\s+[\w.]*\bShardingManager\b/.test(source.text);
  const known = group.managers.filter((one) => one.file === file);
  if (verdict.kind === 'swap') return known.length > 0;
  return descendants(tree).some((node) => {
    if (ts.isNewExpression(node)) return named.test(node.expression.getText()) && !known.some((m) => m.node === node);
    return ts.isHeritageClause(node) && node.types.some(({ expression }) => named.test(expression.getText()));
  });
}

/**
 * Why no call of a package can be rewritten: a ShardingManager of discord.js stays, and its clients have no `cluster`.
 * A mention that builds nothing counts only where no other manager of the package is or becomes shardlift's.
 */
export function stayingManager(group: PackageSites, { dropped, cwd }: Asked): Finding | null {
  if (usesHybrid(group.info)) return stayingHybrid(group, { dropped, cwd });
  const staying = group.sites.filter((site) => stays(site, dropped));
  const files = new Set(staying.map(({ file }) => file));
  const moved = group.managers.some(({ file }) => !files.has(file));
  const why = staying.find((site) => (moved ? builds(group, site) : !isBroken(site) || builds(group, site)));
  if (why === undefined) return null;
  return finding('DC-M8', { where: placeOf(why, cwd) });
}

/** The same of a manager in files of the package that were not named, as it would be with all of them given. */
export function stayingOutside({ own }: Outside, cwd: string): Finding | null {
  return own === null
    ? null
    : stayingManager(own, { dropped: { files: generatedAmong(own.files), sites: new Map() }, cwd });
}

/** Whether a package builds a manager that is shardlift's already. */
export const hasMoved = ({ managers }: PackageSites): boolean => managers.some(isMoved);

/** The names that an import or `import x = require()` brings, but for those it says are types; `null` for other ways to load. */
function valuesBy(node: ts.Node): readonly ts.Identifier[] | null {
  if (ts.isExternalModuleReference(node)) {
    const { isTypeOnly, modifiers, name } = node.parent;
    // What `export import` brings is for others.
    if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true) return null;
    return isTypeOnly ? [] : [name];
  }
  if (!ts.isImportDeclaration(node)) return null;
  const { importClause: clause } = node;
  if (clause === undefined) return null;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { name, namedBindings } = clause;
  const whole = name === undefined ? [] : [name];
  if (namedBindings === undefined) return whole;
  if (ts.isNamespaceImport(namedBindings)) return [...whole, namedBindings.name];
  return [...whole, ...namedBindings.elements.filter((one) => !one.isTypeOnly).map((one) => one.name)];
}

/** Whether an import brings types only, or names that only types say; they take no part when the bot runs. */
export function isOfTypes({ file: { tree }, at }: Site): boolean {
  const module = descendants(tree).find((node) => ts.isStringLiteralLike(node) && node.getStart() === at);
  const parent = module?.parent;
  if (parent === undefined) return false;
  if (ts.isLiteralTypeNode(parent)) return true;
  if (ts.isExportDeclaration(parent)) {
    const { isTypeOnly, exportClause } = parent;
    const named = exportClause !== undefined && ts.isNamedExports(exportClause) ? exportClause.elements : [];
    return isTypeOnly || (named.length > 0 && named.every((one) => one.isTypeOnly));
  }
  const values = valuesBy(parent);
  return (
    values?.every((name) => placesOf(tree, name.text).every((one) => one === name || isTypePosition(one))) === true
  );
}

/** A load of it, as far as a text tells that does not parse. */
const loadsHybrid = /(?:\bfrom|\b(?:require|import)\s*\()\s*(['"`])discord-hybrid-sharding\1/;

/** Whether an import of discord-hybrid-sharding stays, and not for types alone; that of a client's `cluster` is every file's. */
export function staysHybrid(site: Site, dropped: Dropped): boolean {
  const { verdict } = site;
  const isLeft = verdict.kind === 'left' && /^DC-M1[14]$/.test(verdict.finding.code);
  return (isLeft || isTakenBack(site, dropped)) && (!isOfTypes(site) || declaresCluster(site));
}

/** Whether the check of an earlier round took an import of discord-hybrid-sharding back. */
export function isTakenBack(site: Site, { sites, files }: Dropped): boolean {
  const { verdict, file } = site;
  const isModule = verdict.kind === 'swap' && verdict.mention.kind === 'module';
  return isModule && (sites.has(site) || files.has(file.source.path));
}

/** What keeps the classes of discord-hybrid-sharding in use, or may. */
export interface HeldPlace {
  readonly what: 'import' | 'mention' | 'name' | 'text';
  readonly where: string;
}

/** Why what asks those classes stays: an import of them does, or what may be one. */
export const staysFor = ({ what, where }: HeldPlace): Finding =>
  what === 'import'
    ? finding('DC-M12', { what: 'The import', where, does: 'stays the one of' })
    : finding('DC-M12', { what: 'What stands', where, does: 'may keep this bot with' });

/** An import that stays. */
export const importPlace = (site: Site, cwd: string): HeldPlace => ({
  what: 'import',
  where: placeOf(site, cwd),
});

/** A mention that may be an import, in a file of which nobody can tell. */
export const brokenPlace = (site: Site, cwd: string): HeldPlace => ({
  what: 'mention',
  where: `${placeOf(site, cwd)} (in a file that does not parse)`,
});

/** The place that gives the library a second name, under which a half of a bot may stay. */
export function aliasPlace(info: PackageInfo, cwd: string): HeldPlace | null {
  const [alias] = foldersOf(info).flatMap((folder) => hybridAlias(folder) ?? []);
  if (alias === undefined) return null;
  const where = `${shown(alias.path, cwd)} (which names it ${alias.name}; import it by its own name)`;
  return { what: 'name', where };
}

/** The same of discord-hybrid-sharding: where its classes stay in use, `client.cluster` may be theirs. */
function stayingHybrid(group: PackageSites, { dropped, cwd }: Asked): Finding | null {
  const why = group.sites.find((site) => staysHybrid(site, dropped));
  const held = why === undefined ? unseenHybrid(group, cwd) : importPlace(why, cwd);
  return held === null ? null : staysFor(held);
}

/** The names of its classes, as far as a text tells that does not parse. */
const namesClass = /\b(?:\w*Cluster)?(?:Manager|Client)\b/;

/** Where its classes may be in use unseen; what names none of them counts unless those of both halves are seen to move. */
function unseenHybrid(group: PackageSites, cwd: string): HeldPlace | null {
  const broken = group.sites.filter((site) => isBroken(site) && loadsHybrid.test(site.file.source.text));
  const naming = broken.find((site) => namesClass.test(site.file.source.text));
  if (naming !== undefined) return brokenPlace(naming, cwd);
  const [first] = broken;
  const held = first === undefined ? aliasPlace(group.info, cwd) : brokenPlace(first, cwd);
  return held === null || buildsBoth(group, cwd) ? null : held;
}

/** A place as reports say it. */
export const placeOf = ({ file, at }: Site, cwd: string): string =>
  `${shown(file.source.path, cwd)}:${positionOf(file.tree, at).line}`;

/** A name in a file that does not parse may be a word of a comment. */
export const isBroken = ({ verdict }: Site): boolean => verdict.kind === 'left' && verdict.finding.code === 'DC-F1';
