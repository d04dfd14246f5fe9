import type { Day } from '../core/calendar/day.ts';
import { rangeAfter, rangeBefore } from '../core/report/earlier-range.ts';
import { endsOf, type Period, periods, type Range } from '../core/report/range.ts';
import type { Scope } from '../core/report/report.ts';
import { barsIn, dayUnits, maxBars, usualUnit } from '../core/report/unit.ts';
import { type LinkTo, queryOf, queryOfRange } from './links.ts';
import { capitalised } from './text.ts';

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

/** Renders links to the range before and after, a menu of periods with a form for any range, and links to other bars. */
export function RangeNav({ scope, today, linkTo }: Props) {
  const { range } = scope;
  const [before, later] = [rangeBefore(range), rangeAfter(range, today)];
  return (
    <nav class="block ranges" aria-label="Date range">
      {before && (
        <a class="button is-small" href={linkTo(queryOfRange(before))} rel="prev" aria-label="Previous range">
          ←
        </a>
      )}
      <details>
        <summary class="button is-small">{range.period ? names[range.period] : 'Custom range'}</summary>
        <div class="sheet">
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
      {later && (
        <a class="button is-small" href={linkTo(queryOfRange(later))} rel="next" aria-label="Next range">
          →
        </a>
      )}
      <UnitNav range={range} linkTo={linkTo} />
    </nav>
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
        From <input class="input is-small" type="date" name="from" value={from} max={today} required />
      </label>
      <label>
        To <input class="input is-small" type="date" name="to" value={to} max={today} required />
      </label>
      <button class="button is-small" type="submit">
        Show
      </button>
    </form>
  );
}

/** Renders a link to each unit of time that fits the range. Renders nothing if only one does. */
function UnitNav({ range, linkTo }: { range: Range; linkTo: LinkTo }) {
  const ends = endsOf(range);
  const units = dayUnits.filter((unit) => unit === range.unit || isReadable(barsIn(unit, ...ends)));
  if (range.unit === 'hour' || units.length < 2) return null;
  return (
    <ul class="units" aria-label="Bars by">
      {units.map((unit) => (
        <li key={unit}>
          <a
            class="button is-small"
            href={linkTo({ by: unit === usualUnit(...ends) ? undefined : unit })}
            aria-current={unit === range.unit ? 'true' : undefined}
          >
            {capitalised(unit)}
          </a>
        </li>
      ))}
    </ul>
  );
}

// One or two bars say less than the totals.
const isReadable = (bars: number) => bars >= 3 && bars <= maxBars;
