import { stylesheetHash } from '../build/stylesheet.ts';
import { momentAt } from '../core/day.ts';
import { parseQuery } from '../core/query.ts';
import { before as rangeBefore } from '../core/range.ts';
import { countersOfSummary, type Report, reporter, type Scope } from '../core/report.ts';
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
  const { scope, problem } = parseQuery(event.queryStringParameters ?? {}, sites, now.day);
  const earlier = { ...scope, range: rangeBefore(scope.range) };
  const [report, before] = await Promise.all([
    reportOn(scope, epoch, scope.filter.name && countersOfSummary(scope)),
    reportOn(earlier, epoch, countersOfSummary(earlier)),
  ]);
  const html = await dashboardHtml(
    { scope, report, before, now, problem },
    { sites, timeZone, snippet: snippetFor(trackUrl(event)), eventsSnippet: eventsSnippetFor(trackUrl(event)) },
  );
  return page(html, stylesheetHash, event, problem ? 400 : 200);
}

async function reportOn(scope: Scope, epoch: number, counters: string[] | undefined): Promise<Report> {
  const { add, report } = reporter(scope);
  await statistics.eachDay(scope.range.days, epoch, { page: scope.filter.page, counters }, add);
  return report();
}

/** Where this deployment's /track is: beside the dashboard. API Gateway sets x-forwarded-proto, plain HTTP does not. */
function trackUrl({ headers, rawPath }: Request): string {
  return `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host}${rawPath.replace(/dashboard\/?$/, 'track')}`;
}
