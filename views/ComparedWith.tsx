import type { Day } from '../core/calendar/day.ts';
import type { Comparison } from '../core/report/comparison.ts';
import { endsOf } from '../core/report/range.ts';
import type { Report } from '../core/report/report.ts';
import { asksLake, type Scope } from '../core/report/scope.ts';
import { daysText } from './date-text.ts';
import type { LinkTo } from './links.ts';

const names: Record<Comparison, string> = {
  previous: 'Previous range',
  week: 'Same weekdays',
  year: 'Year before',
  none: 'Nothing',
};

interface Props {
  scope: Scope;
  previous: Report | undefined;
  today: Day;
  linkTo: LinkTo;
}

/** Renders what the range is compared with, as a menu of the other comparisons. */
export function ComparedWith({ scope, previous, today, linkTo }: Props) {
  const { comparison: chosen = 'previous' } = scope;
  if (scope.range.period === 'all' || asksLake(scope)) return null;
  // A single day is compared with its weekday anyway, and months have none.
  const { days, unit, period } = scope.range;
  const isDay = days.length === 1 && period !== 'month' && period !== 'year';
  const hasWeekdays = !isDay && unit !== 'month' && unit !== 'year';
  const options = (Object.keys(names) as Comparison[]).filter(
    (each) => each !== 'week' || hasWeekdays || each === chosen,
  );
  return (
    <details class="menu" name="menu">
      <summary class="control compared">
        <span class={scope.earlier ? 'key is-then' : undefined}>{comparedWith(scope, previous, today)}</span>
      </summary>
      <nav class="sheet is-end" aria-label="Compare with">
        {options.map((each) => (
          <a
            key={each}
            href={linkTo({ compare: each === 'previous' ? undefined : each })}
            aria-current={each === chosen ? 'true' : undefined}
          >
            {isDay && each === 'previous' ? 'Week before' : names[each]}
          </a>
        ))}
      </nav>
    </details>
  );
}

function comparedWith({ earlier, comparison }: Scope, previous: Report | undefined, today: Day): string {
  if (comparison === 'none') return 'Not compared';
  if (!earlier) return 'No earlier data to compare with';
  const { range, until } = earlier;
  const isEmpty = Object.values(previous?.totals ?? {}).every((count) => count === 0);
  const time = until ? `, until ${until.hour}:${until.minute}` : '';
  return `${daysText(...endsOf(range), today)}${time}${isEmpty ? ': nothing counted' : ''}`;
}
