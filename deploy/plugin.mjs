import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tsImport } from 'tsx/esm/api';

/**
 * What `sls` does for Footfall besides its own work: checks the settings, builds, lets a deploy be repeated, says what to do
 * about errors of AWS, and tells what was deployed.
 */
export default class Footfall {
  constructor(serverless, _options, { log }) {
    const deploy = () => prepare(serverless, 'checkDeployment');
    const start = () => prepare(serverless, 'checkSettings');
    this.hooks = {
      'before:package:cleanup': deploy,
      'before:offline:start': start,
      'before:offline:start:init': start,
      'after:offline:start:init': endBundler,
      'before:deploy:function:packageFunction': deploy,
      'after:aws:info:gatherData': () => tell(serverless),
      'before:deploy:deploy': () => extend(serverless),
      'before:rollback:rollback': () => extend(serverless),
      'before:aws:deploy:deploy:createStack': () => ready(serverless, log),
      error: (error) => Promise.all([explain(error), removeCopies()]),
      finalize: removeCopies,
    };
  }
}

async function prepare(serverless, check) {
  const checks = await tsImport('./check-settings.ts', import.meta.url);
  try {
    checks[check](serverless.service.custom.settings, serverless.service.provider.stage);
  } catch (error) {
    throw new serverless.classes.Error(error.message, 'FOOTFALL_SETTINGS');
  }
  await build();
}

/** Builds in a process of its own, because what a build loads stays in memory. */
async function build() {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'deploy/build.ts'], { cwd });
}

/** Ends the process of esbuild, which keeps 250 MB. The next change of a watched file starts it again. */
async function endBundler() {
  await (await import('esbuild')).stop();
}

/** After `sls deploy` and `sls info`: the dashboard's address and the snippets, ready to paste. */
async function tell(serverless) {
  const info = serverless.pluginManager.plugins.find((plugin) => plugin.constructor.name === 'AwsInfo');
  const output = (key) => info.gatheredData.outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  if (!output('TrackUrl')) return;
  await build();
  const { eventsSnippetFor, snippetFor } = await tsImport('../snippet/embed.ts', import.meta.url);
  const { readSetting } = await tsImport('../config/settings.ts', import.meta.url);
  const { settings } = serverless.service.custom;
  const target = [output('TrackUrl'), settings.SITES ? readSetting('SITES', settings) : []];
  serverless.addServiceOutputSection('dashboard', output('DashboardUrl'));
  const domain = output('DomainTarget');
  if (domain) serverless.addServiceOutputSection('domain', `its CNAME record has to name ${domain}`);
  const lake = output('LakeBucketName');
  if (lake) serverless.addServiceOutputSection('lake', `s3://${lake}`);
  serverless.addServiceOutputSection('snippet', `paste this into every page\n\n${snippetFor(...target)}\n`);
  const events = eventsSnippetFor(...target);
  serverless.addServiceOutputSection('events', `paste this too if you want to count more than views\n\n${events}\n`);
}

async function extend(serverless) {
  (await tsImport('./change-sets.ts', import.meta.url)).extendChangeSets(serverless);
}

async function ready(serverless, log) {
  await (await tsImport('./ready-stack.ts', import.meta.url)).readyStack(serverless, (text) => log.notice(text));
}

/** `sls` prints an error after this hook, and its decorated message rather than its message. */
async function explain(error) {
  const explained = (await tsImport('./explain-error.ts', import.meta.url)).explainError(error);
  if (explained) error.decoratedMessage = explained;
}

/**
 * Removes the copies of bundles that serverless-esbuild leaves in the temporary folder. It names them
 * `<function>-<process>-<time>-<random>`, and fails silently to remove them because they are not empty.
 */
async function removeCopies() {
  const ofThisProcess = new RegExp(`^\\w+-${process.pid}-\\d+-[0-9a-f]{8}$`);
  const copies = (await readdir(tmpdir())).filter((name) => ofThisProcess.test(name));
  await Promise.all(copies.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
}
