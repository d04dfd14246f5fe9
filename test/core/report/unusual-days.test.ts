import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Day, dayAfter, daysUpTo } from '../../../core/calendar/day.ts';
import { unusualDays } from '../../../core/report/unusual-days.ts';
import type { History } from '../../../core/report/usual.ts';
import { poisson, quietDays, quietHistory, randomFrom, sideOf, visitTo } from './simulated-weeks.ts';

const monday: Day = '2026-11-16';
const seeds = Array.from({ length: 300 }, (_, i) => i + 1);

/** Returns a history of eight weeks and a week after them, with what `change` makes of its Friday. */
function simulated(seed: number, perDay: number, change = (count: number) => count): History {
  const random = randomFrom(seed);
  const { first, days } = quietHistory(random, monday, perDay);
  for (const [i, count] of quietDays(random, perDay).entries())
    days.set(dayAfter(monday, i), new Map([['views', i === 4 ? change(count) : count]]));
  return { first, last: dayAfter(monday, 6), days };
}

const unusualIn = (history: History) =>
  unusualDays({ history, days: daysUpTo(dayAfter(monday, 7), 8), counter: 'views' }, () => undefined);

test('marks at most 1 in 200 quiet days', () => {
  for (const perDay of [5, 60, 600]) {
    const marked = seeds.flatMap((seed) => unusualIn(simulated(seed, perDay)));
    assert.ok(marked.length <= (7 * seeds.length) / 200, `${marked.length} of ${7 * seeds.length}`);
  }
});

test('marks a day of two and a half times the usual, and a day without views', () => {
  for (const [factor, perDay] of [
    [2.5, 60],
    [2.5, 600],
    [0, 60],
  ] as const) {
    const marked = seeds.filter((seed) => {
      const found = unusualIn(simulated(seed, perDay, (count) => Math.round(factor * count)));
      return found.some(({ day }) => day === '2026-11-20');
    });
    assert.ok(marked.length >= 0.95 * seeds.length, `${marked.length} of ${seeds.length}`);
  }
});

test('marks no day that differs by less than ten', () => {
  const { first, last, days } = simulated(1, 60);
  for (const [i, day] of daysUpTo(last, 63).entries()) days.set(day, new Map([['views', i % 2]]));
  const unusualWith = (views: number) =>
    unusualIn({ first, last, days: new Map(days).set('2026-11-20', new Map([['views', views]])) }).length;
  assert.deepEqual([9, 11].map(unusualWith), [0, 1]);
});

test('leaves out days that are not over, and marks none before four weeks', () => {
  const history = simulated(1, 60, (count) => 9 * count);
  assert.deepEqual(unusualIn({ ...history, last: '2026-11-19' }), []);
  assert.deepEqual(unusualIn({ ...history, first: '2026-10-30' }), []);
});

test('names what brought the day', () => {
  const random = randomFrom(3);
  const visits = (count: number) =>
    Array.from({ length: count }, () => visitTo(random, `https://blog.example.com/${count}`));
  const usual = visits(60);
  const linked = visits(poisson(random, 100)).map((visit) => ({ ...visit, referrer: 'news.example' }));
  const history = simulated(1, 60, (count) => count + 100);
  const [found] = unusualDays({ history, days: ['2026-11-20'], counter: 'views' }, (day) =>
    sideOf(day === '2026-11-20' ? [...usual, ...linked] : usual),
  );
  assert.deepEqual(found?.causes, [
    { name: { dimension: 'referrer', name: 'news.example' }, now: linked.length, before: 0 },
  ]);
});

test('names no visits that are fewer for a day above the usual, a week after a larger spike', () => {
  const random = randomFrom(3);
  const linked = (count: number, referrer: string) =>
    Array.from({ length: count }, () => ({ ...visitTo(random, 'https://blog.example.com/'), referrer }));
  const history = simulated(1, 60, (count) => count + 100);
  const [found] = unusualDays({ history, days: ['2026-11-20'], counter: 'views' }, (day) =>
    sideOf(day === '2026-11-20' ? linked(160, 'new.example') : linked(900, 'old.example')),
  );
  assert.deepEqual([found?.day, found?.causes], ['2026-11-20', []]);
});
