/**
 * api-report: writes down what every built entry exports, so that a change of the public API shows in review.
 *
 *     npm run api                 fails when dist/ exports something else than etc/ says, or something undocumented
 *     npm run api -- --update     rewrites the reports in etc/
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const entries = ['index', 'compat', 'compat-hybrid', 'testing'];

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const update = process.argv.includes('--update');

/** The names an entry exports, from the list at the end of its bundled declarations. */
function exportsOf(entry) {
  const lists = readFileSync(pathOf(`dist/${entry}.d.mts`), 'utf8').matchAll(/^export \{(.*?)\}/gms);
  return new Set([...lists].flatMap(([, list]) => list.split(',').map((name) => name.trim().replace(/^type /, ''))));
}

/** Not printed; the informational lines say only which TypeScript it brings along. */
const silent = [ExtractorLogLevel.Verbose, ExtractorLogLevel.Info, ExtractorLogLevel.None];

/** Makes the report of one entry; tells whether it is the committed one and nothing was wrong. */
function report(entry) {
  const exported = exportsOf(entry);
  const base = ExtractorConfig.loadFile(pathOf('api-extractor.json'));
  const config = ExtractorConfig.prepare({
    configObject: {
      ...base,
      projectFolder: pathOf('.'),
      mainEntryPointFilePath: pathOf(`dist/${entry}.d.mts`),
      // Alone: a door may add to the declarations of another, which the extractor cannot take apart again.
      compiler: { overrideTsconfig: { ...base.compiler.overrideTsconfig, include: [`dist/${entry}.d.mts`] } },
      apiReport: { ...base.apiReport, reportFileName: `${entry}.api.md` },
    },
    configObjectFullPath: pathOf('api-extractor.json'),
    packageJsonFullPath: pathOf('package.json'),
  });
  const result = Extractor.invoke(config, {
    localBuild: update,
    messageCallback(message) {
      // Exports have to be documented; members whose names say it all and types nobody can name need not be.
      const [, name = ''] = /^Missing documentation for "(.*)"/.exec(message.text) ?? [];
      const spared = message.sourceFileColumn !== 1 || !exported.has(name);
      if (message.messageId === 'ae-undocumented' && spared) message.logLevel = ExtractorLogLevel.None;
      if (silent.includes(message.logLevel)) message.handled = true;
    },
  });
  if (result.apiReportChanged && !update) {
    console.error(`etc/${entry}.api.md is not what dist/${entry}.d.mts exports. Look at temp/${entry}.api.md;`);
    console.error('if the change is meant, run `npm run api -- --update` and commit the report.');
  }
  return result.succeeded;
}

const present = entries.filter((entry) => existsSync(pathOf(`dist/${entry}.d.mts`)));
if (present.length === 0) {
  console.error('There is nothing in dist/ to report on. Run `npm run build` first.');
  process.exitCode = 2;
} else {
  const failed = present.filter((entry) => !report(entry));
  console.log(
    failed.length === 0 ? `API as reported: ${present.join(', ')}.` : `API report failed: ${failed.join(', ')}.`,
  );
  if (failed.length > 0) process.exitCode = 1;
}
