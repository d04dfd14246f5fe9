import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { httpEvent } from '../local/event.ts';
import { median, withBundles } from './bundles.ts';
import { useDatabaseProcess } from './database.ts';

const rounds = 40;
const hitsPerRound = 250;

/** A page view as the snippet sends it. */
const event = httpEvent({
  method: 'POST',
  path: '/track',
  headers: {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    origin: 'https://blog.example.com',
  },
  body: JSON.stringify({
    referrer: 'https://blog.example.com/',
    tz: 'Europe/Berlin',
    width: 1280,
    bot: false,
    url: 'https://blog.example.com/posts/one-table-is-enough',
  }),
});

/** Milliseconds that importing a bundle takes in a fresh process. */
function loadTime(path: string): number {
  const program = `const start = performance.now(); await import('${path}'); console.log(performance.now() - start)`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program]));
}

/** Microseconds of CPU that a hit takes, user and system, in this process: not the database's. */
async function cpuPerHit(handler: (hit: typeof event) => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  for (let i = 0; i < hitsPerRound; i++) await handler(event);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / hitsPerRound;
}

const database = await useDatabaseProcess();
process.env.SITES = 'blog.example.com';

await withBundles(async ({ track, bare }) => {
  const handlers = [(await import(track)).handler, (await import(bare)).handler];
  for (const handler of handlers) await cpuPerHit(handler); // to warm it
  const loads: number[][] = [[], []];
  const cpus: number[][] = [[], []];
  for (let i = 0; i < rounds; i++) {
    for (const [which, path] of [track, bare].entries()) {
      loads[which]?.push(loadTime(path));
      cpus[which]?.push(await cpuPerHit(handlers[which]));
    }
  }
  const row = ([ours = 0, least = 0]: number[]) => ({
    track: Number(ours.toFixed(1)),
    bare: Number(least.toFixed(1)),
    ratio: Number((ours / least).toFixed(2)),
  });
  console.log(`POST /track against one bare UpdateItem, bundled alike, in turn: medians of ${rounds} rounds`);
  console.table({
    'bundle, KB': row([track, bare].map((path) => statSync(path).size / 1000)),
    'module load, ms': row(loads.map(median)),
    'CPU per warm hit, µs': row(cpus.map(median)),
  });
});
database.close();
