import { parseQuery } from '../../core/report/query.ts';
import type { Report } from '../../core/report/report.ts';
import { linksFrom } from '../../views/links.ts';

/** A report of nothing, to be filled by a test. */
export const emptyReport: Report = {
  totals: {},
  metric: 'views',
  series: [],
  totalsByPoint: [],
  pages: [],
  pagesTruncated: false,
  namesTruncated: false,
  unassigned: 0,
  withoutPage: 0,
  sites: [],
  sources: [],
  visitsBy: new Map(),
  events: [],
  refusals: [],
  bots: [],
  hoursByDay: new Map(),
};

/** Links from the last seven days, without a filter. */
export const linkTo = linksFrom(parseQuery({}, [], { today: '2026-11-21', since: undefined }).scope);
