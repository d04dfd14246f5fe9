import type { Day, Moment } from '../core/calendar/day.ts';
import type { Forecast } from '../core/report/forecast.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import type { Note } from '../core/report/notes.ts';
import type { Report } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import type { Unit } from '../core/report/unit.ts';
import type { UnusualDay } from '../core/report/unusual-days.ts';
import { axisOf } from './axis.ts';
import { barChart } from './bar-chart.ts';
import { barHrefs } from './bar-hrefs.ts';
import { ChartNotes } from './ChartNotes.tsx';
import { DayRemarks } from './DayRemarks.tsx';
import { ImportNotes } from './ImportNotes.tsx';
import { csvLink, type LinkTo } from './links.ts';
import { chartedBy, measures } from './measures.ts';
import { CsvLink } from './PanelTitle.tsx';
import { SeriesTable } from './SeriesTable.tsx';
import { seriesBars } from './series-bars.ts';
import { Tiles } from './Tiles.tsx';
import { ViewsChart } from './ViewsChart.tsx';

interface Props {
  scope: Scope;
  report: Report;
  /** The report of the earlier range, if there is one. */
  previous: Report | undefined;
  now: Moment;
  /** The first counted day. Undefined if no day is rolled up yet. */
  since: Day | undefined;
  unusual: UnusualDay[];
  /** The owner's notes on days of the range. */
  notes: Note[];
  /** The imports of the range. */
  imports: ImportedDays[];
  /** The views of today by midnight, if they can be estimated. */
  forecast: Forecast | undefined;
  /** The host that pages are shown without, or empty. */
  prefix: string;
  linkTo: LinkTo;
}

const hasCounts = (report: Report | undefined): report is Report =>
  Object.values(report?.totals ?? {}).some((sum) => sum > 0);

/** Returns whether views were imported without the hours that bars need. */
const lacksHours = ({ totals, totalsByPoint }: Report, unit: Unit): boolean =>
  unit === 'hour' && Boolean(totals.views) && totalsByPoint.every(({ views }) => !views);

/** Renders the card of the totals and their chart. It is a promise, because vega draws by one. */
export async function ChartCard(props: Props) {
  const { scope, report, previous, now, since, unusual, notes, imports, forecast, prefix, linkTo } = props;
  const { range, filter, metric } = scope;
  const charted = chartedBy(report, metric, range.unit === 'hour');
  const measure = measures[charted];
  const isShare = charted === 'bounce-rate';
  const expected = forecast && charted === 'views' ? Math.round((forecast.low + forecast.high) / 2) : undefined;
  const marked = charted === report.metric ? unusual : [];
  const times = { now, since, unusual: marked, notes, imports, expected };
  const [hasBars, hadBars] = [report, previous].map((each) => each && !lacksHours(each, range.unit));
  const bars = hasBars ? seriesBars(range, report, hadBars ? previous : undefined, times, measure.of) : [];
  const highest = Math.max(0, ...bars.flatMap(({ count, previous = 0, expected = 0 }) => [count, previous, expected]));
  const axis = axisOf(charted, highest);
  const hrefOf = barHrefs(range, now.day, linkTo);
  return (
    <section class="box chart-card" aria-label="Totals and chart">
      <Tiles
        now={report.totals}
        before={hasCounts(previous) ? previous.totals : {}}
        chosen={charted}
        page={filter.page}
        linkTo={linkTo}
      />
      {bars.length > 0 && (
        <ViewsChart
          bars={bars}
          scope={scope}
          previous={previous}
          today={now.day}
          measure={measure}
          isShare={isShare}
          axis={axis}
          drawing={await barChart(bars, axis)}
          hrefOf={hrefOf}
          linkTo={linkTo}
        />
      )}
      <DayRemarks unusual={unusual} forecast={forecast} metric={report.metric} prefix={prefix} linkTo={linkTo} />
      <div class="chart-notes">
        {bars.length === 0 && (
          <p>
            {hasBars ? 'Hours are counted for all visits together.' : 'There are no views by hour.'}{' '}
            <a href={linkTo({ period: '7d' })}>Show 7 days</a>
          </p>
        )}
        {range.unit === 'hour' && bars.length > 0 && metric && metric !== 'views' && report.metric === 'views' && (
          <p>Hours are counted for views only.</p>
        )}
        <ImportNotes imports={imports} range={range} site={prefix} />
        <ChartNotes report={report} days={range.days.length} />
        {bars.length > 0 && (
          <div class="is-end">
            <details>
              <summary>As a table</summary>
              <SeriesTable bars={bars} unit={range.unit} measure={measure} hrefOf={hrefOf} />
            </details>
            <CsvLink title={`${measure.title} per ${range.unit}`} csv={csvLink('range', linkTo)} />
          </div>
        )}
      </div>
    </section>
  );
}
