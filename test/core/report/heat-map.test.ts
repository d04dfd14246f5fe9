import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Day, daysUpTo } from '../../../core/calendar/day.ts';
import { addHours, type HoursByDay, heatMap, meanViews } from '../../../core/report/heat-map.ts';

const sunday: Day = '2026-11-22';
const now = { day: sunday, hour: '20', minute: '30' };

function hoursOf(counts: [date: Day | '2026-10', counter: string, views: number][]): HoursByDay {
  const byDay: HoursByDay = new Map();
  for (const [date, counter, views] of counts) addHours(byDay, date, new Map([[counter, views]]));
  return byDay;
}

test('adds up the sites of a day by weekday and hour, Monday first', () => {
  const byDay = hoursOf([
    ['2026-11-16', 'hour_00', 2],
    ['2026-11-16', 'hour_00', 3],
    ['2026-11-21', 'hour_23', 4],
    ['2026-11-21', 'views', 9],
  ]);
  const week = heatMap(byDay, { days: daysUpTo(sunday, 7), now, since: undefined });
  assert.deepEqual([week?.length, week?.[0]?.length], [7, 24]);
  assert.deepEqual(
    [week?.[0]?.[0], week?.[5]?.[23], week?.[1]?.[0]],
    [
      { views: 5, days: 1 },
      { views: 4, days: 1 },
      { views: 0, days: 1 },
    ],
  );
});

test('counts each hour on the days on which it was over, from the first counted day', () => {
  const byDay = hoursOf([
    ['2026-11-15', 'hour_20', 6],
    ['2026-11-22', 'hour_20', 1],
    ['2026-11-22', 'hour_19', 3],
  ]);
  const days = daysUpTo(sunday, 14);
  const of = (since: Day | undefined) => heatMap(byDay, { days, now, since })?.[6];
  assert.deepEqual(
    [of(undefined)?.[20], of(undefined)?.[19]],
    [
      { views: 6, days: 1 },
      { views: 3, days: 2 },
    ],
  );
  assert.deepEqual(of('2026-11-16')?.[19], { views: 3, days: 1 });
  assert.equal(heatMap(byDay, { days, now, since: '2026-11-17' }), undefined);
});

test('is unknown for a short range, and for one that is read by month', () => {
  assert.equal(
    heatMap(hoursOf([[sunday, 'hour_01', 1]]), { days: daysUpTo(sunday, 6), now, since: undefined }),
    undefined,
  );
  const byMonth = hoursOf([['2026-10', 'hour_01', 1]]);
  assert.equal(heatMap(byMonth, { days: daysUpTo(sunday, 60), now, since: undefined }), undefined);
});

test('adds no day without views', () => {
  const byDay = hoursOf([
    ['2026-11-16', 'views', 2],
    ['2026-11-17', 'hour_05', 0],
  ]);
  assert.equal(byDay.size, 0);
});

test('a mean has one decimal', () => {
  assert.deepEqual([meanViews({ views: 10, days: 3 }), meanViews({ views: 0, days: 0 })], [3.3, 0]);
});

test('leaves out days that were imported without hours', () => {
  const byDay = hoursOf([[sunday, 'hour_01', 4]]);
  const days = daysUpTo(sunday, 14);
  const imported = { name: 'plausible', site: 'blog.example.com', tool: 'Plausible' };
  const of = (hasHours: boolean, last: Day) => {
    const imports = [{ ...imported, first: '2020-01-01' as Day, last, hasHours }];
    return heatMap(byDay, { days, now, since: undefined, imports })?.[6]?.[1];
  };
  assert.deepEqual(of(true, '2026-11-15'), { views: 4, days: 2 });
  assert.deepEqual(of(false, '2026-11-15'), { views: 4, days: 1 });
});
