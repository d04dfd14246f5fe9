import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Day, daysBetween, daysUpTo } from '../../../core/calendar/day.ts';
import { daysOf } from '../../../core/calendar/month.ts';
import { firstCountedDay, partsOf, partsOfEarlier, runsOf, type SummaryDate } from '../../../core/report/parts.ts';

const daysFrom = (first: Day, last: Day) => daysUpTo(last, daysBetween(first, last) + 1);
const since = new Map<string, Day>();

describe('a range is read from', () => {
  const run = (
    name: string,
    unit: 'hour' | 'day' | 'month' | 'year',
    [first, last]: [Day, Day],
    { through, late = [] }: { through?: Day; late?: Day[] },
    want: { open?: Day[]; summaries?: SummaryDate[] },
  ) =>
    test(name, () => {
      const parts = partsOf(
        { days: daysFrom(first, last), unit },
        { through, late: new Set(late), since, imports: [] },
      );
      assert.deepEqual(parts, { open: [], summaries: [], imported: new Map(), ...want });
    });

  const november: [Day, Day] = ['2026-11-01', '2026-11-30'];
  run('rows, before the first night', 'day', november, {}, { open: daysOf('2026-11') });
  run(
    'summaries of days, and rows of the days since',
    'day',
    november,
    { through: '2026-11-28' },
    { summaries: daysFrom('2026-11-01', '2026-11-28'), open: ['2026-11-29', '2026-11-30'] },
  );
  run(
    'rows of a day that had late increments',
    'day',
    ['2026-11-01', '2026-11-03'],
    { through: '2026-11-28', late: ['2026-11-02'] },
    { summaries: ['2026-11-01', '2026-11-03'], open: ['2026-11-02'] },
  );
  run(
    'the day, where a bar is an hour',
    'hour',
    ['2026-11-01', '2026-11-01'],
    { through: '2026-11-30' },
    { summaries: ['2026-11-01'] },
  );
  run('days, where a bar is a day', 'day', november, { through: '2026-11-30' }, { summaries: daysOf('2026-11') });
  run(
    'whole months, where a bar is a month',
    'month',
    ['2026-08-31', '2026-11-30'],
    { through: '2026-11-29' },
    { summaries: ['2026-08-31', '2026-09', '2026-10', ...daysFrom('2026-11-01', '2026-11-29')], open: ['2026-11-30'] },
  );
  run(
    'the days of a month that had late increments',
    'month',
    ['2026-09-01', '2026-10-31'],
    { through: '2026-11-29', late: ['2026-10-31'] },
    { summaries: ['2026-09', ...daysFrom('2026-10-01', '2026-10-30')], open: ['2026-10-31'] },
  );
  run(
    'no years, where a bar is a month',
    'month',
    ['2025-12-01', '2025-12-31'],
    { through: '2026-11-29' },
    { summaries: ['2025-12'] },
  );
  run(
    'whole years, where a bar is a year',
    'year',
    ['2023-12-31', '2026-02-01'],
    { through: '2026-01-31' },
    { summaries: ['2023-12-31', '2024', '2025', '2026-01'], open: ['2026-02-01'] },
  );
  run(
    'the months of a year that had late increments',
    'year',
    ['2025-01-01', '2025-12-31'],
    { through: '2026-01-31', late: ['2025-12-31'] },
    {
      summaries: [
        ...Array.from({ length: 11 }, (_, i): SummaryDate => `2025-${String(i + 1).padStart(2, '0')}` as SummaryDate),
        ...daysFrom('2025-12-01', '2025-12-30'),
      ],
      open: ['2025-12-31'],
    },
  );
});

describe('the month in which counting began', () => {
  const run = (
    name: string,
    unit: 'day' | 'month' | 'year',
    first: Day,
    site: string | undefined,
    want: SummaryDate[],
  ) =>
    test(name, () => {
      const since = new Map<string, Day>([
        ['blog.example.com', '2025-11-18'],
        ['notes.example.org', '2025-12-03'],
      ]);
      const rolledUp = { through: '2026-01-31' as Day, late: new Set<Day>(), since, imports: [] };
      assert.deepEqual(partsOf({ days: daysFrom(first, '2026-01-31'), unit }, rolledUp, site).summaries, want);
    });

  run('is whole with the days since', 'month', '2025-11-18', undefined, ['2025-11', '2025-12', '2026-01']);
  run('is whole in a range by years', 'year', '2025-11-18', undefined, ['2025-11', '2025-12', '2026-01']);
  run('is not whole without its first day', 'month', '2025-11-19', undefined, [
    ...daysFrom('2025-11-19', '2025-11-30'),
    '2025-12',
    '2026-01',
  ]);
  run('is that of the site', 'month', '2025-12-03', 'www.notes.example.org', ['2025-12', '2026-01']);
  run('is read by its days in a range by days', 'day', '2026-01-31', undefined, ['2026-01-31']);
});

