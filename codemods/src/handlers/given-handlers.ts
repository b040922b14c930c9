/** handlers/given-handlers: the handlers files that a manager's options name, and how they name one more. */
import { dirname } from 'node:path';
import { isCore, isMoved } from '../managers/manager-library.ts';
import { knownFile, type ManagerSite, optionsLiteral } from '../managers/managers.ts';
import { filesMatching, settingsMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import { readSource, type TextStyle } from '../project/source.ts';
import { constValue } from '../syntax/const-value.ts';
import type { Splice } from '../syntax/edits.ts';
import { addProperty } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isChanged } from '../values/changed-values.ts';
import { type GivenMember, givenMember, isRepeatable, memberOfValue, type UnknownMember } from './given-members.ts';

/** Names one more file, given as it is written in code. */
export type AddFile = (path: string, style: TextStyle) => readonly Splice[];

/** The handlers files in a manager's options. */
export interface GivenHandlers {
  /** Each file as it is written. */
  readonly files: readonly ts.Expression[];
  /** Where files are named that cannot be read. */
  readonly unread: ts.Node | null;
  /** Names one more; a text says why that cannot be done. */
  readonly add: AddFile | string;
}

const given = (add: AddFile | string, files: readonly ts.Expression[] = []): GivenHandlers => ({
  ...{ files, add },
  unread: null,
});

const unread = (node: ts.Node, why: string): GivenHandlers => ({ files: [], unread: node, add: why });

const over = ({ start, end }: { start: number; end: number }, text: string): readonly Splice[] => [
  { start, end, text },
];

const rangeOf = (node: ts.Node): { start: number; end: number } => ({ start: node.getStart(), end: node.end });

const isNamed = (text: string): boolean => /(?<![-\w/])hybrid(?![-\w/])/.test(text);

