import { View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { chart } from '../build/chart.ts';
import type { Unit } from '../core/report/unit.ts';
import type { Labels } from './chart-spec.ts';
import type { SeriesBar } from './series-bars.ts';
import { grouped, shortened } from './text.ts';

/** Labels of more days than these show the month instead of the weekday. */
const maxWeekdays = 14;

/** Labels of more weeks than these show months. */
const maxWeeks = 26;

/** The labels of one line. Others have two. */
const oneLine: ReadonlySet<Labels> = new Set(['hour', 'year', 'yearOfMonth']);

/** The height of a number above a bar, in px. */
const numberHeight = 22;

/** The width of the name of a month, with a gap, in px. */
const monthWidth = 30;

/** The width of a digit in a label, in px. */
const digitWidth = 7.5;

/**
 * Returns a function that draws a bar chart as an SVG document of `width` × `height` px. If numbers are too wide for their
 * bars, 12,345 reads 12.3k. If that is too wide as well, only the highest bar has a number.
 */
export function barChart(bars: SeriesBar[], unit: Unit) {
  const view = new View(JSON.parse(chart), { renderer: 'none', expr: expressionInterpreter });

  return (width: number, height: number): Promise<string> => {
    const labels = labelsFor(unit, bars.length, width);
    const labelHeight = oneLine.has(labels) ? 26 : 42;
    const numbers = numbersFor(bars, width / bars.length);
    return view
      .signal('labels', labels)
      .width(width)
      .height(height - numberHeight - labelHeight)
      .padding({ top: numberHeight, bottom: labelHeight, left: 0, right: 0 })
      .data(
        'bars',
        bars.map((bar, i) => ({
          ...bar,
          previous: bar.previous ?? 0,
          number: numbers[i],
          mark: bar.isUnusual ? '●' : '',
        })),
      )
      .toSVG();
  };
}

/** Returns the labels that fit below the bars. Months of which not each one fits are named by quarter or year. */
function labelsFor(unit: Unit, count: number, width: number): Labels {
  if (unit === 'hour' || unit === 'year') return unit;
  if (unit === 'day') return count > maxWeekdays ? 'date' : 'weekday';
  if (unit === 'week' && count <= maxWeeks) return 'date';
  const months = unit === 'week' ? (count * 12) / 52 : count;
  const spacing = width / months;
  if (spacing >= monthWidth) return 'month';
  return 3 * spacing >= monthWidth ? 'quarter' : 'yearOfMonth';
}

function numbersFor(bars: SeriesBar[], width: number): string[] {
  const fit = (texts: string[]) => texts.every((text) => (text.length + 1) * digitWidth <= width);
  const all = (format: (count: number) => string) =>
    bars.map(({ count, isFuture, isUncounted }) => (isFuture || isUncounted ? '' : format(count)));
  const [full, short] = [all(grouped), all(shortened)];
  if (fit(full)) return full;
  if (fit(short)) return short;
  const highest = bars.reduce((best, { count }, i) => (count > (bars[best]?.count ?? 0) ? i : best), 0);
  return short.map((text, i) => (i === highest ? text : ''));
}