describe('an import is read as a history of its own', () => {
  const imported = { name: 'umami', site: 'blog.example.com', tool: 'Umami', hasHours: true } as const;
  const imports = [{ ...imported, first: '2024-11-18' as Day, last: '2026-01-14' as Day }];
  const rolledUp = {
    ...{ through: '2026-01-30' as Day, late: new Set<Day>(), imports },
    since: new Map<string, Day>([['blog.example.com', '2026-01-15']]),
  };
  const run = (
    name: string,
    unit: 'day' | 'month' | 'year',
    [first, last]: [Day, Day],
    site: string | undefined,
    want: SummaryDate[] | undefined,
  ) =>
    test(name, () => {
      const parts = partsOf({ days: daysFrom(first, last), unit }, rolledUp, site);
      assert.deepEqual(parts.imported, new Map(want && [['umami', want]]));
    });

  run('by its days, up to its last', 'day', ['2026-01-13', '2026-01-31'], undefined, ['2026-01-13', '2026-01-14']);
  run('by months, of which the last is whole', 'month', ['2025-12-31', '2026-01-31'], undefined, [
    '2025-12-31',
    '2026-01',
  ]);
  run('by months, of which the first is whole', 'month', ['2024-11-18', '2024-12-31'], undefined, [
    '2024-11',
    '2024-12',
  ]);
  run(
    'by the days of a month that the range has a part of',
    'month',
    ['2026-01-01', '2026-01-13'],
    undefined,
    daysFrom('2026-01-01', '2026-01-13'),
  );
  run('by years', 'year', ['2024-01-01', '2026-01-31'], undefined, ['2024-11', '2024-12', '2025', '2026-01']);
  run('of its site', 'day', ['2026-01-14', '2026-01-14'], 'www.blog.example.com', ['2026-01-14']);
  run('and not of another', 'day', ['2026-01-14', '2026-01-14'], 'notes.example.org', undefined);
  run('and not beside it', 'day', ['2026-01-15', '2026-01-31'], undefined, undefined);

  test('and its first day is the first counted one', () => {
    const of = (site?: string) => firstCountedDay(rolledUp, site);
    assert.deepEqual([of(), of('blog.example.com'), of('notes.example.org')], ['2024-11-18', '2024-11-18', undefined]);
  });

  test('before the first night, the last 31 days are read from rows beside it', () => {
    const days = daysFrom('2016-01-01', '2026-01-31');
    const { open } = partsOf({ days, unit: 'year' }, { ...rolledUp, through: undefined });
    assert.deepEqual([open.length, open.at(-1)], [31, '2026-01-31']);
  });
});

test('no range has more than 800 Queries before the first night: the last days', () => {
  const rolledUp = { through: undefined, late: new Set<Day>(), since, imports: [] };
  const { open, summaries } = partsOf({ days: daysFrom('1990-01-01', '2026-11-30'), unit: 'year' }, rolledUp);
  assert.deepEqual([open.length, open.at(-1), summaries], [800, '2026-11-30', []]);
});

describe('runs of dates', () => {
  const run = (name: string, dates: SummaryDate[], want: string[]) =>
    test(name, () =>
      assert.deepEqual(
        runsOf(dates).map(({ first, last }) => `${first} to ${last}`),
        want,
      ),
    );

  run('are none without dates', [], []);
  run('are one for consecutive days, across months', ['2026-12-01', '2026-11-30'], ['2026-11-30 to 2026-12-01']);
  run('end at a gap', ['2026-11-30', '2026-12-02'], ['2026-11-30 to 2026-11-30', '2026-12-02 to 2026-12-02']);
  run(
    'have one kind of date each',
    ['2025', '2026-01', '2026-02', '2024', '2026-03-01'],
    ['2024 to 2025', '2026-01 to 2026-02', '2026-03-01 to 2026-03-01'],
  );
  run('go on from December to January', ['2025-12', '2026-01'], ['2025-12 to 2026-01']);
});

test('a day that counts in part is read by itself, not with its month', () => {
  const range = { period: undefined, days: daysFrom('2026-11-01', '2026-12-31'), unit: 'month' as const };
  const rolledUp = { through: '2026-12-31' as Day, late: new Set<Day>(), since, imports: [] };
  const parts = partsOfEarlier({ range, until: { hour: '14', minute: '30' } }, rolledUp);
  assert.deepEqual(parts.summaries, ['2026-11', ...daysFrom('2026-12-01', '2026-12-31')]);
  assert.deepEqual(partsOfEarlier({ range }, rolledUp).summaries, ['2026-11', '2026-12']);
});
