/** A manager that one file hands to a function of another is one there, too. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type SiteReport } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const head = "const { ShardingManager } = require('discord.js');\nconst manager = new ShardingManager('./bot.js');\n";
const ask = "manager.broadcastEval((c) => c.user.setStatus('idle'));";
const whole = `module.exports = async function (manager) { await ${ask} };\n`;

interface Row {
  readonly title: string;
  /** What the file of the manager does. */
  readonly by: string;
  /** The file that is handed it. */
  readonly to: string;
  readonly code: string | null;
  readonly more?: Files;
}

const rows: readonly Row[] = [
  { title: 'what a require gives', by: "require('./jobs.js')(manager);", to: whole, code: null },
  {
    title: 'a name for what a require gives',
    by: "const run = require('./jobs');\nrun(manager);",
    to: whole,
    code: null,
  },
  {
    title: 'a member of what a require gives',
    by: "require('./jobs').run(manager);",
    to: `exports.run = (manager) => { ${ask} };\n`,
    code: null,
  },
  {
    title: 'a name out of what a require gives',
    by: "const { run } = require('./jobs');\nrun(1, manager);",
    to: `function run(n, manager) { ${ask} }\nmodule.exports = { run };\n`,
    code: null,
  },
  {
    title: 'what a require gives, behind another function',
    by: 'start();\nfunction start(one = null) { require("./jobs")(one ?? manager); }',
    to: whole,
    code: 'DC-S3',
  },
  {
    title: 'what a require gives, by way of a third file',
    by: "require('./start')(manager);",
    to: whole,
    code: null,
    more: { 'start.js': "module.exports = (sharder) => { require('./jobs')(sharder); };\n" },
  },
  {
    title: 'what a require gives beside files that are loaded by made names',
    by: "require('./jobs')(manager);",
    to: whole,
    code: null,
    more: { 'load.js': "for (const name of names) require('./commands/' + name);\n" },
  },
  {
    title: 'something else by another caller',
    by: "require('./jobs')(manager);",
    to: whole,
    code: 'DC-S3',
    more: { 'start.js': "require('./jobs')(require('some-manager'));\n" },
  },
  ...[`\`./\${name}\``, "'./jo' + name", "require('path').join(__dirname, name)", 'name'].map((name) => ({
    title: `something else by a loader of ${name}`,
    by: "require('./jobs')(manager);",
    to: whole,
    code: 'DC-S3',
    more: {
      'bus.js': 'exports.Bus = class { broadcastEval() { return []; } };\n',
      'worker.js': `const { Bus } = require('./bus');\nfor (const name of names) require(${name})(new Bus());\n`,
    },
  })),
  {
    title: 'something else by a loader that keeps what its folder has',
    by: "require('./jobs')(manager);",
    to: whole,
    code: 'DC-S3',
    more: { 'worker.js': `for (const name of names) all.push(require(\`./\${name}\`));\n` },
  },
  {
    title: 'something else by a loader of a folder that a const names',
    by: "require('./jobs')(manager);",
    to: whole,
    code: 'DC-S3',
    more: {
      'worker.js':
        "const path = require('path');\nconst folder = path.join(__dirname, '.');\nfor (const name of names) { const run = require(path.join(folder, name)); run(queue); }\n",
    },
  },
  {
    title: 'what a require gives beside a loader of another folder',
    by: "require('./jobs')(manager);",
    to: whole,
    code: null,
    more: {
      'commands/one.js': 'module.exports = (queue) => queue.close();\n',
      'worker.js':
        "const path = require('path');\nconst folder = path.join(__dirname, 'commands');\nfor (const name of names) { const run = require(path.join(folder, name)); run(queue); all.push(run); }\n",
    },
  },
  ...['client', 'manager'].map((given) => ({
    title: `what a require gives beside a loader that hands over a ${given}`,
    by: `require('./jobs')(manager);\nrequire('./worker')(${given === 'manager' ? given : "new (require('discord.js').Client)({})"});`,
    to: whole,
    code: null,
    more: { 'worker.js': `module.exports = (${given}) => { for (const name of names) require(name)(${given}); };\n` },
  })),
  {
    title: 'something else in parentheses',
    by: "require('./jobs')(manager);\n(require('./jobs'))(require('some-manager'));",
    to: whole,
    code: 'DC-S3',
  },
  {
    title: 'what a require gives, by a function that calls itself',
    by: "require('./jobs')(manager, 0);",
    to: `module.exports = menu;\nasync function menu(manager, page) { await ${ask} if (page < 3) menu(manager, page + 1); }\n`,
    code: null,
  },
  { title: 'several at once', by: "require('./jobs')(...[manager]);", to: whole, code: 'DC-S3' },
  { title: 'nothing by a name that is passed on', by: "f(require('./jobs'), manager);", to: whole, code: 'DC-S3' },
  { title: 'nothing by anybody', by: '', to: whole, code: 'DC-S3' },
];

describe('a function of another file that is handed a manager by', () => {
  let found: readonly { readonly text: string; readonly site: SiteReport | undefined }[] = [];
  beforeAll(async () => {
    const all: (typeof found)[number][] = [];
    for (const { by, to, more } of rows) {
      const root = project({ ...cjsBot, 'index.js': `${head}manager.spawn();\n${by}\n`, 'jobs.js': to, ...more });
      const { sites } = await migrate({ paths: ['.'], cwd: root });
      all.push({ text: read(root)['jobs.js'] ?? '', site: sites.find(({ file }) => file === 'jobs.js') });
    }
    found = all;
  });

  test.each(rows.map(({ title, code }, i) => [title, code, i] as const))('%s: %s', (_title, code, i) => {
    expect(found[i]?.site?.code ?? null).toBe(code);
    expect(found[i]?.text.includes("manager.ipc.requestAll('")).toBe(code === null);
  });
});
