import { parse, type Runtime, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Range } from '../core/range.ts';

/** One bar: what it stands for, its height, that of the same bar in the period before, and whether it still grows. */
export interface ChartBar {
  at: string;
  count: number;
  before: number;
  growing: boolean;
}

// Above so many bars their numbers would overlap.
const mostNumbers = 14;

const labels = {
  hour: 'datum.value',
  month: `[utcFormat(toDate(datum.value), '%b'), utcFormat(toDate(datum.value), '%Y')]`,
  day: `[utcFormat(toDate(datum.value), '%a'), utcFormat(toDate(datum.value), '%-d')]`,
  manyDays: `[utcFormat(toDate(datum.value), '%-d'), utcFormat(toDate(datum.value), '%b')]`,
};

/** Constant but for its size, its labels and the format of numbers; the data, set later, holds dates and numbers only. */
const spec = (width: number, height: number, label: keyof typeof labels, numbers: string): TopLevelSpec => ({
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
      mark: { type: 'bar', cornerRadiusEnd: 3 },
      encoding: { opacity: { condition: { test: 'datum.growing', value: 0.6 }, value: 1 } },
    },
    {
      name: 'before',
      transform: [{ filter: 'datum.before > 0' }],
      mark: { type: 'tick', thickness: 2 },
      encoding: { y: { field: 'before', type: 'quantitative' } },
    },
    ...(numbers === ''
      ? []
      : [
          {
            transform: [{ calculate: 'max(datum.count, datum.before)', as: 'top' }],
            mark: { type: 'text' as const, baseline: 'bottom' as const, dy: -4 },
            encoding: {
              y: { field: 'top', type: 'quantitative' as const },
              text: { field: 'count', type: 'quantitative' as const, format: numbers },
            },
          },
        ]),
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

/** A bar chart as an SVG document, `width` × `height` px. Where bars are narrow, 12,345 reads 12.3k. */
export async function barChart(bars: ChartBar[], unit: Range['unit'], width: number, height: number): Promise<string> {
  const tight = width < 400 && bars.some(({ count }) => count >= 10_000);
  const numbers = bars.length > mostNumbers ? '' : tight ? '.3~s' : ',d';
  const label = unit === 'day' && bars.length > mostNumbers ? 'manyDays' : unit;
  const view = new View(runtimeFor(width, height, label, numbers), { renderer: 'none', expr: expressionInterpreter });
  const svg = await view.data('bars', bars).toSVG();
  view.finalize();
  return svg;
}
