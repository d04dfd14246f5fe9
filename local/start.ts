import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { startApp } from './app.ts';
import { databaseFolder, folderOf, historyDone, lakeFolder } from './folder.ts';
import { historyOf } from './history.ts';
import { isFree } from './listen.ts';
import { parsePort } from './parse-port.ts';
import { withProgress } from './progress.ts';

const port = chosenPort();
for (const wanted of [port, port + 1]) {
  if (!(await isFree(wanted))) fail(`Port ${wanted} is in use. Choose another one, for example: PORT=4000 npm start`);
}

// A history that was cut short starts over, because its views would count twice.
const firstStart = !existsSync(historyDone(port));
if (firstStart)
  for (const folder of [databaseFolder, lakeFolder]) await rm(folder(port), { recursive: true, force: true });
await mkdir(databaseFolder(port), { recursive: true });

console.log('Starting …');
const starting = startApp(port).catch((error: Error) => fail(error.message));
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
const app = await starting;

if (firstStart) {
  console.log('Writing a year of simulated readers …');
  const progress = { done: 0, all: 1 };
  const hits = await withProgress(progress, () => historyOf(app, progress, stopping.signal));
  if (stopping.signal.aborted) await stop();
  await writeFile(historyDone(port), '');
  console.log(`Wrote ${hits.toLocaleString('en')} simulated hits.`);
} else {
  await app.rollUp();
}
const ownSites =
  app.ownSites.length > 0
    ? `\n  Your sites    ${app.ownSites.join(', ')}, with the snippet from ${new URL('install', app.dashboardUrl)}`
    : '';
console.log(`
  Demo blog     ${app.blogOrigin}/
  Dashboard     ${app.dashboardUrl}${app.password ? `\n  Password      ${app.password}` : ''}
  Live traffic  ${app.trafficUrl}${ownSites}

Press Ctrl-C to stop. Data stays in ${folderOf(port)}. Delete that folder to start over.`);

async function stop(): Promise<never> {
  stopping.abort();
  await (await starting).close();
  process.exit();
}

function chosenPort(): number {
  try {
    return parsePort(process.env.PORT ?? '3000', 'PORT');
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
