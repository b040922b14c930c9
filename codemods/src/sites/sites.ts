/** sites/sites: every mention of every file, with what can be done about it before any name is given. */
import { dirname } from 'node:path';
import { type CallPlan, understandCall } from '../calls/call.ts';
import type { PlannedCalls } from '../calls/nested.ts';
import type { WrapperGiven } from '../calls/wrapper-elsewhere.ts';
import type { ReceiverGiven } from '../clients/receiver.ts';
import { compiledFrom } from '../files/compiled-beside.ts';
import { clusterTypes, type PlacedSplice } from '../managers/cluster-types.ts';
import { type ManagerSite, managerNames, managersOf } from '../managers/managers.ts';
import { type Mention, mentionsOf } from '../managers/mentions.ts';
import { orderedArguments } from '../managers/named-arguments.ts';
import { handedOn, namesElsewhere } from '../managers/names-elsewhere.ts';
import type { TakenName } from '../modules/held.ts';
import { namesTaken } from '../modules/names-taken.ts';
import { hasOwn } from '../modules/own-exports.ts';
import { mentionPattern } from '../project/discover.ts';
import { otherLibrary, type PackageInfo, readPackage, usesHybrid } from '../project/package-info.ts';
import type { SourceText } from '../project/source.ts';
import { hybridNames, hybridParts } from '../rules/hybrid-names.ts';
import type { Method } from '../rules/methods.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Access } from '../syntax/access.ts';
import { type ParsedFile, parsedAlone, parseFiles, syntaxErrors } from '../syntax/program.ts';
import { positionOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { shown } from '../wording/shown-path.ts';
import { isInside, untangled } from './untangled.ts';

/** One mention and the first verdict on it. */
export interface Site {
  readonly file: ParsedFile;
  readonly method: Method;
  readonly receiver: string;
  /** Where it starts in the file. */
  readonly at: number;
  /** The access that a call goes through; `null` for any other mention. */
  readonly access: Access | null;
  readonly verdict:
    | { readonly kind: 'left'; readonly finding: Finding }
    | { readonly kind: 'call'; readonly plan: CallPlan }
    | {
        readonly kind: 'swap';
        readonly mention: Mention;
        /** Edits of other places that this one needs. */
        readonly beside?: readonly PlacedSplice[];
        /** The comments among those edits that hid an error of the old library. */
        readonly unused?: readonly string[];
        /** Places where arguments may still go by the order that an older library took them in. */
        readonly unnamed?: readonly string[];
        /** Those of which nothing tells whether they start shards. */
        readonly unknown?: readonly string[];
      };
}

/** The files of one package, analysed. */
export interface PackageSites {
  readonly info: PackageInfo;
  readonly files: readonly ParsedFile[];
  readonly sites: readonly Site[];
  readonly managers: readonly ManagerSite[];
  /** The bots that load this package, where several do: it belongs to none of them. */
  readonly bots?: readonly PackageSites[];
}

function ofBroken(file: ParsedFile): readonly Site[] {
  const pattern = new RegExp(mentionPattern, 'g');
  const [error] = syntaxErrors(file.tree);
  const { line, column } = positionOf(file.tree, error?.start ?? 0);
  const what = ts.flattenDiagnosticMessageText(error?.messageText, ' ');
  return [...file.source.text.matchAll(pattern)].map((match) => ({
    file,
    method: match[1] as Method,
    receiver: '',
    at: match.index,
    access: null,
    verdict: { kind: 'left', finding: finding('DC-F1', { where: `${line}:${column}`, what }) },
  }));
}

/** What the user asked for that changes how a call is understood. */
export interface SiteOptions {
  /** Also rewrite texts that discord.js 11 and 12 and hybrid-sharding evaluate. */
  readonly legacy: boolean;
  /** Pass captured variables as data. */
  readonly fixCaptures: boolean;
  /** Use the cluster's own methods where they do the same. */
  readonly idioms?: boolean;
  /** Handlers go beside the client, where nothing says what they give. */
  readonly inline?: boolean;
  /** Managers of shardlift/compat become ClusterManagers too. */
  readonly core?: boolean;
  /** Knows the owner of some receivers already. */
  readonly told?: ReceiverGiven['told'];
}

/** What a verdict on one mention depends on beside it. */
interface Around {
  readonly info: PackageInfo;
  readonly options: SiteOptions;
  /** Whether the file imports a ShardingManager that moves. */
  readonly swapped: boolean;
  readonly planned: PlannedCalls;
  /** The files of the package, and the folder places are told from. */
  readonly files: readonly ParsedFile[];
  readonly cwd: string;
}

/** Why the import of discord-hybrid-sharding stays: somebody takes what the drop-in does not have, here or elsewhere. */
function stayingModule(file: ParsedFile, module: ts.StringLiteralLike, given: WrapperGiven): Finding | null {
  const { names, exports, open } = namesTaken(file, module);
  const lacks = ({ name, mixed }: Pick<TakenName, 'name' | 'mixed'>): boolean =>
    mixed ? hybridParts.has(name) : !hybridNames.has(name);
  const elsewhere = namesElsewhere(file, exports, given);
  const missing = [
    ...names.filter((one) => lacks(one) && !(one.mixed && hasOwn(file, one.name))).map(({ name }) => name),
    ...elsewhere.names.filter(lacks).map(({ name, where }) => `${name} (taken at ${where})`),
  ];
  if (missing.length > 0) return finding('DC-M11', { names: [...new Set(missing)].join(', ') });
  const why = open === null ? elsewhere.open : handedOn(file, open, given.cwd);
  return why === null ? null : finding('DC-M14', { why });
}

/** Why something that is no call of its own is left in this package. */
function whyLeft({ why, receiver }: Extract<Mention, { kind: 'other' }>, { info }: Around): Finding {
  const { code, details } = why;
  // A bot of another library keeps its manager.
  if (code === 'DC-M5' && otherLibrary(info) !== null) return finding('DC-S1', details);
  // Until now there is no such client without discord-hybrid-sharding, and that of shardlift has no such method.
  const missing = code === 'DC-S8' && /\bcluster\b\W*$/.test(receiver) && !usesHybrid(info);
  return missing ? finding('DC-S6', { ...details, receiver }) : why;
}

/** What becomes of an import of discord-hybrid-sharding. */
function ofModule(
  file: ParsedFile,
  mention: Extract<Mention, { kind: 'module' }>,
  { info, files, cwd }: Around,
): Site['verdict'] {
  const library = otherLibrary(info);
  if (library !== null) return { kind: 'left', finding: finding('DC-S1', { method: mention.method, owner: library }) };
  const why = stayingModule(file, mention.module, { files, cwd });
  if (why !== null) return { kind: 'left', finding: why };
  const { beside, unnamed, unknown } = orderedArguments(files, { root: info.root, cwd, library: 'hybrid' });
  const types = clusterTypes(files, file);
  // Said where the manager is taken, and not at each client's import as well.
  const isTaken = managerNames.test(file.source.text);
  const said = isTaken ? { unnamed, unknown } : {};
  return { kind: 'swap', mention, beside: [...types, ...beside], ...said };
}

function verdictOf(file: ParsedFile, mention: Mention, around: Around): Site['verdict'] {
  const { info, options, swapped, planned, files, cwd } = around;
  const library = otherLibrary(info);
  if (mention.kind === 'other') return { kind: 'left', finding: whyLeft(mention, around) };
  if (mention.kind === 'call') {
    const given = {
      method: mention.method,
      otherLibrary: library,
      hybrid: usesHybrid(info),
      planned,
      files,
      root: info.root,
      cwd,
      keepDirectives: false,
      keepNothing: false,
      idioms: false,
      inline: false,
      ...options,
    };
    const plan = understandCall({ file, call: mention.call, access: mention.access }, given);
    return 'code' in plan ? { kind: 'left', finding: plan } : { kind: 'call', plan };
  }
  if (mention.kind === 'module') return ofModule(file, mention, around);
  // ShardClientUtil keeps working from discord.js; it moves only beside a ShardingManager.
  const beside = swapped && mention.kind === 'import';
  if (mention.method !== 'ShardingManager' && !beside)
    return { kind: 'left', finding: finding('DC-M4', { method: mention.method }) };
  if (mention.method !== 'ShardingManager') return { kind: 'swap', mention };
  return { kind: 'swap', mention, ...orderedArguments(files, { root: info.root, cwd, library: 'discord' }) };
}

function siteOf(file: ParsedFile, mention: Mention, verdict: Site['verdict']): Site {
  const base = { file, method: mention.method, access: null, verdict };
  if (mention.kind === 'call') {
    const { access, call } = mention;
    return { ...base, access, receiver: access.expression.getText(), at: call.getStart() };
  }
  if (mention.kind === 'import')
    return { ...base, receiver: mention.binding.specifier, at: mention.binding.node.getStart() };
  if (mention.kind === 'module') return { ...base, receiver: mention.module.text, at: mention.module.getStart() };
  if (mention.kind === 'other') return { ...base, receiver: mention.receiver, at: mention.node.getStart() };
  const left = ts.isPropertyAccessExpression(mention.node) ? mention.node.expression : mention.node.left;
  return { ...base, receiver: left.getText(), at: mention.node.getStart() };
}

/** Whether a call is all there is to change, so that it can become a request inside a handler. */
const isWhole = ({ reference, methodConst, wrapper, choice, silenced }: CallPlan): boolean =>
  reference === null && methodConst === null && wrapper === null && choice === null && !silenced;

/** What is a part of another call has one way to be written. */
function settled(mention: Mention, mentions: readonly Mention[], verdict: Site['verdict']): Site['verdict'] {
  if (verdict.kind !== 'call' || verdict.plan.silenced) return verdict;
  const part = mentions.some((other) => isInside(mention, other));
  return part ? { ...verdict, plan: { ...verdict.plan, instead: null } } : verdict;
}

function sitesOf(file: ParsedFile, around: Omit<Around, 'swapped' | 'planned'>): readonly Site[] {
  if (syntaxErrors(file.tree).length > 0) return ofBroken(file);
  const mentions = mentionsOf(file, around.options.core);
  const from = compiledFrom(file.source.path, file.source.text);
  if (from !== null) {
    const why = finding('DC-F4', { file: shown(file.source.path, around.cwd), source: shown(from, around.cwd) });
    return mentions.map((mention) => siteOf(file, mention, { kind: 'left', finding: why }));
  }
  const swapped = mentions.some((m) => m.kind === 'import' && m.method === 'ShardingManager');
  const planned = new Map<ts.Node, CallPlan>();
  const verdicts = new Map<Mention, Site['verdict']>();
  // From the end of the file on: what stands inside a call is understood before the call.
  for (const mention of [...mentions].reverse()) {
    const verdict = settled(mention, mentions, verdictOf(file, mention, { ...around, swapped, planned }));
    verdicts.set(mention, verdict);
    if (mention.kind === 'call' && verdict.kind === 'call' && isWhole(verdict.plan))
      planned.set(mention.call, verdict.plan);
  }
  const sites = mentions.flatMap((mention) => {
    const verdict = verdicts.get(mention);
    return verdict === undefined ? [] : [siteOf(file, mention, verdict)];
  });
  return untangled(mentions, sites);
}

/** Whether a file can be read, and is what somebody writes. */
const isWritten = ({ tree, source: { path, text } }: ParsedFile): boolean =>
  syntaxErrors(tree).length === 0 && compiledFrom(path, text) === null;

/** Parses the candidates and analyses them, package by package. */
export function analyseSites(
  sources: readonly SourceText[],
  cwd: string,
  options: SiteOptions,
): readonly PackageSites[] {
  const packages = new Map<string, { info: PackageInfo; files: ParsedFile[] }>();
  for (const file of parseFiles(sources)) {
    const info = readPackage(dirname(file.source.path), cwd);
    const known = packages.get(info.root) ?? { info, files: [] };
    known.files.push(file);
    packages.set(info.root, known);
  }
  return [...packages.values()].map(({ info, files }) => ({
    info,
    files,
    sites: files.flatMap((file) => sitesOf(file, { info, options, files, cwd })),
    managers: files.flatMap((file) => (isWritten(file) ? managersOf(file) : [])),
  }));
}

/** What is known already of one text, and what is asked of it. */
export interface AloneOptions extends Partial<Pick<SiteOptions, 'legacy' | 'fixCaptures' | 'told'>> {
  readonly cwd: string;
}

/** Analyses one text for itself, by its syntax: types and other files of the package are not looked at. */
export function sitesAlone(source: SourceText, { cwd, told, ...asked }: AloneOptions): readonly Site[] {
  const file = parsedAlone(source);
  if (file === null) return [];
  const info = readPackage(dirname(source.path), cwd);
  const options = { legacy: false, fixCaptures: false, told, ...asked };
  return sitesOf(file, { info, options, files: [file], cwd });
}
