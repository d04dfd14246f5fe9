import { stylesheetHash } from '../build/stylesheet.ts';
import { dayAt, daysUpTo } from '../core/day.ts';
import { report } from '../core/report.ts';
import { eventsSnippetFor, snippetFor } from '../snippet/embed.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { dashboardHtml } from '../views/Dashboard.tsx';
import { page, type Request, type Response } from './http.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, statisticsTable } = parseSettings(process.env);
const statistics = statisticsStore(dynamoClient(), statisticsTable);

/** GET /dashboard: the last seven days of the site, today included, as one page. */
export async function handler(event: Request): Promise<Response> {
  const now = event.requestContext.timeEpoch;
  const days = daysUpTo(dayAt(now, timeZone), 7);
  const rows = await Promise.all(days.map((day) => statistics.rows(day, now)));
  const html = await dashboardHtml(report(days, rows.flat()), {
    sites,
    timeZone,
    snippet: snippetFor(trackUrl(event)),
    eventsSnippet: eventsSnippetFor(trackUrl(event)),
  });
  return page(html, stylesheetHash, event);
}

/** Where this deployment's /track is: beside the dashboard. API Gateway sets x-forwarded-proto, plain HTTP does not. */
function trackUrl({ headers, rawPath }: Request): string {
  return `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host}${rawPath.replace(/dashboard\/?$/, 'track')}`;
}
