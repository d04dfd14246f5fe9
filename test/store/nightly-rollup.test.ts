import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../../core/calendar/day.ts';
import type { SummaryDate } from '../../core/report/parts.ts';
import { startDatabase } from '../../local/database.ts';
import { lateCounters } from '../../store/late-counters.ts';
import { nightlyRollup, type RollupNight } from '../../store/nightly-rollup.ts';
import { rollupState } from '../../store/rollup-state.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { summariesStore } from '../../store/summaries.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const client = new DynamoDBClient();
const queries: QueryCommandInput[] = [];
client.middlewareStack.add(
  (next, { commandName }) =>
    (request) => {
      if (commandName === 'QueryCommand') queries.push(request.input as QueryCommandInput);
      return next(request);
    },
  { step: 'initialize' },
);
const table = 'SiteStatistics';
const statistics = statisticsStore(client, table);
const summaries = summariesStore(client, table);
const state = rollupState(client, table);
const url = 'https://blog.example.com/';
const caps = { maxPages: 100, maxUrlBytes: 10_000, maxNames: 100 };
const settings = { caps, retentionDays: 80, detailDays: 45 };
const epochOf = (today: Day) => Date.parse(`${today}T02:30:00Z`);
const add = (day: Day, views: number) => statistics.add(day, url, { views }, settings.detailDays);

/** Rolls up on a night, when the day before is over. */
const rollUpOn = (today: Day, night: Partial<RollupNight> = {}) =>
  nightlyRollup(client, table, settings, {
    ...{ epoch: epochOf(today), today, again: [], mayShrink: false, isTimeOver: () => false },
    ...night,
  });

async function viewsOf(date: SummaryDate, today: Day): Promise<number> {
  let views = 0;
  const range = { site: 'blog.example.com', first: date, last: date };
  await summaries.each(range, false, epochOf(today), ({ totals }) => (views += totals.get('views') ?? 0));
  return views;
}

test('a night without time goes on with the next one, also before the first counted day', async () => {
  let days = 0;
  assert.equal((await rollUpOn('2026-06-01', { isTimeOver: () => days++ >= 55 })).isDone, false);
  assert.equal((await state.read(0)).through, '2026-04-30', 'the last end of a month');
  assert.equal((await rollUpOn('2026-06-01')).isDone, true);
  assert.equal((await state.read(0)).through, '2026-05-31');
});

test('a night reads what it has just written', async () => {
  await add('2026-06-30', 3);
  queries.length = 0;
  await rollUpOn('2026-07-01');
  const summed = queries.filter(({ ExpressionAttributeValues }) =>
    ExpressionAttributeValues?.[':day']?.S?.startsWith('('),
  );
  assert.ok(summed.length > 10);
  for (const { ExpressionAttributeValues, ConsistentRead } of summed)
    if (ExpressionAttributeValues?.[':day']?.S !== '(months)') assert.equal(ConsistentRead, true);
  assert.equal(await viewsOf('2026-06', '2026-07-01'), 3);
});

test('a hit of the oldest day that may still come counts, when the night is the next day', async () => {
  const today = '2026-07-20';
  await rollUpOn(today);
  const oldest = dayAfter(today, 2 - settings.detailDays);
  const { count } = lateCounters(({ day, url, add }) => statistics.add(day, url, add, 45).then(() => {}), state, {
    ...{ timeZone: 'UTC', detailDays: settings.detailDays },
  });
  await count({ day: oldest, url, add: { views: 7 } }, Date.parse(`${today}T20:00:00Z`));
  const next = dayAfter(today, 1);
  assert.ok((await rollUpOn(next)).stored.has(oldest));
  assert.equal(await viewsOf(oldest, next), 7);
  assert.deepEqual([...(await state.read(0)).late], []);
});

test('a day that another time zone ended earlier is added up again', async () => {
  await add('2026-08-01', 1);
  await rollUpOn('2026-08-02');
  await add('2026-08-01', 4);
  await rollUpOn('2026-08-02');
  assert.equal(await viewsOf('2026-08-01', '2026-08-02'), 5);
  assert.equal((await state.read(0)).through, '2026-08-01');
});

test('only the days that are asked for may shrink, with their months', async () => {
  for (const day of ['2026-08-10', '2026-08-11'] as const) await add(day, 10);
  await rollUpOn('2026-09-02');
  for (const day of ['2026-08-10', '2026-08-11'] as const) {
    await state.markLate(day, epochOf('2026-09-02') / 1000);
    await add(day, -4);
  }
  const { stored, kept } = await rollUpOn('2026-09-03', { again: ['2026-08-10'], mayShrink: true });
  assert.deepEqual([...stored].sort(), ['2026-08', '2026-08-10']);
  assert.deepEqual([...kept], ['2026-08-11']);
  assert.equal(await viewsOf('2026-08', '2026-09-03'), 5 + 6 + 10);
});

test('a site counts since its first day, also if that came late', async () => {
  const page = 'https://www.new.example/';
  await statistics.add('2026-09-20', page, { views: 1 }, 45);
  await rollUpOn('2026-09-21');
  assert.equal((await state.read(0)).since.get('new.example'), '2026-09-20');
  await statistics.add('2026-09-12', page, { views: 1 }, 45);
  await statistics.add('2026-09-20', page, { views: 1 }, 45);
  await rollUpOn('2026-09-22', { again: ['2026-09-12', '2026-09-20'] });
  assert.equal((await state.read(0)).since.get('new.example'), '2026-09-12');
});

test('hits of no site are added up as well', async () => {
  await statistics.add('2026-09-25', '(other)', { views: 4, pages: 1 }, 45);
  await statistics.add('2026-09-25', '(not counted)', { malformed: 2 }, 45);
  await rollUpOn('2026-09-26');
  const found: unknown[] = [];
  await summaries.each({ site: '', first: '2026-09-25', last: '2026-09-25' }, true, epochOf('2026-09-26'), (summary) =>
    found.push([summary.totals, summary.refusals]),
  );
  assert.deepEqual(found, [[new Map([['views', 4]]), new Map([['malformed', 2]])]]);
});
