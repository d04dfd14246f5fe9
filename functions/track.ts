import { countersOf, countersOfRefusal, notCounted } from '../core/counters.ts';
import { dayAt } from '../core/day.ts';
import { parseHit } from '../core/hit.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { bodyOf, noContent, type Request, type Response, refused } from './http.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, retentionDays, statisticsTable } = parseSettings(process.env);
const statistics = statisticsStore(dynamoClient(), statisticsTable);

/** POST /track: counts a page view, or counts and says why not. */
export async function handler(event: Request): Promise<Response> {
  const { origin, 'user-agent': userAgent } = event.headers;
  const view = parseHit({ body: bodyOf(event), origin, userAgent }, sites);
  const day = dayAt(event.requestContext.timeEpoch, timeZone);

  if (typeof view === 'string') {
    await statistics.add(day, notCounted, countersOfRefusal(view), retentionDays);
    return refused(view);
  }
  await statistics.add(day, view.url, countersOf(view), retentionDays);
  return noContent;
}
