import { countersOf, countersOfRefusal, notCounted } from '../core/counters.ts';
import { dayAt } from '../core/day.ts';
import { parseHit } from '../core/hit.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { bodyOf, explained, noContent, type Request, type Response, refused } from './http.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, retentionDays, statisticsTable } = parseSettings(process.env);
const statistics = statisticsStore(dynamoClient(), statisticsTable);

/** POST /track: counts a page view, or counts and says why not. With `?explain=1` it only tells what it would add. */
export async function handler(event: Request): Promise<Response> {
  const { origin, 'user-agent': userAgent } = event.headers;
  const view = parseHit({ body: bodyOf(event), origin, userAgent }, sites);
  const day = dayAt(event.requestContext.timeEpoch, timeZone);
  const [url, counters] =
    typeof view === 'string' ? [notCounted, countersOfRefusal(view)] : [view.url, countersOf(view)];

  if (event.queryStringParameters?.explain === '1') return explained({ day, url, add: counters });
  await statistics.add(day, url, counters, retentionDays);
  return typeof view === 'string' ? refused(view) : noContent;
}
