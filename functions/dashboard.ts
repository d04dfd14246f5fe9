import { stylesheetHash } from '../build/stylesheet.ts';
import { momentAt } from '../core/day.ts';
import { parseRange, type Range, before as rangeBefore } from '../core/range.ts';
import { type Report, reporter } from '../core/report.ts';
import { eventsSnippetFor, snippetFor } from '../snippet/embed.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { dashboardHtml } from '../views/Dashboard.tsx';
import { page, type Request, type Response } from './http.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, statisticsTable } = parseSettings(process.env);
const statistics = statisticsStore(dynamoClient(), statisticsTable);

/** GET /dashboard: a range of days, by default the last seven, of one site or all, as one page. */
export async function handler(event: Request): Promise<Response> {
  const epoch = event.requestContext.timeEpoch;
  const now = momentAt(epoch, timeZone);
  const query = event.queryStringParameters ?? {};
  const { range, problem: wrongRange } = parseRange(query, now.day);
  const site = sites.find((each) => each === query.site);
  const wrongSite = query.site !== undefined && !site && `There is no site "${query.site}": ${sites.join(', ')}.`;
  const problem = [wrongRange, wrongSite].filter(Boolean).join(' ');
  const [report, before] = await Promise.all([reportOn(range, site, epoch), reportOn(rangeBefore(range), site, epoch)]);
  const html = await dashboardHtml(
    { range, site, report, before, now, problem },
    { sites, timeZone, snippet: snippetFor(trackUrl(event)), eventsSnippet: eventsSnippetFor(trackUrl(event)) },
  );
  return page(html, stylesheetHash, event, problem ? 400 : 200);
}

async function reportOn(range: Range, site: string | undefined, epoch: number): Promise<Report> {
  const { add, report } = reporter(range, site);
  await statistics.eachDay(range.days, epoch, add);
  return report();
}

/** Where this deployment's /track is: beside the dashboard. API Gateway sets x-forwarded-proto, plain HTTP does not. */
function trackUrl({ headers, rawPath }: Request): string {
  return `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host}${rawPath.replace(/dashboard\/?$/, 'track')}`;
}
