import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { startApp } from './app.ts';
import { isFree } from './listen.ts';

const folder = process.env.DATABASE_FOLDER ?? new URL('../.local/database', import.meta.url).pathname;
const historyDone = `${folder}-has-history`;
const historyDays = 30;

const port = Number(process.env.PORT ?? 3000);
if (!Number.isInteger(port) || port < 1 || port > 65534)
  fail(`PORT is "${process.env.PORT}": it takes a number from 1 to 65534.`);
for (const wanted of [port, port + 1]) {
  if (!(await isFree(wanted))) fail(`Port ${wanted} is in use: choose another, for example with PORT=4000 npm start.`);
}

// A history that was cut short starts over: its views would be counted twice.
const firstStart = !existsSync(historyDone);
if (firstStart) await rm(folder, { recursive: true, force: true });

console.log('Starting …');
const app = await startApp({ port, blogPort: port + 1, folder });
process.once('SIGINT', end);
process.once('SIGTERM', end);

if (firstStart) {
  Object.assign(process.env, app.environment);
  const { sendHistory } = await import('./history.ts');
  const sent = await sendHistory(new URL(app.blogUrl).origin, historyDays, Date.now());
  await writeFile(historyDone, '');
  console.log(`Sent ${sent} simulated page views of the last ${historyDays} days.`);
}
console.log(
  `\n  Demo blog  ${app.blogUrl}\n  Dashboard  ${app.dashboardUrl}\n\nCtrl-C ends both. Delete .local to start over.`,
);

async function end(): Promise<void> {
  await app.close();
  process.exit();
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
