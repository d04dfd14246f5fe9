import { dimensionNames } from '../core/counters/dimensions.ts';
import type { PageList } from '../core/report/page-list.ts';
import type { Query } from '../core/report/query.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import type { Scope } from '../core/report/report.ts';
import { usualUnit } from '../core/report/unit.ts';
import type { PanelName } from './csv-rows.ts';

/** Returns the URL of this dashboard with a change of its query. `undefined` removes a parameter. */
export type LinkTo = (change: Query) => string;

/** Parameters that a change of one of the first ones removes. */
const alternatives: readonly { changed: readonly string[]; removed: readonly string[] }[] = [
  // A unit that fits one range can be too small for another.
  { changed: ['period', 'from', 'to'], removed: ['period', 'from', 'to', 'by'] },
  { changed: dimensionNames, removed: dimensionNames },
];

/** Returns the parameters of a range. `by` is left out if it is the usual one. */
export function queryOfRange(range: Range): Query {
  const [from, to] = endsOf(range);
  const { period, unit } = range;
  return { ...(period ? { period } : { from, to }), ...(unit !== usualUnit(from, to) && { by: unit }) };
}

/** Returns a function for links from a dashboard, relative to it. `share` is the token of a read-only link. */
export function linksFrom({ range, site, filter, metric, comparison, list }: Scope, share?: string): LinkTo {
  const { page, name } = filter;
  const ofName = name && { [name.dimension]: name.name };
  const compare = comparison === 'previous' ? undefined : comparison;
  const here: Query = { ...queryOfRange(range), compare, site, metric, page, ...ofName, ...queryOfList(list), share };
  return (change) => {
    const replaced = alternatives.flatMap(({ changed, removed }) =>
      changed.some((name) => name in change) ? removed : [],
    );
    const kept = Object.entries(here).filter(([name]) => !replaced.includes(name));
    return queryText({ ...Object.fromEntries(kept), ...change });
  };
}

/** Returns a query as the end of a URL, without parameters that are undefined. */
export const queryText = (query: Query): string =>
  `?${new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))}`;

/** Returns the parameters of a list of pages, but not where it begins: each change begins anew. */
const queryOfList = (list: PageList | undefined): Query => ({
  sort: list?.sort,
  order: list?.order,
  q: list?.search || undefined,
  folders: list?.folders ? 'on' : undefined,
});

/** Returns the URL of a panel's CSV. */
export const csvLink = (panel: PanelName, linkTo: LinkTo): string => `stats.csv${linkTo({ panel })}`;

/** Returns the parameters of such a URL. */
export const queryOf = (url: string): [string, string][] => [...new URLSearchParams(url)];
