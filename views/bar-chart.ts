import { parse, type Runtime, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Report } from '../core/report.ts';

/** Constant but for its size and the format of numbers; the data, set later, holds dates and numbers only. Colours come from style.css. */
const spec = (width: number, height: number, format: string): TopLevelSpec => ({
  data: { name: 'days', values: [] },
  width,
  height,
  padding: { top: 18, bottom: 4, left: 0, right: 0 },
  autosize: { type: 'fit', contains: 'padding' },
  background: 'transparent',
  encoding: {
    x: {
      field: 'day',
      type: 'ordinal',
      title: null,
      axis: { labelExpr: `[utcFormat(toDate(datum.value), '%a'), utcFormat(toDate(datum.value), '%-d')]` },
    },
    y: { field: 'views', type: 'quantitative', axis: null, stack: null },
  },
  layer: [
    { mark: { type: 'bar', cornerRadiusEnd: 3 } },
    {
      mark: { type: 'text', baseline: 'bottom', dy: -4 },
      encoding: { text: { field: 'views', type: 'quantitative', format } },
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

/** Compiled once for each size: that takes longer than drawing. */
function runtimeFor(width: number, height: number, format: string): Runtime {
  const key = `${width} ${height} ${format}`;
  const runtime = runtimes.get(key) ?? parse(compile(spec(width, height, format)).spec, undefined, { ast: true });
  runtimes.set(key, runtime);
  return runtime;
}

/** A bar chart of views per day as an SVG document, `width` × `height` px. Where bars are narrow, 12,345 reads 12.3k. */
export async function barChart(days: Report['days'], width: number, height: number): Promise<string> {
  const tight = width < 400 && days.some(({ views }) => views >= 10_000);
  const runtime = runtimeFor(width, height, tight ? '.3~s' : ',d');
  const view = new View(runtime, { renderer: 'none', expr: expressionInterpreter }).data('days', days);
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}
