import { parse, type Runtime, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Range } from '../core/range.ts';
import { grouped, shortened } from './text.ts';

/** One bar: what it stands for, its height, that of the same bar in the period before, and whether it still grows, or will. */
export interface ChartBar {
  at: string;
  count: number;
  before: number;
  growing: boolean;
  toCome: boolean;
}

// Above so many days their labels say the month, and no weekday.
const mostWeekdays = 14;

// What a digit takes of a label's width, in px.
const digit = 7.5;

const labels = {
  hour: 'datum.value',
  month: `[utcFormat(toDate(datum.value), '%b'), datum.index === 0 || utcmonth(toDate(datum.value)) === 0 ? utcFormat(toDate(datum.value), '%Y') : '']`,
  day: `[utcFormat(toDate(datum.value), '%a'), utcFormat(toDate(datum.value), '%-d')]`,
  manyDays: `[utcFormat(toDate(datum.value), '%-d'), utcFormat(toDate(datum.value), '%b')]`,
};

/** Constant but for its size and its labels; the data, set later, holds dates and numbers only. */
const spec = (width: number, height: number, label: keyof typeof labels): TopLevelSpec => ({
  data: { name: 'bars', values: [] },
  width,
  height,
  padding: { top: 18, bottom: 4, left: 0, right: 0 },
  autosize: { type: 'fit', contains: 'padding' },
  background: 'transparent',
  encoding: {
    x: {
      field: 'at',
      type: 'ordinal',
      title: null,
      axis: { labelExpr: labels[label], labelOverlap: true, labelSeparation: 4 },
    },
    y: { field: 'count', type: 'quantitative', axis: null, stack: null },
  },
  layer: [
    {
      name: 'before',
      mark: { type: 'bar', width: { band: 0.94 }, cornerRadiusEnd: 3 },
      encoding: { y: { field: 'before', type: 'quantitative' } },
    },
    {
      mark: { type: 'bar', width: { band: 0.62 }, cornerRadiusEnd: 3 },
      encoding: { opacity: { condition: { test: 'datum.growing', value: 0.6 }, value: 1 } },
    },
    {
      mark: { type: 'text', baseline: 'bottom', dy: -4 },
      encoding: { text: { field: 'number', type: 'nominal' } },
    },
  ],
  config: {
    aria: false,
    font: 'inherit',
    view: { stroke: null },
    text: { fontSize: 13 },
    axis: { domain: false, ticks: false, labelAngle: 0, labelFontSize: 13, labelLineHeight: 16, labelPadding: 8 },
  },
});

const runtimes = new Map<string, Runtime>();

/** Compiled once for each kind of chart: that takes longer than drawing. */
function runtimeFor(...kind: Parameters<typeof spec>): Runtime {
  const key = kind.join(' ');
  const runtime = runtimes.get(key) ?? parse(compile(spec(...kind)).spec, undefined, { ast: true });
  runtimes.set(key, runtime);
  return runtime;
}

/**
 * A bar chart as an SVG document, `width` × `height` px. Where the bars have no room for their numbers, 12,345 reads 12.3k,
 * and where even that is too long only the highest bar has its number.
 */
export async function barChart(bars: ChartBar[], unit: Range['unit'], width: number, height: number): Promise<string> {
  const label = unit === 'day' && bars.length > mostWeekdays ? 'manyDays' : unit;
  const view = new View(runtimeFor(width, height, label), { renderer: 'none', expr: expressionInterpreter });
  const numbers = numbersFor(bars, width / bars.length);
  const svg = await view
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
  const all = (format: (count: number) => string) => bars.map(({ count, toCome }) => (toCome ? '' : format(count)));
  const [full, short] = [all(grouped), all(shortened)];
  if (fit(full)) return full;
  if (fit(short)) return short;
  const highest = bars.reduce((best, { count }, i) => (count > (bars[best]?.count ?? 0) ? i : best), 0);
  return short.map((text, i) => (i === highest ? text : ''));
}
