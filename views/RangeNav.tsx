import type { Day } from '../core/calendar/day.ts';
import { rangeAfter, rangeBefore } from '../core/report/earlier-range.ts';
import { type Period, periods } from '../core/report/range.ts';
import type { Scope } from '../core/report/report.ts';
import { type LinkTo, queryOf } from './links.ts';

const names: Record<Period, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  month: 'This month',
  'last-month': 'Last month',
  '12mo': '12 months',
};

interface Props {
  scope: Scope;
  today: Day;
  linkTo: LinkTo;
}

/** Renders links to the range before, the range after and each period, and a form for any range. */
export function RangeNav({ scope, today, linkTo }: Props) {
  const { range } = scope;
  const hrefOf = (days: string[]) => linkTo({ from: days[0], to: days.at(-1) });
  const later = rangeAfter(range, today);
  return (
    <nav class="block ranges" aria-label="Date range">
      <a class="button is-small" href={hrefOf(rangeBefore(range).days)} rel="prev" aria-label="Previous range">
        ←
      </a>
      {later && (
        <a class="button is-small" href={hrefOf(later.days)} rel="next" aria-label="Next range">
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