const hybridMember = /(?<![-\w/])hybrid(?:['"`]\]?)?\??\s*(?:[:,}(]|=(?!=))/;
const buildsManager = /\bnew\s+[\w.]*(?:Sharding|Cluster)?Manager\b/;

/** Whether another file of the package has a member `hybrid`, and no manager that it stands in the options of. */
function isNamedElsewhere(path: string): boolean {
  const root = dirname(packageFile(dirname(path)) ?? path);
  const code = filesMatching(root, hybridMember).filter((one) => !buildsManager.test(readSource(one)?.text ?? ''));
  return code.length > 0 || settingsMatching(root, hybridMember).length > 0;
}

/** Reads the options of one manager. */
class Options {
  readonly #file: ParsedFile;
  readonly #manager: ManagerSite;
  /** Whether files stand beside the other options, and not under `hybrid`. */
  readonly #flat: boolean;
  readonly #core: boolean;

  constructor(manager: ManagerSite, becomesCore: boolean) {
    this.#manager = manager;
    this.#file = manager.file;
    this.#core = isCore(manager);
    this.#flat = this.#core || becomesCore;
  }

  read(): GivenHandlers {
    const [started, options] = this.#manager.node.arguments ?? [];
    if (started === undefined || ts.isSpreadElement(started) || (options !== undefined && ts.isSpreadElement(options)))
      return given('the manager is built without plain arguments');
    if (options === undefined)
      return given((path) => over({ start: started.end, end: started.end }, `, { ${this.#option(path)} }`));
    // Nobody needs a spread of nothing.
    if (isNothing(options)) return given((path) => over(rangeOf(options), `{ ${this.#option(path)} }`));
    const literal = optionsLiteral(this.#file, options, this.#core ? 'handlers' : 'hybrid');
    return literal === null ? this.#inValue(options) : this.#inOptions(literal);
  }

  #option(path: string): string {
    return this.#flat ? `handlers: ${path}` : `hybrid: { handlers: ${path} }`;
  }

  /** What cannot be read holds handlers only where somebody has thought of shardlift. */
  #mayHave({ isThere }: UnknownMember): boolean {
    const { path, text } = this.#file.source;
    return isThere || isMoved(this.#manager) || isNamed(text) || isNamedElsewhere(path);
  }

  /** Options that something which is not read brings to a place. */
  #beside(member: UnknownMember, node: ts.Node, add: (option: string, style: TextStyle) => readonly Splice[]) {
    if (this.#mayHave(member)) return unread(node, 'not all of its options are written there');
    const { from } = member;
    if (from === null) return given('not all of its options are written there');
    // Whatever they hold under `hybrid` stays.
    const kept = from.map((one) => `...${one.getText()}?.hybrid, `).join('');
    return given((path, style) => add(`hybrid: { ${kept}handlers: ${path} }`, style));
  }

  /** Options that are not written there. */
  #inValue(options: ts.Expression): GivenHandlers {
    const member = memberOfValue(this.#file, options, this.#core ? 'handlers' : 'hybrid');
    const beside = (option: string): readonly Splice[] =>
      over(rangeOf(options), `{ ...${options.getText()}, ${option} }`);
    if (member.kind === 'unknown') return this.#beside(member, options, beside);
    if (!isRepeatable(options)) return given('the options of the manager are computed');
    return given((path) => beside(this.#option(path)));
  }

  #inOptions(literal: ts.ObjectLiteralExpression): GivenHandlers {
    if (this.#core) return this.#inHandlers(literal);
    const hybrid = givenMember(this.#file, literal, 'hybrid');
    if (hybrid.kind === 'none') return given((path, style) => addProperty(literal, this.#option(path), style));
    if (hybrid.kind === 'unknown')
      return this.#beside(hybrid, literal, (option, style) => addProperty(literal, option, style));
    if (isNothing(hybrid.value)) return given((path) => replaced(hybrid, `{ handlers: ${path} }`));
    const inner = optionsLiteral(this.#file, hybrid.value, 'handlers');
    return inner === null ? unread(hybrid.value, 'hybrid is not written as an object there') : this.#inHandlers(inner);
  }

  /** The object whose member `handlers` names the files. */
  #inHandlers(literal: ts.ObjectLiteralExpression): GivenHandlers {
    const member = givenMember(this.#file, literal, 'handlers');
    if (member.kind === 'none') return given((path, style) => addProperty(literal, `handlers: ${path}`, style));
    if (member.kind === 'unknown')
      return unread(member.from?.[0] ?? literal, 'not all of its options are written there');
    if (isNothing(member.value)) return given((path) => replaced(member, path));
    return this.#inFiles(member);
  }

  #inFiles(member: Extract<GivenMember, { kind: 'value' }>): GivenHandlers {
    const { value } = member;
    const at = constValue(this.#file, value);
    if (ts.isArrayLiteralExpression(at)) {
      const isWhole = !at.elements.some(ts.isSpreadElement) && !isChanged(this.#file, value);
      const add: AddFile = (path) =>
        at === unwrap(value) ? appended(at, path) : replaced(member, `[...${value.getText()}, ${path}]`);
      return { files: at.elements, unread: isWhole ? null : value, add };
    }
    // The path of a file that this is no list of.
    if (knownFile(this.#file, at) === null) return unread(value, 'the handlers it has are not written there');
    return given((path) => replaced(member, `[${value.getText()}, ${path}]`), [value]);
  }
}

function appended(list: ts.ArrayLiteralExpression, path: string): readonly Splice[] {
  const last = list.elements.at(-1);
  const at = last?.end ?? list.getStart() + 1;
  return [{ start: at, end: at, text: `${last === undefined ? '' : ', '}${path}` }];
}

function replaced({ value, property }: Extract<GivenMember, { kind: 'value' }>, text: string): readonly Splice[] {
  return over(rangeOf(value), ts.isShorthandPropertyAssignment(property) ? `${property.name.text}: ${text}` : text);
}

/**
 * Reads the handlers files that a manager's options name.
 *
 * @param becomesCore - whether this run makes it a ClusterManager of shardlift, where `hybrid` is nothing of its own
 */
export const handlersGiven = (manager: ManagerSite, becomesCore = false): GivenHandlers =>
  new Options(manager, becomesCore).read();
