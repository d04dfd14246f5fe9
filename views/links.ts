import { dimensionNames } from '../core/counters/dimensions.ts';
import type { Query } from '../core/report/query.ts';
import type { Scope } from '../core/report/report.ts';
import type { PanelName } from './csv-rows.ts';

/** Returns the URL of this dashboard with a change of its query. `undefined` removes a parameter. */
export type LinkTo = (change: Query) => string;

/** Parameters that replace each other. */
const alternatives: readonly (readonly string[])[] = [['period', 'from', 'to'], dimensionNames];

/** Returns a function for links from a dashboard, relative to it. `share` is the token of a read-only link. */
export function linksFrom({ range: { period, days }, site, filter }: Scope, share?: string): LinkTo {
  const range = period ? { period } : { from: days[0], to: days.at(-1) };
  const { page, name } = filter;
  const here: Query = { ...range, site, page, ...(name && { [name.dimension]: name.name }), share };
  return (change) => {
    const replaced = alternatives.filter((names) => names.some((name) => name in change)).flat();
    const kept = Object.entries(here).filter(([name]) => !replaced.includes(name));
    const all = Object.entries({ ...Object.fromEntries(kept), ...change });
    const known = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return `?${new URLSearchParams(known)}`;
  };
}

/** Returns the URL of a panel's CSV. */
export const csvLink = (panel: PanelName, linkTo: LinkTo): string => `stats.csv${linkTo({ panel })}`;

/** Returns the parameters of such a URL. */
export const queryOf = (url: string): [string, string][] => [...new URLSearchParams(url)];
