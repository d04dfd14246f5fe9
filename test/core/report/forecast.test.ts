import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecastOf } from '../../../core/report/forecast.ts';
import { poisson, quietDays, quietHistory, type Random, randomFrom } from './simulated-weeks.ts';

const day = '2026-11-16';
const shares = Array.from({ length: 24 }, (_, hour) => (hour < 7 ? 0.01 : 0.93 / 17));

/** Spreads views over the hours of a day. */
const hoursOf = (random: Random, views: number) => shares.map((share) => poisson(random, views * share));

function historyOf(random: Random, perDay: number) {
  const history = quietHistory(random, day, perDay);
  for (const [each, counts] of history.days) {
    const hours = hoursOf(random, counts.get('views') ?? 0);
    history.days.set(
      each,
      new Map(hours.map((views, hour) => [`hour_${String(hour).padStart(2, '0')}`, views] as const)),
    );
    history.days.get(each)?.set(
      'views',
      hours.reduce((sum, views) => sum + views, 0),
    );
  }
  return history;
}

test('the range has the views of midnight in about four of five days', () => {
  for (const hour of ['09', '15', '21']) {
    const hits = Array.from({ length: 300 }, (_, seed) => {
      const random = randomFrom(seed + 1);
      const history = historyOf(random, 120);
      const [today = 0] = quietDays(random, 120);
      const hours = hoursOf(random, today);
      const sum = (counts: number[]) => counts.reduce((all, views) => all + views, 0);
      const forecast = forecastOf(history, { day, hour, minute: '00' }, sum(hours.slice(0, Number(hour))));
      assert.ok(forecast);
      return forecast.low <= sum(hours) && sum(hours) <= forecast.high;
    }).filter(Boolean).length;
    assert.ok(hits >= 0.75 * 300 && hits <= 0.97 * 300, `${hits} of 300 at ${hour}`);
  }
});

test('follows a day that is far from usual, and narrows down', () => {
  const history = historyOf(randomFrom(1), 120);
  const noon = forecastOf(history, { day, hour: '12', minute: '30' }, 600);
  const night = forecastOf(history, { day, hour: '22', minute: '30' }, 1_200);
  assert.ok(noon && night && noon.low > 900 && night.high - night.low < noon.high - noon.low);
  assert.ok(night.low >= 1_200);
});

test('estimates nothing right after midnight, right before it, and before four weeks', () => {
  const history = historyOf(randomFrom(1), 120);
  assert.equal(forecastOf(history, { day, hour: '00', minute: '10' }, 1), undefined);
  assert.equal(forecastOf(history, { day, hour: '23', minute: '59' }, 120), undefined);
  assert.equal(forecastOf({ ...history, first: '2026-11-02' }, { day, hour: '12', minute: '00' }, 60), undefined);
});
