import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Day } from '../../core/calendar/day.ts';
import type { Counters } from '../../core/counters/names.ts';
import { summaryBuilder } from '../../core/counters/summary-builder.ts';
import { startDatabase } from '../../local/database.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const { localClient } = await import('../../local/local-client.ts');
const { dayTotalsStore } = await import('../../store/day-totals.ts');
const { summariesStore } = await import('../../store/summaries.ts');
const summaries = summariesStore(localClient(), 'SiteStatistics');
const dayTotals = dayTotalsStore(localClient(), 'SiteStatistics');
const now = Date.parse('2026-11-21T12:00:00Z');

async function store(site: string, date: Day | '2026-10', counters: Counters, expires = now / 1000 + 60) {
  const { addRow, summary } = summaryBuilder();
  addRow('https://blog.example.com/', new Map(Object.entries(counters)));
  await summaries.replace({ site, date, summary: summary(), expires }, now);
}

async function read(site: string, first: Day, last: Day) {
  const days: Record<string, Counters> = {};
  await dayTotals.each({ site, first, last }, now, (totals, day) => {
    days[day] = Object.fromEntries(totals);
  });
  return days;
}

test('stores the numbers and hours of each closed day, without names', async () => {
  await store('a.example', '2026-11-18', { views: 3, visits: 2, hour_09: 2, hour_10: 1, country_DE: 2 });
  await store('a.example', '2026-11-19', { views: 1, visits: 1, hour_23: 1 });
  await store('b.example', '2026-11-18', { views: 7, visits: 7 });
  await store('', '2026-11-18', { views: 5, visits: 5 });
  await store('a.example', '2026-10', { views: 99, visits: 99 });
  assert.deepEqual(await read('a.example', '2026-11-01', '2026-11-30'), {
    '2026-11-18': { hour_09: 2, hour_10: 1, views: 3, visits: 2 },
    '2026-11-19': { hour_23: 1, views: 1, visits: 1 },
  });
  assert.deepEqual(await read('', '2026-11-18', '2026-11-18'), { '2026-11-18': { views: 5, visits: 5 } });
});

test('replaces the totals of a day with its summary, and leaves out what has expired', async () => {
  await store('c.example', '2026-11-18', { views: 1, visits: 1 });
  await store('c.example', '2026-11-18', { views: 2, visits: 2 });
  await store('c.example', '2026-11-17', { views: 2, visits: 2 }, now / 1000 - 1);
  assert.deepEqual(await read('c.example', '2026-11-01', '2026-11-30'), { '2026-11-18': { views: 2, visits: 2 } });
});
