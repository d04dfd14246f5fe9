import { View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { chart } from '../build/chart.ts';
import type { Range } from '../core/report/range.ts';
import type { Labels } from './chart-spec.ts';
import { grouped, shortened } from './text.ts';

/** One bar: its hour, day or month, its count, and the count of the same bar in the earlier range. */
export interface ChartBar {
  date: string;
  count: number;
  previous: number;
  /** Whether its hour, day or month is not over. */
  isPartial: boolean;
  /** Whether its hour, day or month has not begun. */
  isFuture: boolean;
}

/** Labels of more days than these show the month instead of the weekday. */
const maxWeekdays = 14;

/** The width of a digit in a label, in px. */
const digitWidth = 7.5;

/**
 * Draws a bar chart as an SVG document of `width` × `height` px. If numbers are too wide for their bars, 12,345 reads
 * 12.3k. If that is too wide as well, only the highest bar has a number.
 */
export async function barChart(bars: ChartBar[], unit: Range['unit'], width: number, height: number): Promise<string> {
  const labels: Labels = unit === 'day' && bars.length > maxWeekdays ? 'manyDays' : unit;
  const view = new View(JSON.parse(chart), { renderer: 'none', expr: expressionInterpreter });
  const numbers = numbersFor(bars, width / bars.length);
  const svg = await view
    .signal('labels', labels)
    .width(width)
    .height(height)
    .data(
      'bars',
      bars.map((bar, i) => ({ ...bar, number: numbers[i] })),
    )
    .toSVG();
  view.finalize();
  return svg;
}

function numbersFor(bars: ChartBar[], width: number): string[] {
  const fit = (texts: string[]) => texts.every((text) => (text.length + 1) * digitWidth <= width);
  const all = (format: (count: number) => string) => bars.map(({ count, isFuture }) => (isFuture ? '' : format(count)));
  const [full, short] = [all(grouped), all(shortened)];
  if (fit(full)) return full;
  if (fit(short)) return short;
  const highest = bars.reduce((best, { count }, i) => (count > (bars[best]?.count ?? 0) ? i : best), 0);
  return short.map((text, i) => (i === highest ? text : ''));
}
