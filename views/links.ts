import { dimensionNames } from '../core/counters/dimensions.ts';
import { namesOfFilter } from '../core/report/filter.ts';
import type { PageList } from '../core/report/page-list.ts';
import type { Query } from '../core/report/query.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import { asksLake, type Scope } from '../core/report/scope.ts';
import { usualUnit } from '../core/report/unit.ts';
import type { PanelName } from './csv-rows.ts';

/** Returns the URL of this dashboard with a change of its query. `undefined` removes a parameter. */
export type LinkTo = (change: Query) => string;

/** Parameters that a change of some removes. A unit that fits one range can be too small for another. */
const ofRange = { changed: ['period', 'from', 'to'], removed: ['period', 'from', 'to', 'by'] };
const ofName = { changed: dimensionNames as readonly string[], removed: [...dimensionNames, 'lake'] };

/** Returns the parameters of a range. `by` is left out if it is the usual one. */
export function queryOfRange(range: Range): Query {
  const [from, to] = endsOf(range);
  const { period, unit } = range;
  return { ...(period ? { period } : { from, to }), ...(unit !== usualUnit(from, to) && { by: unit }) };
}

/**
 * Returns a function for links from a dashboard, relative to it. `share` is the token of a read-only link. A name replaces
 * that of another dimension, unless the lake tells what they have in common.
 */
export function linksFrom(scope: Scope, share?: string): LinkTo {
  const { range, site, filter, metric, comparison, list, fromLake } = scope;
  const ofNames = Object.fromEntries(namesOfFilter(filter).map(({ dimension, name }) => [dimension, name]));
  const compare = comparison === 'previous' ? undefined : comparison;
  const lake = fromLake ? 'on' : undefined;
  const here: Query = {
    ...{ ...queryOfRange(range), compare, site, metric, page: filter.page, ...ofNames, lake },
    ...{ ...queryOfList(list), share },
  };
  return (change) => {
    const replaced = (asksLake(scope) ? [ofRange] : [ofRange, ofName]).flatMap(({ changed, removed }) =>
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
