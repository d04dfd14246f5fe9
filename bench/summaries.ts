import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, daysBetween, daysUpTo } from '../core/calendar/day.ts';
import { daysOf, type Month, monthAfter, monthOf } from '../core/calendar/month.ts';
import { yearOf } from '../core/calendar/year.ts';
import { type Counters, isUnbounded } from '../core/counters/names.ts';
import type { Summary } from '../core/counters/summary.ts';
import { summaryBuilder } from '../core/counters/summary-builder.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { startMeter } from '../local/meter.ts';
import { rollupState } from '../store/rollup-state.ts';
import { summariesStore } from '../store/summaries.ts';
import { median } from './bundles.ts';

// Measures dashboards that are read from summaries and the rows of today, and the roll-up of a day. The site has the same
// number of pages on each day. A page has forty names and eight hours.
const today: Day = '2026-11-21';
const epoch = Date.parse(`${today}T20:00:00Z`);
const site = 'blog.example.com';

interface Case {
  name: string;
  pages: number;
  /** The first day that is filled. Its earlier range is filled, too. */
  from: Day;
  /** What is filled before today, beside the days that the range reads. */
  unit: 'day' | 'month';
  query: Record<string, string>;
  /** Whether each page and each name from outside exists on one date only. */
  isFlooded?: boolean;
}

/** Those of functions/rollup.ts with the default settings. */
const caps = { maxPages: 5_000, maxUrlBytes: 1_000_000, maxNames: 2_000 };

const cases: Case[] = [
  { name: '7 days × 100 pages', pages: 100, from: dayAfter(today, -13), unit: 'day', query: { period: '7d' } },
  { name: '90 days × 1,000 pages', pages: 1_000, from: dayAfter(today, -179), unit: 'day', query: { period: '90d' } },
  {
    name: '90 days × 1,000 pages, one country',
    ...{ pages: 1_000, from: dayAfter(today, -179), unit: 'day', query: { period: '90d', country: 'C3' } },
  },
  { name: '12 months × 200 pages', pages: 200, from: '2024-12-01', unit: 'month', query: { period: '12mo' } },
  {
    name: 'ten years × 200 pages by month',
    ...{ pages: 200, from: '2016-12-01', unit: 'month', query: { from: '2016-12-01', to: today, by: 'month' } },
  },
  {
    name: '12 flooded months × 5,000 pages',
    ...{ pages: 5_000, from: '2024-12-01', unit: 'month', query: { period: '12mo' }, isFlooded: true },
  },
  { name: 'ten years × 200 pages', pages: 200, from: '2016-12-01', unit: 'month', query: { period: 'all' } },
];

/** Returns the counters of a page on a day. Few pages have most of the views. */
function countersOf(page: number, day: number): Counters {
  const views = 1 + Math.floor((2_000 / (page + 2)) * (1 + ((page * 7_919 + day * 104_729) % 100) / 100));
  const some = (prefix: string, count: number, from: number) =>
    Array.from({ length: count }, (_, i) => [`${prefix}${(page * 7 + day * 3 + i * 5) % from}`, 1 + (views % (i + 2))]);
  return {
    ...{ views, visitors: views, site_visitors: 1 + (views >> 1), visits: 1 + (views >> 1), engaged: 3, seconds: 90 },
    channel_search: 1 + (views >> 1),
    ...Object.fromEntries([
      ...[...some('hour_', 8, 24), ...some('country_C', 8, 60), ...some('language_', 4, 20), ...some('device_', 2, 3)],
      ...[
        ...some('browser_', 4, 12),
        ...some('os_', 3, 8),
        ...some('referrer_site', 8, 300),
        ...some('views_s', 3, 40),
      ],
      ...[...some('source_s', 3, 40), ...some('campaign_c', 3, 30), ...some('event_e', 2, 9)],
    ]),
  };
}

const urlOf = (page: number) => `https://${site}/posts/${page}/what-one-table-is-enough-for`;
const numberOf = (day: Day) => Date.parse(day) / 86_400_000;

function summaryOf(days: Day[], { pages, isFlooded }: Case): Summary {
  const { addRow, summary } = summaryBuilder();
  for (const day of days)
    for (let page = 0; page < pages; page++) {
      const counters = Object.entries(countersOf(page, numberOf(day)));
      const named = isFlooded
        ? counters.map(([name, count]) => [isUnbounded(name) ? `${name}-${day}-${page}` : name, count] as const)
        : counters;
      addRow(isFlooded ? `${urlOf(page)}/${day}` : urlOf(page), new Map(named));
    }
  return summary(caps);
}

