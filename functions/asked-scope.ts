import type { Day, Moment } from '../core/calendar/day.ts';
import { firstCountedDay, type RolledUp } from '../core/report/parts.ts';
import { parseQuery, type Query } from '../core/report/query.ts';
import type { Scope } from '../core/report/scope.ts';
import type { Access } from '../http/auth.ts';

/** What a query asks for. */
export interface AskedScope {
  scope: Scope;
  /** What is wrong with the query, or empty. The scope is then the default. */
  problem: string;
  /** The first counted day. Undefined if no day is rolled up yet. */
  since: Day | undefined;
}

/** Returns the scope of a query, within what its sender may see. `now` is the time on the site's clock. */
export function askedScope(
  query: Query,
  { access, rolledUp, sites, now }: { access: Access; rolledUp: RolledUp; sites: string[]; now: Moment },
): AskedScope {
  const asked = { ...query, ...(access.site && { site: access.site }) };
  const since = firstCountedDay(rolledUp, asked.site);
  return { ...parseQuery(asked, sites, { today: now.day, since, time: now }), since };
}
