import { firstDayOf, lastDayOf, parseMonth } from '../core/calendar/month.ts';
import type { Metric } from '../core/report/filter.ts';
import type { Query } from '../core/report/query.ts';
import type { Range } from '../core/report/range.ts';
import type { ChartBar } from './bar-chart.ts';
import { Link } from './Link.tsx';
import { dateLabel, nouns } from './labels.ts';
import { csvLink, type LinkTo } from './links.ts';
import { PanelTitle } from './PanelTitle.tsx';
import { capitalised, counted, grouped } from './text.ts';

/** An SVG for one width of screen, by its class in style.css. */
export interface Drawing {
  screens: 'is-narrow' | 'is-middle' | 'is-wide';
  svg: string;
}

interface Props {
  bars: ChartBar[];
  unit: Range['unit'];
  metric: Metric;
  drawings: Drawing[];
  linkTo: LinkTo;
}

/** Renders the series of the range as a chart for each width of screen, and as a table. */
export function ViewsChart({ bars, unit, metric, drawings, linkTo }: Props) {
  const noun = nouns[metric];
  const metricName = capitalised(`${noun}s`);
  const title = `${metricName} per ${unit}`;
  const best = bars.reduce((a, b) => (b.count > a.count ? b : a));
  const summary = `${title}. Highest: ${counted(best.count, noun)}, ${dateLabel(best.date)}.`;
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
        <Columns bars={bars} unit={unit} noun={noun} linkTo={linkTo} />
      </div>
      {bars.some(({ previous }) => previous > 0) && <p class="is-size-7">Grey: the previous range.</p>}
      <details class="mt-4">
        <summary>As a table</summary>
        <table class="table mt-3">
          <thead>
            <tr>
              <th scope="col">{capitalised(unit)}</th>
              <th scope="col" class="number">
                {metricName}
              </th>
              <th scope="col" class="number">
                Previous
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.date}>
                <th scope="row">
                  <BarName bar={bar} unit={unit} linkTo={linkTo} />
                </th>
                <td class="number">{!bar.isFuture && grouped(bar.count)}</td>
                <td class="number">{grouped(bar.previous)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** Renders a column over each bar, with its numbers and its link. It is for pointers only: the table has the same. */
function Columns({ bars, unit, noun, linkTo }: Pick<Props, 'bars' | 'unit' | 'linkTo'> & { noun: string }) {
  return (
    <div class="columns-over" aria-hidden="true">
      {bars.map((bar) => {
        const change = rangeOf(bar, unit);
        const count = bar.isFuture ? 'not yet' : counted(bar.count, noun);
        const title = `${dateLabel(bar.date)}: ${count} (previous: ${grouped(bar.previous)})`;
        return <Link key={bar.date} href={change && linkTo(change)} title={title} pointerOnly />;
      })}
    </div>
  );
}

function BarName({ bar, unit, linkTo }: { bar: ChartBar } & Pick<Props, 'unit' | 'linkTo'>) {
  const change = rangeOf(bar, unit);
  return <Link href={change && linkTo(change)}>{dateLabel(bar.date)}</Link>;
}

/** Returns the range of a bar's day or month, or undefined for an hour. */
function rangeOf({ date, isPartial }: ChartBar, unit: Range['unit']): Query | undefined {
  if (unit === 'day') return { from: date, to: date };
  const month = parseMonth(date);
  if (!month) return undefined;
  return isPartial ? { period: 'month' } : { from: firstDayOf(month), to: lastDayOf(month) };
}
