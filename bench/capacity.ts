import { useDatabaseProcess } from '../local/database-process.ts';
import { handlerTransport } from '../local/handlers.ts';
import { startMeter } from '../local/meter.ts';
import { type DatedHit, history } from '../simulator/clickstream.ts';
import { demoSite } from '../simulator/read-site.ts';
import { type Capacity, type ChargedHit, play } from './capacity-model.ts';

// Plays a day of hits against tables of a capacity: how many hits wait on the queue, for how long, and how many views lose
// their visitor. The real handler and the embedded database charge each hit first. Then the model plays the charges.
// docs/decisions/022-capacity.md has the results.

const visitorsOfDay = Number(process.argv[2] ?? 3_500); // about 10,000 views

/** Part of the day's visitors who come at once, from a second of the day on. */
interface Burst {
  share: number;
  from: number;
  seconds: number;
}

const bursts: Burst[] = [
  { share: 0.15, from: 9 * 3600, seconds: 600 }, // a newsletter
  { share: 0.35, from: 18 * 3600, seconds: 300 }, // a link on a popular site
];

const midnight = Date.UTC(2026, 2, 15);
const until = midnight + 86_399_000;

/** Returns the hits of a day, sorted by time. Those of a burst's visitors begin in its seconds. */
function dayOf(all: Burst[]): DatedHit[] {
  const plan = { site: demoSite, origin: 'https://blog.example.com', seed: 7, visitors: true, run: 'x' };
  const visits = [...history(plan, { visitors: visitorsOfDay, days: 1, until })].filter(({ length }) => length > 0);
  let first = 0;
  for (const { share, from, seconds } of all) {
    const count = Math.round(share * visits.length);
    for (const [i, hits] of visits.slice(first, first + count).entries()) {
      const shift = midnight + (from + Math.floor((i / count) * seconds)) * 1000 - (hits[0]?.at ?? 0);
      for (const hit of hits) hit.at += shift;
    }
    first += count;
  }
  const sent = visits.flat().filter(({ at }) => at >= midnight && at <= until);
  return sent.sort((a, b) => a.at - b.at);
}

const database = await useDatabaseProcess();
const meter = await startMeter(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint,
  SITES: 'blog.example.com',
  HIT_TIMEOUT: '20000',
});
const send = await handlerTransport();

/** Sends hits one after the other, and returns what each was charged. */
async function charged(hits: DatedHit[]): Promise<ChargedHit[]> {
  const all: ChargedHit[] = [];
  for (const { at, hit } of hits) {
    meter.charged();
    await send(hit, at);
    const writes = meter.writes();
    const units = (name: string) =>
      writes.filter(({ table }) => table === name).reduce((sum, write) => sum + write.units, 0);
    const item = writes.findLast(({ table }) => table === 'SiteStatistics')?.item ?? '';
    all.push({
      at: (at - midnight) / 1000,
      visitors: units('SiteVisitors'),
      statistics: units('SiteStatistics'),
      item,
    });
  }
  return all;
}

const day = await charged(dayOf(bursts));
/** The most that the default of API_RATE lets through: 500 at once, then 25 a second, like the day's hits. */
const busiest = (hours: number) =>
  Array.from({ length: 500 + 25 * 3600 * hours }, (_, i): ChargedHit => {
    const hit = day[i % day.length] as ChargedHit;
    return { ...hit, at: Math.max(0, Math.floor((i - 500) / 25)) };
  });
await meter.close();
database.close();

const kept = { secondsKept: 300 }; // AWS: "Burst capacity" keeps up to 300 s, if its partition has room
const capacities: Record<string, Capacity> = {
  'on demand, 50 + 50': { visitors: 50, statistics: 50, secondsKept: 1 },
  'free, 12 + 13': { statistics: 12, visitors: 13, ...kept },
  'free, 16 + 9': { statistics: 16, visitors: 9, ...kept },
  'free, 12 + 13, nothing kept': { statistics: 12, visitors: 13, secondsKept: 1 },
};
const cases = {
  'A day with bursts': day,
  'An hour of 25 hits a second': busiest(1),
  'Six hours of 25 hits a second': busiest(6),
};
for (const [name, hits] of Object.entries(cases)) {
  const sum = (units: (hit: ChargedHit) => number) => hits.reduce((total, hit) => total + units(hit), 0);
  console.log(
    `${name}: ${hits.length} hits, ${sum((hit) => hit.visitors)} + ${sum((hit) => hit.statistics)} write units`,
  );
  console.table(Object.fromEntries(Object.entries(capacities).map(([of, capacity]) => [of, play(hits, capacity)])));
}
