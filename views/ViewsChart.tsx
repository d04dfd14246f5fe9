import type { Day } from '../core/calendar/day.ts';
import type { Metric } from '../core/report/filter.ts';
import type { Query } from '../core/report/query.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import { daysOfBar, type Unit } from '../core/report/unit.ts';
import { Link } from './Link.tsx';
import { dateLabel, nouns } from './labels.ts';
import { csvLink, type LinkTo } from './links.ts';
import { PanelTitle } from './PanelTitle.tsx';
import type { SeriesBar } from './series-bars.ts';
import { capitalised, counted, grouped } from './text.ts';

/** An SVG for one width of screen, by its class in style.css. */
export interface Drawing {
  screens: 'is-narrow' | 'is-middle' | 'is-wide';
  svg: string;
}

interface Props {
  bars: SeriesBar[];
  range: Range;
  today: Day;
  metric: Metric;
  drawings: Drawing[];
  linkTo: LinkTo;
}

/** Renders the series of the range as a chart for each width of screen, and as a table. */
export function ViewsChart({ bars, range, today, metric, drawings, linkTo }: Props) {
  const { unit } = range;
  const noun = nouns[metric];
  const metricName = capitalised(`${noun}s`);
  const title = `${metricName} per ${unit}`;
  const best = bars.reduce((a, b) => (b.count > a.count ? b : a));
  const summary = `${title}. Highest: ${counted(best.count, noun)}, ${dateLabel(best.date, unit)}.`;
  const hasPrevious = bars.some(({ previous }) => previous !== undefined);
  const hrefOf = ({ date }: SeriesBar) => {
    const change = queryOfBar(date, range, today);
    return change && linkTo(change);
  };
  return (
    <section class="box">
      <PanelTitle title={title} csv={csvLink('range', linkTo)} />
      <div class="chart-frame">
        <div role="img" aria-label={summary}>
          {drawings.map(({ screens, svg }) => (
            <div
              key={screens}
              class={`chart ${screens}`}
              aria-hidden="true"
              dangerouslySetInnerHTML={{ __html: svg }}
            />
          ))}
        </div>
        {/* A column over each bar is for pointers only: the table has the same. */}
        <div class="columns-over" aria-hidden="true">
          {bars.map((bar) => (
            <Link key={bar.date} href={hrefOf(bar)} title={titleOf(bar, unit, noun)} pointerOnly />
          ))}
        </div>
      </div>
      {bars.some(({ previous = 0 }) => previous > 0) && <p class="is-size-7">Grey: the previous range.</p>}
      <details class="mt-4">
        <summary>As a table</summary>
        <table class="table mt-3">
          <thead>
            <tr>
              <th scope="col">{capitalised(unit)}</th>
              <th scope="col" class="number">
                {metricName}
              </th>
              {hasPrevious && (
                <th scope="col" class="number">
                  Previous
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.date}>
                <th scope="row">
                  <Link href={hrefOf(bar)}>{dateLabel(bar.date, unit)}</Link>
                </th>
                <td class="number">{!bar.isFuture && !bar.isUncounted && grouped(bar.count)}</td>
                {hasPrevious && <td class="number">{bar.previous !== undefined && grouped(bar.previous)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function titleOf(
  { date, count, previous, isFuture, isUncounted, isUnusual }: SeriesBar,
  unit: Unit,
  noun: string,
): string {
  const now = isFuture ? 'not yet' : isUncounted ? 'before counting began' : counted(count, noun);
  const before = previous === undefined ? '' : ` (previous: ${grouped(previous)})`;
  return `${dateLabel(date, unit)}: ${now}${isUnusual ? ', unusual' : ''}${before}`;
}

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
