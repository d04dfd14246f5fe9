import type { Comparison } from '../core/report/comparison.ts';
import type { Report, Scope } from '../core/report/report.ts';
import { Days } from './Days.tsx';
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
  linkTo: LinkTo;
}

/** Renders what the range is compared with, and links to other comparisons. */
export function ComparedWith({ scope, previous, linkTo }: Props) {
  const { comparison: chosen = 'previous' } = scope;
  // A single day is compared with its weekday anyway.
  const isDay = scope.range.days.length === 1;
  const options = (Object.keys(names) as Comparison[]).filter((each) => !isDay || each !== 'week' || each === chosen);
  return (
    <div class="compared is-size-7">
      <p>
        <Sentence scope={scope} previous={previous} />
      </p>
      {scope.range.period !== 'all' && (
        <ul class="units" aria-label="Compare with">
          {options.map((each) => (
            <li key={each}>
              <a
                class="button is-small"
                href={linkTo({ compare: each === 'previous' ? undefined : each })}
                aria-current={each === chosen ? 'true' : undefined}
              >
                {isDay && each === 'previous' ? 'Week before' : names[each]}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Sentence({ scope: { earlier, comparison }, previous }: Omit<Props, 'linkTo'>) {
  if (comparison === 'none') return <>Not compared.</>;
  if (!earlier) return <>No earlier data to compare with.</>;
  const { range, until } = earlier;
  const days = (
    <>
      <Days days={range.days} />
      {until && `, until ${until.hour}:${until.minute}`}
    </>
  );
  const isEmpty = Object.values(previous?.totals ?? {}).every((count) => count === 0);
  return (
    <>
      Compared with {days}
      {isEmpty && ': nothing was counted then'}.
    </>
  );
}
