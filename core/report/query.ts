import type { Day } from '../calendar/day.ts';
import { dimensionNames } from '../counters/dimensions.ts';
import { parseFilter } from './filter.ts';
import { quoted } from './quoted.ts';
import { parseRange } from './range.ts';
import type { Scope } from './report.ts';

/** What stands behind the `?` of an address, by name. */
export type Query = Record<string, string | undefined>;

const known = new Set<string>(['period', 'from', 'to', 'site', 'share', 'page', ...dimensionNames]);

/**
 * The days, the site and the filter that an address asks for. Where it asks for what there is not, it gets the usual, with
 * a sentence on each mistake.
 */
export function parseQuery(query: Query, sites: string[], today: Day): { scope: Scope; problem: string } {
  const { range, problem: wrongRange } = parseRange(query, today);
  const { filter, problem: wrongFilter } = parseFilter(query);
  const site = sites.find((each) => each === query.site);
  const wrongSite =
    query.site !== undefined && !site && `There is no site ${quoted(query.site)}: choose one of ${sites.join(', ')}.`;
  const strange = Object.keys(query).find((name) => !known.has(name));
  const unknown =
    strange !== undefined &&
    `There is no filter ${quoted(strange)}: choose one of ${['page', ...dimensionNames].join(', ')}.`;
  return {
    scope: { range, filter, site },
    problem: [wrongRange && `${wrongRange} These are the last 7 days.`, wrongSite, wrongFilter, unknown]
      .filter(Boolean)
      .join(' '),
  };
}
