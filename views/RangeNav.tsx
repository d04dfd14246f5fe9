import type { Day } from '../core/calendar/day.ts';
import { rangeAfter, rangeBefore } from '../core/report/earlier-range.ts';
import { endsOf, type Period, periods, type Range } from '../core/report/range.ts';
import type { Scope } from '../core/report/scope.ts';
import { daysText } from './date-text.ts';
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

/** Renders links to the range before and after, and a menu of periods with a form for any range. */
export function RangeNav({ scope, today, linkTo }: Props) {
  const { range } = scope;
  const days = daysText(...endsOf(range), today);
  return (
    <nav class="ranges" aria-label="Date range">
      <Turn range={rangeBefore(range)} rel="prev" linkTo={linkTo} />
      <details class="menu" name="menu">
        <summary class="control">
          {range.period && <span>{names[range.period]}</span>}
          {range.period ? <small>{days}</small> : <span>{days}</span>}
        </summary>
        <div class="sheet is-end">
          <div class="periods">
            {periods.map((period) => (
              <a key={period} href={linkTo({ period })} aria-current={period === range.period ? 'true' : undefined}>
                {names[period]}
              </a>
            ))}
          </div>
          <CustomRange range={range} today={today} linkTo={linkTo} />
        </div>
      </details>
      <Turn range={rangeAfter(range, today)} rel="next" linkTo={linkTo} />
    </nav>
  );
}

/** Renders a link to the range before or after. Keeps its place if there is none. */
function Turn({ range, rel, linkTo }: { range: Range | undefined; rel: 'prev' | 'next'; linkTo: LinkTo }) {
  const arrow = rel === 'prev' ? '←' : '→';
  if (!range)
    return (
      <span class="turn" aria-hidden="true">
        {arrow}
      </span>
    );
  return (
    <a
      class="turn"
      href={linkTo(queryOfRange(range))}
      rel={rel}
      aria-label={rel === 'prev' ? 'Previous range' : 'Next range'}
    >
      {arrow}
    </a>
  );
}

/** Renders a form whose query is that of a link. */
function CustomRange({ range, today, linkTo }: { range: Range; today: Day; linkTo: LinkTo }) {
  const [from, to] = endsOf(range);
  const kept = queryOf(linkTo({ from: undefined, to: undefined, period: undefined }));
  return (
    <form class="days">
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label>
        From <input class="input" type="date" name="from" value={from} max={today} required />
      </label>
      <label>
        To <input class="input" type="date" name="to" value={to} max={today} required />
      </label>
      <button class="button" type="submit">
        Show
      </button>
    </form>
  );
}
