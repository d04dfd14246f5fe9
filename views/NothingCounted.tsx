import type { Day } from '../core/calendar/day.ts';
import { firstDayOf, lastDayOf, type Month, monthOf } from '../core/calendar/month.ts';
import { nounOf } from '../core/counters/dimensions.ts';
import { type Metric, namesOfFilter } from '../core/report/filter.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import type { Metrics } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import { daysText } from './date-text.ts';
import { labelOf, nouns } from './labels.ts';
import type { LinkTo } from './links.ts';

interface Props {
  scope: Scope;
  metric: Metric;
  /** Other metrics can have counts. */
  totals: Metrics;
  today: Day;
  linkTo: LinkTo;
}

/** Returns the months of a range that is read by its days, if they are over. Their days may have expired. */
function monthsOf(range: Range, today: Day) {
  const [first, last] = endsOf(range).map(monthOf) as [Month, Month];
  const isByMonths = range.unit === 'month' || range.unit === 'year';
  return isByMonths || last >= monthOf(today) ? undefined : { from: firstDayOf(first), to: lastDayOf(last) };
}

/** Renders what to try if nothing was counted: without a filter, of all sites, or over a longer time. */
export function NothingCounted({ scope: { range, filter, site }, metric, totals, today, linkTo }: Props) {
  const { page, name } = filter;
  const isFiltered = page !== undefined || name !== undefined;
  const months = monthsOf(range, today);
  const other = (['views', 'visits'] as const).find((each) => totals[each]);
  return (
    <section class="box nothing">
      <h2>
        No {isFiltered && 'matching '}
        {nouns[metric]}s in this range: {daysText(...endsOf(range), today)}
      </h2>
      <ul>
        {other && (
          <li>
            <a href={linkTo({ metric: other })}>Show {nouns[other]}s</a>
          </li>
        )}
        {namesOfFilter(filter).map(({ dimension, name }) => (
          <li key={dimension}>
            <a href={linkTo({ [dimension]: undefined })}>
              Without the {nounOf(dimension)} {labelOf(dimension, name)}
            </a>
          </li>
        ))}
        {page !== undefined && (
          <li>
            <a href={linkTo({ page: undefined })}>All pages</a>
          </li>
        )}
        {site && (
          <li>
            <a href={linkTo({ site: undefined })}>All sites</a>
          </li>
        )}
        {months && (
          <li>
            <a href={linkTo({ ...months, period: undefined, by: 'month' })}>Show by month</a>, if its days have expired
          </li>
        )}
        {range.period !== '12mo' && (
          <li>
            <a href={linkTo({ period: '12mo' })}>Show 12 months</a>
          </li>
        )}
        {range.period !== 'all' && (
          <li>
            <a href={linkTo({ period: 'all' })}>Show all time</a>
          </li>
        )}
      </ul>
    </section>
  );
}
