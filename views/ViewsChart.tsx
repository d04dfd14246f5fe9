import type { Day } from '../core/calendar/day.ts';
import { endsOf } from '../core/report/range.ts';
import type { Report } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import type { Axis } from './axis.ts';
import { BarLinks, mostTabStops } from './BarLinks.tsx';
import { barName } from './bar-labels.ts';
import { ChartText } from './ChartText.tsx';
import { ComparedWith } from './ComparedWith.tsx';
import { daysText } from './date-text.ts';
import type { LinkTo } from './links.ts';
import type { Measure } from './measures.ts';
import type { SeriesBar } from './series-bars.ts';
import { UnitNav } from './UnitNav.tsx';

interface Props {
  bars: SeriesBar[];
  scope: Scope;
  previous: Report | undefined;
  today: Day;
  measure: Measure;
  /** Whether the numbers are shares of 1. */
  isShare: boolean;
  axis: Axis;
  /** The SVG of the bars. */
  drawing: string;
  hrefOf(bar: SeriesBar): string | undefined;
  linkTo: LinkTo;
}

function Unfinished({ bars }: Pick<Props, 'bars'>) {
  const unfinished = bars.find(({ isPartial }) => isPartial);
  if (!unfinished) return null;
  return (
    <span class="key is-unfinished">{unfinished.expected === undefined ? 'not over' : 'expected by midnight'}</span>
  );
}

/** Returns a class that tells how narrow the bars are. */
function densityOf(bars: number): string {
  if (bars > mostTabStops) return 'is-many';
  return bars > 12 ? 'is-some' : '';
}

/** Renders the series of the range as a chart, with links and numbers over its drawing. */
export function ViewsChart(props: Props) {
  const { bars, scope, previous, today, measure, isShare, axis, drawing, hrefOf, linkTo } = props;
  const { range } = scope;
  const { unit } = range;
  const title = `${measure.title} per ${unit}`;
  const best = bars.reduce((a, b) => (b.count > a.count ? b : a));
  const summary = `${title}. Highest: ${measure.say(best.count)}, ${barName(best.date, unit)}.`;
  return (
    <>
      <div class="chart-head">
        <h2>{title}</h2>
        <UnitNav range={range} linkTo={linkTo} />
        <div class="legend">
          <span class="key is-now">{daysText(...endsOf(range), today)}</span>
          <ComparedWith scope={scope} previous={previous} today={today} linkTo={linkTo} />
          <Unfinished bars={bars} />
          {bars.some(({ isImported }) => isImported) && <span class="key is-imported">imported</span>}
        </div>
      </div>
      <div class={`chart ${densityOf(bars.length)}`}>
        <div class="plot" role="img" aria-label={summary}>
          <div dangerouslySetInnerHTML={{ __html: drawing }} />
          <ChartText bars={bars} axis={axis} measure={measure} />
        </div>
        <BarLinks bars={bars} unit={unit} today={today} measure={measure} isShare={isShare} hrefOf={hrefOf} />
      </div>
    </>
  );
}
