import type { Day } from '../calendar/day.ts';
import { siteOf } from '../counters/names.ts';
import { noSite } from '../counters/summary.ts';
import { endsOf, type Range } from './range.ts';

/** The days of a site that were imported from another tool. The site was counted live on none of them. */
export interface ImportedDays {
  /** The import's name, which is part of the keys of its items: `plausible-2024`. */
  name: string;
  /** The site's host, without `www.`. */
  site: string;
  /** The tool, as it spells itself: `Plausible`. */
  tool: string;
  first: Day;
  last: Day;
  /** Whether views have hours. */
  hasHours: boolean;
}

/** Returns whether a text can be an import's name: up to 40 lowercase letters, digits and hyphens. */
export const isImportName = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(text);

/** Returns whether an import is of a site, or of any if `site` is undefined. */
export const isOfSite = (imported: ImportedDays, site: string | undefined): boolean =>
  site === undefined || imported.site === siteOf(site);

/** Returns whether an import has days from one to another. */
export const isBetween = (imported: Pick<ImportedDays, 'first' | 'last'>, from: Day, to: Day): boolean =>
  imported.first <= to && imported.last >= from;

/** Returns the imports of sites that a report reads. */
export const importsIn = (
  imports: readonly ImportedDays[],
  { range, site }: { range: Range; site?: string | undefined },
): ImportedDays[] =>
  imports.filter((each) => each.site !== noSite && isOfSite(each, site) && isBetween(each, ...endsOf(range)));