async function writeRows(client: DynamoDBClient, day: Day, pages: number): Promise<void> {
  const items = Array.from({ length: pages }, (_, page) => {
    const numbers = Object.entries(countersOf(page, numberOf(day))).map(([name, n]) => [name, { N: `${n}` }]);
    return { PutRequest: { Item: { ...Object.fromEntries(numbers), day: { S: day }, url: { S: urlOf(page) } } } };
  });
  for (let i = 0; i < items.length; i += 25)
    await client.send(new BatchWriteItemCommand({ RequestItems: { SiteStatistics: items.slice(i, i + 25) } }));
}

/** Stores the summaries of a case as roll-ups of past nights would, and the rows of today and yesterday. */
async function fill(wanted: Case): Promise<void> {
  const { from, pages, unit } = wanted;
  const client = new DynamoDBClient();
  const { replace } = summariesStore(client, 'SiteStatistics');
  const store = (date: SummaryDate, summary: Summary) => replace({ site, date, summary, expires: undefined }, epoch);
  const yesterday = dayAfter(today, -1);
  for (const day of daysUpTo(yesterday, daysBetween(from, yesterday) + 1)) {
    const isRead =
      unit === 'day' || monthOf(day) === monthOf(today) || monthOf(day) === monthAfter(monthOf(today), -12);
    if (isRead) await store(day, summaryOf([day], wanted));
  }
  if (unit === 'month') {
    const years = new Map<string, ReturnType<typeof summaryBuilder>>();
    for (let month: Month = monthOf(from); month < monthOf(today); month = monthAfter(month, 1)) {
      // Three days stand for a month: sums of other days would have the same names.
      const summary = summaryOf(daysOf(month).slice(0, 3), wanted);
      await store(month, summary);
      const year = years.get(yearOf(month)) ?? summaryBuilder();
      years.set(yearOf(month), year);
      year.addSummary(summary);
    }
    for (const [year, { summary }] of years) if (year < yearOf(today)) await store(year as SummaryDate, summary(caps));
  }
  await rollupState(client, 'SiteStatistics').advance(yesterday, new Map([[site, from]]));
  await writeRows(client, today, pages);
  client.destroy();
}

/** Returns the CPU time of `work` in this process, in milliseconds. */
async function cpuOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1000);
}

let loads = 0;
/** Loads a function anew, with the present environment. */
const load = async (name: string) => (await import(`../functions/${name}.ts?${loads++}`)).handler;

async function measure(each: Case) {
  const database = await useDatabaseProcess();
  const meter = await startMeter(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
  await fill(each);
  const event = httpEvent({ epoch, query: each.query, headers: { 'accept-encoding': 'br' } });
  const handler = await load('dashboard');
  const cpus: number[] = [];
  let sent = 0;
  for (let i = 0; i < 9; i++)
    cpus.push(
      await cpuOf(async () => {
        const { statusCode, body } = await handler(event);
        if (statusCode !== 200) throw new Error(`The dashboard answered ${statusCode}.`);
        sent = Buffer.from(body, 'base64').length;
      }),
    );
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  await (await load('dashboard'))(event);
  const { reads, 'read units': units } = meter.charged();
  const rollup = await rollupCost(each, meter);
  await meter.close();
  database.close();
  return { 'CPU, ms': median(cpus.slice(2)), Queries: reads, 'read units': units, 'sent, KB': sent / 1000, ...rollup };
}

/** Rolls today up, after its end. */
async function rollupCost({ pages, unit }: Case, meter: Awaited<ReturnType<typeof startMeter>>) {
  if (unit === 'month') return {};
  const handler = await load('rollup');
  meter.charged();
  const cpu = await cpuOf(() => handler({ time: `${dayAfter(today, 1)}T03:30:00Z` }));
  const charge = meter.charged();
  return {
    'roll-up of a day, write units': charge['write units'],
    'its read units': charge['read units'],
    'its CPU, ms': cpu,
    'rows, read units': Math.round((pages * 1.4) / 8),
  };
}

Object.assign(process.env, { SITES: site, PUBLIC_DASHBOARD: 'true' });
const results: Record<string, object> = {};
const only = process.argv[2];
for (const each of cases.filter(({ name }) => !only || name.startsWith(only))) results[each.name] = await measure(each);
console.log('GET /dashboard from summaries, with the earlier range and the rows of today');
console.table(results);
