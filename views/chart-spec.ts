import type { TopLevelSpec } from 'vega-lite';

/** The kinds of labels below the bars. */
export type Labels = 'hour' | 'day' | 'manyDays' | 'month';

const date = (format: string) => `utcFormat(toDate(datum.value), '${format}')`;

const labelExpr = `labels === 'hour' ? slice(datum.value, 11)
  : labels === 'day' ? [${date('%a')}, ${date('%-d')}]
  : labels === 'manyDays' ? [${date('%-d')}, ${date('%b')}]
  : [${date('%b')}, datum.index === 0 || utcmonth(toDate(datum.value)) === 0 ? ${date('%Y')} : '']`;

/** The bar chart, which `npm run build` compiles. Drawing it sets size, labels and data. */
export const chartSpec: TopLevelSpec = {
  params: [{ name: 'labels', value: 'day' }],
  data: { name: 'bars', values: [] },
  width: 1,
  height: 1,
  padding: { top: 18, bottom: 4, left: 0, right: 0 },
  autosize: { type: 'fit', contains: 'padding' },
  background: 'transparent',
  encoding: {
    x: {
      field: 'date',
      type: 'ordinal',
      title: null,
      axis: { labelExpr, labelOverlap: true, labelSeparation: 4 },
    },
    y: { field: 'count', type: 'quantitative', axis: null, stack: null },
  },
  layer: [
    {
      name: 'previous',
      mark: { type: 'bar', width: { band: 0.94 }, cornerRadiusEnd: 3 },
      encoding: { y: { field: 'previous', type: 'quantitative' } },
    },
    {
      mark: { type: 'bar', width: { band: 0.62 }, cornerRadiusEnd: 3 },
      encoding: { opacity: { condition: { test: 'datum.isPartial', value: 0.6 }, value: 1 } },
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
};
