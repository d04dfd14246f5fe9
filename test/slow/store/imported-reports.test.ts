import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, daysUpTo, type Moment } from '../../../core/calendar/day.ts';
import { lastDayOf, monthOf } from '../../../core/calendar/month.ts';
import { yearOf } from '../../../core/calendar/year.ts';
import type { Counters } from '../../../core/counters/names.ts';
import { siteOfRow } from '../../../core/counters/summary.ts';
import { type Builders, builderOf } from '../../../core/counters/summary-builder.ts';
import { firstCountedDay } from '../../../core/report/parts.ts';
import { parseQuery } from '../../../core/report/query.ts';
import { writeClosedDays } from '../../../local/closed-days.ts';
import { startDatabase } from '../../../local/database.ts';
import { explainedReportsFrom } from '../../../store/explained-reports.ts';
import { importsStore } from '../../../store/imports.ts';
import { statisticsStore } from '../../../store/statistics.ts';

const [live, moved] = [await startDatabase(), await startDatabase()];
after(() => Promise.all([live.close(), moved.close()]));
const table = 'SiteStatistics';
const [blog, notes] = ['blog.example.com', 'notes.example.org'] as const;
const [today, lastImported, retentionDays] = ['2026-11-20', '2026-10-14', 2_000] as const;
const epoch = Date.parse(`${today}T12:00:00Z`);
const now: Moment = { day: today, hour: '12', minute: '00' };

/** Every 17th day, and each of the last weeks. Most months begin and end without counts. */
const days: Day[] = daysUpTo(today, 1_000).filter((_, i) => i % 17 === 3 || i > 880);
const isImported = (url: string, day: Day) => siteOfRow(url) === blog && day <= lastImported;

let seed = 3;
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * below);
}

function someCounters(): Counters {
  const views = 20 + random(30);
  return {
    ...{ views, [`hour_0${random(10)}`]: views, visitors: 9 + random(9), visits: 5 + random(9) },
    ...(random(2) && { site_visitors: 4, engaged: 1 + random(3), seconds: 60 + random(400) }),
    ...{ [`country_${['DE', 'FR', 'US'][random(3)]}`]: 4, [`referrer_${['(direct)', 'news.example'][random(2)]}`]: 4 },
    ...(random(3) === 0 && { views_mail: 3, source_mail: 2, event_signup: 1 }),
  };
}

const pages = [`https://${blog}/`, `https://${blog}/posts/one`, `https://${blog}/posts/two`, `https://${notes}/`];
const rows = Object.fromEntries(
  days.map((day) => [day, Object.fromEntries(pages.filter(() => random(4)).map((url) => [url, someCounters()]))]),
);

/** Returns the client of a database. Clients of two are used at once, so the environment does not do. */
const clientOf = ({ environment }: typeof live) =>
  new DynamoDBClient({ endpoint: String(environment.AWS_ENDPOINT_URL_DYNAMODB) });

/** Counts rows live: closed days as summaries, and today as rows. */
async function countLive(database: typeof live, isCounted: (url: string, day: Day) => boolean): Promise<void> {
  const counted = Object.fromEntries(
    Object.entries(rows).map(([day, urls]) => [
      day,
      Object.fromEntries(Object.entries(urls).filter(([url]) => isCounted(url, day as Day))),
    ]),
  );
  Object.assign(process.env, database.environment, { RETENTION_DAYS: String(retentionDays) });
  const statistics = statisticsStore(clientOf(database), table);
  const closed = [...new Set(days.flatMap((day) => [day, lastDayOf(monthOf(day))]))]
    .sort()
    .filter((day) => day < today);
  await writeClosedDays(counted, [...closed, dayAfter(today, -1)], epoch, () => {});
  for (const [url, counters] of Object.entries(counted[today] ?? {})) await statistics.add(today, url, counters, 760);
}

async function importOthers(): Promise<void> {
  const builders: Builders = new Map();
  for (const day of days)
    for (const [url, counters] of Object.entries(rows[day] ?? {}))
      if (isImported(url, day))
        for (const date of [day, monthOf(day), yearOf(day)])
          builderOf(builders, date).addRow(url, new Map(Object.entries(counters)));
  const summaries = [...builders].map(([date, { summary }]) => ({ date: date as Day, summary: summary() }));
  const imports = importsStore(clientOf(moved), table);
  const kept = days.filter((day) => builders.has(day));
  const imported = { name: 'umami', site: blog, tool: 'Umami', hasHours: true, days: kept };
  await imports.write(imported, summaries, { epoch, retentionDays });
  await imports.complete('umami', '', epoch);
}

before(async () => {
  await countLive(live, () => true);
  await countLive(moved, (url, day) => !isImported(url, day));
  await importOthers();
});

const ranges: Record<string, string>[] = [
  { period: 'all' },
  { period: 'all', by: 'month' },
  { period: '12mo' },
  { period: 'year', compare: 'year' },
  { from: '2025-01-01', to: '2025-12-31' },
  { from: '2024-01-20', to: '2026-10-31', by: 'month' },
  { from: '2026-10-01', to: '2026-10-31' },
  { from: '2026-10-10', to: '2026-10-20', compare: 'week' },
  { from: '2026-07-01', to: '2026-11-19', by: 'week' },
  { from: lastImported, to: lastImported },
  { period: 'today' },
];
const filters: Record<string, string>[] = [
  {},
  { page: `https://${blog}/` },
  { page: `https://${blog}/posts/*` },
  { country: 'FR' },
  { source: 'mail' },
  { event: 'signup' },
  { referrer: 'news.example', page: `https://${blog}/posts/one` },
];
const scopes = [...filters, { site: blog }, { site: blog, country: 'FR' }, { site: notes }];

async function read(database: typeof live, query: Record<string, string>) {
  const reports = explainedReportsFrom(clientOf(database), table);
  const rolledUp = await reports.rolledUp(epoch);
  const since = firstCountedDay(rolledUp, query.site);
  const { scope, problem } = parseQuery(query, [blog, notes], { today, since, time: now });
  assert.equal(problem, '');
  return { since, ...(await reports.read(scope, rolledUp, epoch, now)) };
}

for (const range of ranges)
  test(`imported days count as if they were counted live: ${new URLSearchParams(range)}`, async () => {
    for (const scope of scopes) {
      const query = { ...range, ...scope };
      const [want, found] = await Promise.all([read(live, query), read(moved, query)]);
      assert.deepEqual(found, want, String(new URLSearchParams(query)));
    }
  });

test('the sites of the install page have their imported views of the last week', async () => {
  const viewsOf = (database: typeof live) =>
    explainedReportsFrom(clientOf(database), table).viewsBySite([blog, notes], '2026-10-16', epoch);
  const want = await viewsOf(live);
  assert.ok(want[0]?.views);
  assert.deepEqual(await viewsOf(moved), want);
});
