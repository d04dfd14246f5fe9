import type { TopLevelSpec } from 'vega-lite';

/** The size of the drawing. It is stretched to the screen, and has no text. */
export const chartSize = { width: 1000, height: 240 };

/**
 * The bar chart, which `npm run build` compiles. Drawing it sets the data and the axis. `previous` is behind the bars of
 * `count`. Between them is `unfinished`, what a bar whose time is not over may come to. A `count` of null has no bar.
 */
export const chartSpec: TopLevelSpec = {
  params: [
    { name: 'dates', value: [] },
    { name: 'top', value: 1 },
    { name: 'ticks', value: [] },
    { name: 'radius', value: 4 },
  ],
  data: { name: 'bars', values: [] },
  ...chartSize,
  padding: 0,
  autosize: 'none',
  background: 'transparent',
  encoding: {
    x: {
      field: 'date',
      type: 'ordinal',
      axis: null,
      scale: { domain: { expr: 'dates' }, paddingInner: 0, paddingOuter: 0 },
    },
    y: {
      type: 'quantitative',
      stack: null,
      scale: { domainMin: 0, domainMax: { expr: 'top' }, nice: false },
      axis: { values: { expr: 'ticks' }, labels: false, ticks: false, domain: false, title: null },
    },
  },
  layer: [
    {
      name: 'previous',
      mark: { type: 'bar', width: { band: 0.74 }, cornerRadiusEnd: { expr: 'radius' } },
      encoding: { y: { field: 'previous', type: 'quantitative' } },
    },
    {
      name: 'unfinished',
      mark: { type: 'bar', width: { band: 0.56 }, cornerRadiusEnd: { expr: 'radius' } },
      encoding: { y: { field: 'unfinished', type: 'quantitative' } },
    },
    {
      name: 'now',
      mark: { type: 'bar', width: { band: 0.56 }, cornerRadiusEnd: { expr: 'radius' } },
      encoding: { y: { field: 'count', type: 'quantitative' } },
    },
  ],
  config: { aria: false, view: { stroke: null } },
};
