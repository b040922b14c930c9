/** A function that moves out of a class reads what is private there by its name, which TypeScript lets everybody do. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

const own = `import { Client } from 'discord.js';

export class Bot extends Client<true> {
  private hits = 0;
  protected readonly words: string[] | undefined = [];
  readonly seen: string[] = [];

  private drop(id: string): void {
    this.hits += id.length;
  }

  async all(id: string) {
    await this.shard?.broadcastEval((c, { id: one }) => (c as Bot).drop(one), { context: { id } });
    const a = await this.shard!.broadcastEval((c) => (c as Bot).words?.length);
    const b = await this.shard!.broadcastEval((c) => (c as Bot | null)?.words?.length);
    const d = await this.shard!.broadcastEval((c) => (c as Bot).seen.length);
    const e = await this.shard!.broadcastEval(() => {
      class Own {
        private n = 1;
        read(other: Own) {
          return other.n;
        }
      }
      return new Own().read(new Own());
    });
    return [a, b, d, e];
  }
}
`;

test('a private member of the class around a call', async () => {
  const root = project({ ...tsBot, 'src/own.ts': own });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const calls = sites.filter(({ file }) => file === 'src/own.ts');
  expect(calls.map(({ outcome }) => outcome)).not.toContain('left');
  const { 'src/cluster-handlers.ts': handlers = '' } = read(root);
  expect(handlers).toContain("(c as Bot)['drop'](one)");
  expect(handlers).toContain("(c as Bot)['words']?.length");
  expect(handlers).toContain("(c as Bot | null)?.['words']?.length");
  expect(handlers).toContain('(c as Bot).seen.length');
  expect(handlers).toContain('return other.n;');
});

const command = (taken: string, asked: string): string =>
  `import { Command } from '@gone/framework';\n\nexport class About extends Command {\n  async run() {\n    ${taken}\n    return (await ${asked}.broadcastEval((c) => c.guilds.cache.size)).reduce((a, b) => a + b, 0);\n  }\n}\n`;

test('an error of what leads to a client is no new one where its cluster is asked', async () => {
  const root = project({
    ...tsBot,
    'src/a.ts': command("const { shard } = this.container.client;\n    if (!shard) throw new Error('none');", 'shard'),
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const [first] = sites.filter(({ file }) => file === 'src/a.ts');
  expect(first).toMatchObject({ outcome: 'rewritten' });
  expect(read(root)['src/a.ts']).toContain('this.container.client.cluster.ipc.requestAll(');
});
