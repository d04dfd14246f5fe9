import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { median, withBundles } from './bundles.ts';

// Measures cold starts: a fresh process loads a bundle and answers one event.
const rounds = Number(process.argv[2] ?? 30);

const url = 'https://blog.example.com/posts/one-table-is-enough';
const body = JSON.stringify({ referrer: 'https://news.example/', tz: 'Europe/Berlin', width: 1280, bot: false, url });
const headers = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'accept-language': 'de-DE,de;q=0.9,en;q=0.8',
  origin: 'https://blog.example.com',
};
const view = httpEvent({ method: 'POST', path: '/track', headers, body });
const now = new Date().toISOString();
const browser = { 'accept-encoding': 'gzip, deflate, br' };

/** The first event of each function. */
const events: Record<string, object> = {
  bare: view,
  plain: view,
  track: view,
  dashboard: httpEvent({ headers: browser }),
  stats: httpEvent({ path: '/stats.json', headers: browser }),
  purgeSalts: { time: now },
  rollup: { time: now },
  drain: { Records: [{ messageId: '1', body: JSON.stringify({ day: now.slice(0, 10), url, add: { views: 1 } }) }] },
};

const program = `
  const cpu = () => process.cpuUsage().user + process.cpuUsage().system;
  const times = [[performance.now(), cpu()]];
  const { handler } = await import(process.argv[1]);
  times.push([performance.now(), cpu()]);
  await handler(JSON.parse(process.argv[2]));
  times.push([performance.now(), cpu()]);
  console.log(JSON.stringify(times));
  process.exit();`;

/** Returns five times of a fresh process in ms: to load, CPU of that, to answer, of both, CPU of both. */
function coldStart(path: string, event: object): number[] {
  const args = ['--input-type=module', '-e', program, path, JSON.stringify(event)];
  const [[start, cpu0], [loaded, cpu1], [answered, cpu2]] = JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8' }),
  );
  return [loaded - start, (cpu1 - cpu0) / 1000, answered - loaded, answered - start, (cpu2 - cpu0) / 1000];
}

const database = await useDatabaseProcess();
Object.assign(process.env, { SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true', TIME_ZONE: 'Europe/Berlin' });

await withBundles(async (bundles) => {
  const samples = Object.entries(bundles).map(([name, path]) => {
    const event = events[name];
    if (!event) throw new Error(`bench/cold.ts has no first event for ${name}: add one to its events.`);
    coldStart(path, event); // warms the database and the disk cache
    return { name, path, event, times: [[], [], [], [], []] as number[][] };
  });
  for (let i = 0; i < rounds; i++) {
    for (const { path, event, times } of samples)
      for (const [which, time] of coldStart(path, event).entries()) times[which]?.push(time);
  }
  const measured = samples.map(({ name, path, times }) => ({
    name,
    numbers: [statSync(path).size / 1000, ...times.map(median)],
  }));
  const bare = measured.find(({ name }) => name === 'bare')?.numbers ?? [];
  const titles = ['bundle, KB', 'load, ms', 'load, ms of CPU', 'answer, ms', 'both, ms', 'both, ms of CPU'];
  const cell = (number: number, i: number) => `${number.toFixed(0)} (${(number / (bare[i] ?? 1)).toFixed(2)} ×)`;
  console.log(`Cold starts, in turn: medians of ${rounds} rounds, and their ratio to a bare UpdateItem`);
  console.table(
    Object.fromEntries(
      measured.map(({ name, numbers }) => [
        name,
        Object.fromEntries(numbers.map((number, i) => [titles[i], cell(number, i)])),
      ]),
    ),
  );
});
database.close();
