import { dimensionNames } from '../counters/dimensions.ts';
import { comparisons, earlierOf } from './comparison.ts';
import { chartable, parseFilter } from './filter.ts';
import { parsePageList } from './page-list.ts';
import { quoted } from './quoted.ts';
import { type CountedDays, parseRange } from './range.ts';
import type { Scope } from './scope.ts';

/** The query string of a URL, by name. */
export type Query = Record<string, string | undefined>;

const parameters = [
  'period',
  'from',
  'to',
  'by',
  'compare',
  'site',
  'share',
  'metric',
  'sort',
  'order',
  'q',
  'folders',
  'skip',
  'lake',
];
const known = new Set<string>([...parameters, 'page', ...dimensionNames]);

/** Returns the scope of a query. For a wrong part, returns its default and says why in `problem`. */
export function parseQuery(query: Query, sites: string[], counted: CountedDays): { scope: Scope; problem: string } {
  const { range, problem: rangeProblem } = parseRange(query, counted);
  const { filter, problem: filterProblem } = parseFilter(query);
  const site = sites.find((each) => each === query.site);
  const siteProblem =
    query.site !== undefined && !site && `There is no site ${quoted(query.site)}: choose one of ${sites.join(', ')}.`;
  const metric = chartable.find((each) => each === query.metric);
  const metricProblem =
    query.metric !== undefined &&
    !metric &&
    `There is no metric ${quoted(query.metric)}: choose one of ${chartable.join(', ')}.`;
  const comparison = comparisons.find((each) => each === (query.compare ?? 'previous'));
  const comparisonProblem =
    !comparison && `There is no comparison ${quoted(query.compare ?? '')}: choose one of ${comparisons.join(', ')}.`;
  const { list, problem: listProblem } = parsePageList(query);
  const lakeProblem = query.lake !== undefined && query.lake !== 'on' && 'The parameter lake can only be on.';
  const unknownName = Object.keys(query).find((name) => !known.has(name));
  const nameProblem =
    unknownName !== undefined &&
    `There is no filter ${quoted(unknownName)}: choose one of ${['page', ...dimensionNames].join(', ')}.`;
  return {
    scope: {
      range,
      filter,
      site,
      metric,
      comparison,
      earlier: earlierOf(range, comparison ?? 'previous', counted),
      list,
      // Without a filter, counters tell all that the lake can.
      ...(query.lake === 'on' && (filter.name || filter.page) && { fromLake: true }),
    },
    problem: [
      ...[rangeProblem, siteProblem, filterProblem, metricProblem, comparisonProblem, listProblem],
      ...[lakeProblem, nameProblem],
    ]
      .filter(Boolean)
      .join(' '),
  };
}
