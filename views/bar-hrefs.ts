import type { Day } from '../core/calendar/day.ts';
import type { Query } from '../core/report/query.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import { daysOfBar } from '../core/report/unit.ts';
import type { LinkTo } from './links.ts';
import type { SeriesBar } from './series-bars.ts';

/** Returns a function for the URL of the days that a bar counts. It is undefined for an hour, and for what is to come. */
export const barHrefs = (range: Range, today: Day, linkTo: LinkTo) => (bar: SeriesBar) => {
  const change = bar.isFuture ? undefined : queryOfBar(bar.date, range, today);
  return change && linkTo(change);
};

/** Returns the range of the days that a bar counts. Returns undefined for an hour. */
function queryOfBar(date: string, range: Range, today: Day): Query | undefined {
  const { unit } = range;
  if (unit === 'hour') return undefined;
  const [first, last] = daysOfBar(unit, date);
  const [firstShown, lastShown] = endsOf(range);
  const from = first < firstShown ? firstShown : first;
  const to = last > lastShown ? lastShown : last;
  return unit !== 'day' && from === first && to === today ? { period: unit } : { from, to };
}
