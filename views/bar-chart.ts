import { View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { chart } from '../build/chart.ts';
import type { Range } from '../core/report/range.ts';
import type { Labels } from './chart-spec.ts';
import { grouped, shortened } from './text.ts';

/** One bar: the hour, day or month that it stands for, its count, and the count of the same bar in the earlier range. */
export interface ChartBar {
  date: string;
  count: number;
  previous: number;
  /** Whether its time is not over yet. */
  isPartial: boolean;
  /** Whether its time has not begun yet. */
  isFuture: boolean;
}

// Above so many days their labels say the month, and no weekday.
const mostWeekdays = 14;

// What a digit takes of a label's width, in px.
const digit = 7.5;

/**
 * A bar chart as an SVG document, `width` × `height` px. Where the bars have no room for their numbers, 12,345 reads 12.3k,
 * and where even that is too long only the highest bar has its number.
 */
export async function barChart(bars: ChartBar[], unit: Range['unit'], width: number, height: number): Promise<string> {
  const labels: Labels = unit === 'day' && bars.length > mostWeekdays ? 'manyDays' : unit;
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
  const fit = (texts: string[]) => texts.every((text) => (text.length + 1) * digit <= width);
  const all = (format: (count: number) => string) => bars.map(({ count, isFuture }) => (isFuture ? '' : format(count)));
  const [full, short] = [all(grouped), all(shortened)];
  if (fit(full)) return full;
  if (fit(short)) return short;
  const highest = bars.reduce((best, { count }, i) => (count > (bars[best]?.count ?? 0) ? i : best), 0);
  return short.map((text, i) => (i === highest ? text : ''));
}
