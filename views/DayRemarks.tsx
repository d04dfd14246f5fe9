import type { Metric } from '../core/report/filter.ts';
import type { Forecast } from '../core/report/forecast.ts';
import type { UnusualDay } from '../core/report/unusual-days.ts';
import { weekdayAndDay } from './date-text.ts';
import { LinkedSentence } from './LinkedSentence.tsx';
import { nouns } from './labels.ts';
import type { LinkTo } from './links.ts';
import { counted, grouped, roughly } from './text.ts';
import { causeParts } from './why-sentences.ts';

const most = 3;

interface Props {
  unusual: UnusualDay[];
  forecast: Forecast | undefined;
  metric: Metric;
  /** The host that pages are shown without, or empty. */
  prefix: string;
  linkTo: LinkTo;
}

/** Renders the estimate of today's views, and the days in the chart that are most unusual. */
export function DayRemarks({ unusual, forecast, metric, prefix, linkTo }: Props) {
  if (unusual.length === 0 && !forecast) return null;
  return (
    <ul class="day-remarks" aria-label="Remarks on days">
      {forecast && <li>Today: {estimate(forecast)} by midnight.</li>}
      {mostUnusual(unusual).map(({ day, count, usual, causes }) => (
        <li key={day}>
          <a href={linkTo({ from: day, to: day })}>{weekdayAndDay(day)}</a> is unusual: {counted(count, nouns[metric])},
          where {grouped(usual)} {usual === 1 ? 'is' : 'are'} usual on this weekday.{' '}
          {causes.map((cause) => (
            <LinkedSentence
              key={JSON.stringify(cause)}
              parts={[...causeParts(cause, prefix), { text: '. ' }]}
              // Its numbers are those of the week before, whatever the range is compared with.
              hrefOf={(filter) => linkTo({ from: day, to: day, compare: undefined, ...filter })}
            />
          ))}
        </li>
      ))}
    </ul>
  );
}

/** Returns the days that differ most, the latest first. */
const mostUnusual = (days: UnusualDay[]): UnusualDay[] =>
  [...days]
    .sort((a, b) => Math.abs(b.count - b.usual) - Math.abs(a.count - a.usual))
    .slice(0, most)
    .sort((a, b) => (a.day < b.day ? 1 : -1));

function estimate({ low, high }: Forecast): string {
  const [least, most] = [roughly(low), roughly(high)];
  return least === most ? `about ${counted(most, 'view')}` : `about ${grouped(least)} to ${counted(most, 'view')}`;
}
