import { countersOf } from '../core/counters.ts';
import { dayAt } from '../core/day.ts';
import { parseHit } from '../core/hit.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { bodyOf, noContent, type Request, type Response, refused } from './http.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, retentionDays, statisticsTable } = parseSettings(process.env);
const statistics = statisticsStore(dynamoClient(), statisticsTable);

/** POST /track: counts a page view, or says why not. */
export async function handler(event: Request): Promise<Response> {
  const { origin, 'user-agent': userAgent } = event.headers;
  const view = parseHit({ body: bodyOf(event), origin, userAgent }, sites);
  if (typeof view === 'string') return refused(view);

  const day = dayAt(event.requestContext.timeEpoch, timeZone);
  await statistics.add(day, view.url, countersOf(view), retentionDays);
  return noContent;
}
