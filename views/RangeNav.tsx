import type { Day } from '../core/calendar/day.ts';
import { rangeAfter, rangeBefore } from '../core/report/earlier-range.ts';
import { type Period, periods, type Range } from '../core/report/range.ts';
import type { Scope } from '../core/report/report.ts';
import { type LinkTo, queryOf, queryOfRange } from './links.ts';

const names: Record<Period, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '12mo': '12 months',
  week: 'This week',
  'last-week': 'Last week',
  month: 'This month',
  'last-month': 'Last month',
  year: 'This year',
  'last-year': 'Last year',
  all: 'All time',
};

interface Props {
  scope: Scope;
  today: Day;
  linkTo: LinkTo;
}

/** Renders links to the range before, the range after and each period, and a form for any range. */
export function RangeNav({ scope, today, linkTo }: Props) {
  const { range } = scope;
  const hrefOf = (other: Range) => linkTo(queryOfRange(other));
  const [before, later] = [rangeBefore(range), rangeAfter(range, today)];
  return (
    <nav class="block ranges" aria-label="Date range">
      {before && (
        <a class="button is-small" href={hrefOf(before)} rel="prev" aria-label="Previous range">
          ←
        </a>
      )}
      {later && (
        <a class="button is-small" href={hrefOf(later)} rel="next" aria-label="Next range">
          →
        </a>
      )}
      {periods.map((period) => (
        <a
          key={period}
          class={`button is-small ${period === range.period ? 'is-link' : ''}`}
          href={linkTo({ period })}
          aria-current={period === range.period ? 'true' : undefined}
        >
          {names[period]}
        </a>
      ))}
      <CustomRange scope={scope} today={today} linkTo={linkTo} />
    </nav>
  );
}

/** Renders a form whose query is that of a link. */
function CustomRange({ scope, today, linkTo }: Props) {
  const { days, period } = scope.range;
  const kept = queryOf(linkTo({ from: undefined, to: undefined, period: undefined }));
  return (
    <details>
      <summary class={`button is-small ${period ? '' : 'is-link'}`}>Custom range</summary>
      <form class="days">
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label>
          From <input class="input is-small" type="date" name="from" value={days[0]} max={today} required />
        </label>
        <label>
          to <input class="input is-small" type="date" name="to" value={days.at(-1)} max={today} required />
        </label>
        <button class="button is-small" type="submit">
          Show
        </button>
      </form>
    </details>
  );
}
