import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { median, withBundles } from './bundles.ts';
import { useFirehoseProcess } from './firehose-process.ts';

const rounds = 40;
const hitsPerRound = 250;

const body = JSON.stringify({
  referrer: 'https://blog.example.com/',
  tz: 'Europe/Berlin',
  width: 1280,
  bot: false,
  url: 'https://blog.example.com/posts/one-table-is-enough',
});
const headers = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'accept-language': 'de-DE,de;q=0.9,en;q=0.8',
  origin: 'https://blog.example.com',
};

let hits = 0;
/** Returns a view as the snippet sends it. Each visitor has five. */
function nextHit() {
  const visitor = Math.floor(hits++ / 5);
  const ip = `10.${(visitor >> 16) & 255}.${(visitor >> 8) & 255}.${visitor & 255}`;
  return httpEvent({ method: 'POST', path: '/track', headers, ip, body });
}

type Handler = (hit: ReturnType<typeof nextHit>) => Promise<unknown>;

/** Returns the CPU time of a hit in µs, without the database, and the time until its answer, in µs. */
async function timesPerHit(handler: Handler): Promise<{ cpu: number; wall: number }> {
  const events = Array.from({ length: hitsPerRound }, nextHit);
  const start = process.cpuUsage();
  const begin = performance.now();
  for (const event of events) await handler(event);
  const { user, system } = process.cpuUsage(start);
  return { cpu: (user + system) / hitsPerRound, wall: (1000 * (performance.now() - begin)) / hitsPerRound };
}

const database = await useDatabaseProcess();
const firehose = await useFirehoseProcess();
process.env.SITES = 'blog.example.com';

await withBundles(async ({ track = '', bare = '' }) => {
  const handlerWith = async (VISITORS: string, LIVE: string, LAKE = 'off'): Promise<Handler> => {
    Object.assign(process.env, { VISITORS, LIVE, LAKE });
    return (await import(`${track}?visitors=${VISITORS}&live=${LIVE}&lake=${LAKE}`)).handler;
  };
  // Nobody watches the live view.
  const handlers = [
    await handlerWith('off', 'refresh'),
    await handlerWith('on', 'refresh'),
    await handlerWith('on', 'off'),
    await handlerWith('on', 'refresh', 'on'),
    (await import(bare)).handler,
  ];
  for (const handler of handlers) await timesPerHit(handler); // warms it
  const times = handlers.map((): Awaited<ReturnType<typeof timesPerHit>>[] => []);
  for (let i = 0; i < rounds; i++) {
    for (const [which, handler] of handlers.entries()) times[which]?.push(await timesPerHit(handler));
  }
  const row = (track = 0, bare = 0) => ({
    track: Number(track.toFixed(1)),
    bare: Number(bare.toFixed(1)),
    ratio: Number((track / bare).toFixed(2)),
  });
  const [cpuOff, cpuOn, cpuWithoutLive, cpuWithLake, cpuBare] = times.map((each) => median(each.map(({ cpu }) => cpu)));
  const [, wallOn, , wallWithLake, wallBare] = times.map((each) => median(each.map(({ wall }) => wall)));
  console.log(`POST /track and a bare UpdateItem, bundled alike, in turn: medians of ${rounds} rounds`);
  console.table({
    'CPU per warm hit, µs, visitors off': row(cpuOff, cpuBare),
    'CPU per warm hit, µs, visitors on': row(cpuOn, cpuBare),
    'CPU per warm hit, µs, visitors on, LIVE=off': row(cpuWithoutLive, cpuBare),
    'CPU per warm hit, µs, visitors on, LAKE=on': row(cpuWithLake, cpuBare),
    'time until the answer, µs, visitors on': row(wallOn, wallBare),
    'time until the answer, µs, visitors on, LAKE=on': row(wallWithLake, wallBare),
  });
});
database.close();
firehose.close();
