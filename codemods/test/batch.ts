/** test/batch: many small files in one bot, migrated at once, since a run costs more than a file. */
import { migrate, type SiteReport } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

/** One file after the run, and what the report says of its calls. */
export interface Migrated {
  readonly text: string;
  readonly sites: readonly SiteReport[];
}

/**
 * Migrates each text as a file of its own of one CommonJS bot.
 *
 * @param more - files of that bot beside them
 */
export async function migrateAll(bodies: readonly string[], more: Files = {}): Promise<readonly Migrated[]> {
  const path = (index: number): string => `x${index}.js`;
  const files = Object.fromEntries(bodies.map((body, index) => [path(index), `${body}\n`]));
  const root = project({ ...cjsBot, ...more, ...files });
  const report = await migrate({ paths: ['.'], cwd: root });
  const after = read(root);
  return bodies.map((_, index) => {
    const calls = report.sites.filter(({ file, method }) => file === path(index) && !method.startsWith('Shard'));
    return { text: after[path(index)] ?? '', sites: calls };
  });
}
