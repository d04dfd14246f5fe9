import { dimensionNames } from '../core/counters/dimensions.ts';
import type { Query } from '../core/report/query.ts';
import type { Scope } from '../core/report/report.ts';
import type { PanelName } from './csv-rows.ts';

/** Makes the address of a dashboard that differs from this one in what is given; `undefined` takes a part away. */
export type LinkTo = (change: Query) => string;

// Of these there is one at a time.
const alternatives: readonly (readonly string[])[] = [['period', 'from', 'to'], dimensionNames];

/** Links from a dashboard to others, relative to itself: all its state is in the query. `share` is what lets one in. */
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

/** The address of what a panel shows, all of it, as CSV. */
export const csvLink = (panel: PanelName, linkTo: LinkTo): string => `stats.csv${linkTo({ panel })}`;

/** What such an address asks for, name by name. */
export const queryOf = (address: string): [string, string][] => [...new URLSearchParams(address)];
