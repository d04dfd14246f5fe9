import type { TopLevelSpec } from 'vega-lite';

/** Constant but for its labels; the data, set later as the size is, holds dates and numbers only. */
const spec = (labelExpr: string): TopLevelSpec => ({
  data: { name: 'bars', values: [] },
  width: 1,
  height: 1,
  padding: { top: 18, bottom: 4, left: 0, right: 0 },
  autosize: { type: 'fit', contains: 'padding' },
  background: 'transparent',
  encoding: {
    x: {
      field: 'at',
      type: 'ordinal',
      title: null,
      axis: { labelExpr, labelOverlap: true, labelSeparation: 4 },
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

/** The bar charts, by what the labels of their bars say: compiled by `npm run build`. */
export const chartSpecs = {
  hour: spec('datum.value'),
  month: spec(
    `[utcFormat(toDate(datum.value), '%b'), datum.index === 0 || utcmonth(toDate(datum.value)) === 0 ? utcFormat(toDate(datum.value), '%Y') : '']`,
  ),
  day: spec(`[utcFormat(toDate(datum.value), '%a'), utcFormat(toDate(datum.value), '%-d')]`),
  manyDays: spec(`[utcFormat(toDate(datum.value), '%-d'), utcFormat(toDate(datum.value), '%b')]`),
};
