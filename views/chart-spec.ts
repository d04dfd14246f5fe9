import type { TopLevelSpec } from 'vega-lite';

/** The kinds of labels below the bars. A week has the name of a month if the month begins in it or right before. */
export type Labels = 'hour' | 'weekday' | 'date' | 'month' | 'quarter' | 'yearOfMonth' | 'year';

const date = (format: string) => `utcFormat(toDate(datum.value), '${format}')`;
const month = 'utcmonth(toDate(datum.value))';
const beginsMonth = 'utcdate(toDate(datum.value)) <= 7';

const labelExpr = `labels === 'hour' ? slice(datum.value, 11)
  : labels === 'weekday' ? [${date('%a')}, ${date('%-d')}]
  : labels === 'date' ? [${date('%-d')}, ${date('%b')}]
  : labels === 'year' ? datum.value
  : !(${beginsMonth}) ? ''
  : labels === 'yearOfMonth' ? (${month} === 0 ? ${date('%Y')} : '')
  : labels === 'quarter' && ${month} % 3 !== 0 ? ''
  : [${date('%b')}, ${month} === 0 || (labels === 'month' && datum.index === 0) ? ${date('%Y')} : '']`;

/** The bar chart, which `npm run build` compiles. Drawing it sets size, padding, labels and data. */
export const chartSpec: TopLevelSpec = {
  params: [{ name: 'labels', value: 'weekday' }],
  data: { name: 'bars', values: [] },
  width: 1,
  height: 1,
  autosize: 'none', // Fitting to the labels would move the bars away from the links over them.
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
    {
      name: 'unusual',
      mark: { type: 'text', baseline: 'bottom', dy: -4 },
      encoding: { y: { value: 'height' }, text: { field: 'mark', type: 'nominal' } },
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
