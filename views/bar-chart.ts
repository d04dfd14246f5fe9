import { View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { chart } from '../build/chart.ts';
import type { Axis } from './axis.ts';
import { chartSize } from './chart-spec.ts';
import type { SeriesBar } from './series-bars.ts';

/** More bars than these are too narrow for round corners. */
const mostRound = 31;

/** Returns a bar chart as an SVG without text, which fills any box. */
export async function barChart(bars: SeriesBar[], { top, ticks }: Axis): Promise<string> {
  const svg = await new View(JSON.parse(chart), { renderer: 'none', expr: expressionInterpreter })
    // By themselves, bars without any number would have no place, and push the others out of theirs.
    .signal(
      'dates',
      bars.map(({ date }) => date),
    )
    .signal('top', top)
    .signal('ticks', ticks)
    .signal('radius', bars.length > mostRound ? 0 : 4)
    .data(
      'bars',
      bars.map(({ date, count, previous, isPartial, isFuture, isUncounted, expected }) => ({
        date,
        previous: previous || null,
        count: (isPartial && expected === undefined) || isFuture || isUncounted ? null : count,
        unfinished: (isPartial && (expected ?? count)) || null,
      })),
    )
    .toSVG();
  const { width, height } = chartSize;
  return svg
    .replace(
      /^<svg [^>]*>/,
      `<svg class="drawing" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">`,
    )
    .replace(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))
    .replace(/ (fill|stroke|role|aria-roledescription)="[^"]*"/g, '');
}
