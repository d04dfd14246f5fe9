import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, daysUpTo } from '../core/calendar/day.ts';
import { daysOf } from '../core/calendar/month.ts';
import { monthRollup } from '../core/counters/month-rollup.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { startMeter } from '../local/meter.ts';
import { median } from './bundles.ts';

// Measures the dashboard of a year with 200 pages a day, before and after the roll-up, and the roll-up itself.
const pages = 200;
const today = '2026-11-21';
const days = daysUpTo(today, 356); // from 1 December
const epoch = Date.parse(`${today}T12:00:00Z`);

const database = await useDatabaseProcess();
const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
const meter = await startMeter(endpoint);
Object.assign(process.env, { SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true' });
const client = new DynamoDBClient();

/** Returns about thirty counters of a page on a day, as real pages have. Five have names that strangers choose. */
function countersOf(page: number, day: number): Record<string, number> {
  const some = (kind: string, count: number, from: number) =>
    Array.from({ length: count }, (_, i) => [`${kind}_${(page * 7 + day * 3 + i * 5) % from}`, 1 + ((page + day) % 4)]);
  const visits = Object.fromEntries(
    ['views', 'visitors', 'site_visitors', 'visits', 'engaged', 'seconds'].map((name) => [name, 9]),
  );
  const closed = [some('hour', 8, 24), some('country', 4, 40), some('device', 2, 3), some('browser', 3, 9)];
  const others = [some('os', 3, 6), some('language', 3, 20)];
  const open = [some('views', 1, 9), some('source', 1, 9), some('referrer', 3, 80)];
  return { ...visits, ...Object.fromEntries([...closed, ...others, ...open].flat()) };
}

async function fill(day: Day): Promise<void> {
  const items = Array.from({ length: pages }, (_, page) => {
    const numbers = Object.entries(countersOf(page, Date.parse(day) / 86_400_000)).map(([name, n]) => [
      name,
      { N: `${n}` },
    ]);
    const url = `https://blog.example.com/${page}/what-one-table-is-enough-for`;
    return { PutRequest: { Item: { ...Object.fromEntries(numbers), day: { S: day }, url: { S: url } } } };
  });
  for (let i = 0; i < items.length; i += 25)
    await client.send(new BatchWriteItemCommand({ RequestItems: { SiteStatistics: items.slice(i, i + 25) } }));
}

for (const day of days) await fill(day);

/** Returns the CPU time of `work` in this process, in milliseconds. */
async function cpuOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1000);
}

/** Loads a function anew, with the endpoint of the meter or of the database itself. */
async function load(name: string, endpoint: string) {
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint;
  return (await import(`../functions/${name}.ts?${loads++}`)).handler;
}
let loads = 0;

/** Measures DynamoDB's charge for an event, and the function's median CPU without the meter. */
async function measure(name: string, event: object, times = 1): Promise<object> {
  await (await load(name, meter.endpoint))(event);
  const charge = meter.charged();
  const handler = await load(name, endpoint);
  const cpus: number[] = [];
  for (let i = 0; i < times; i++) cpus.push(await cpuOf(() => handler(event)));
  return { ...charge, 'CPU, ms': median(cpus) };
}

const year = httpEvent({ epoch, query: { period: '12mo' }, headers: { 'accept-encoding': 'br' } });
const results: Record<string, object> = {};
const time = `${today}T03:30:00Z`;
results['dashboard before the roll-up'] = await measure('dashboard', year, 5);
results['roll-up of one month'] = await measure('rollup', { time, month: '2026-10' }, 5);
await (await load('rollup', endpoint))({ time });
results['dashboard after the roll-up'] = await measure('dashboard', year, 5);
console.log(`GET /dashboard?period=12mo of ${pages} pages a day, and the roll-up, by ConsumedCapacity`);
console.table(results);

// The worst case. npm run bench gives it a heap of 700 MB.
const { add, rows } = monthRollup('2026-10', { maxPagesPerDay: 5_000, maxNamesPerDimension: 24 });
const flood = await cpuOf(() => {
  for (const [i, day] of daysOf('2026-10').entries())
    for (let page = 0; page < 5_000; page++) {
      const names = Array.from({ length: 25 }, (_, name) => `views_${i}-${page}-${name}${'𝒳'.repeat(50)}`);
      // Parsed as from an answer, so that rows share no strings.
      const counters = new Map<string, number>(JSON.parse(JSON.stringify(names.map((name) => [name, 1]))));
      add([{ partition: day, url: `https://blog.example.com/${i}/${page}`, counters }]);
    }
  rows();
});
console.log(`Roll-up of a flooded month, 31 × 5,000 pages with 25 long names each: ${flood} ms of CPU`);
client.destroy();
await meter.close();
database.close();
