import { stringify } from 'csv-stringify/sync';
import { type Day, dayAfter, daysUpTo, momentAt } from '../core/day.ts';
import { parseQuery } from '../core/query.ts';
import { quoted } from '../core/quoted.ts';
import { accessStore } from '../store/access.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { feedXml } from '../views/Feed.tsx';
import { jsonOf } from '../views/json.ts';
import { csvRows, panelNames } from '../views/tables.ts';
import { type Access, doorkeeper, parseAccess } from './access.ts';
import { addressOf, privately, type Request, type Response } from './http.ts';
import { reportsFrom } from './reports.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, statisticsTable, visitorsTable } = parseSettings(process.env);
const client = dynamoClient();
const reports = reportsFrom(statisticsStore(client, statisticsTable));
const door = doorkeeper(parseAccess(process.env), accessStore(client, statisticsTable, visitorsTable), sites);
const weeksInFeed = 2;

/** What the dashboard shows, for programs: GET /stats.json, GET /stats.csv and GET /feed.xml. */
export async function handler(event: Request): Promise<Response> {
  const { day } = momentAt(event.requestContext.timeEpoch, timeZone);
  const access = await door.accessOf(event, day);
  if (!access) return failed(event, 401, 'Show what lets you in: docs/api.md tells how.');
  return event.rawPath.endsWith('/feed.xml') ? feed(event, access, day) : report(event, access, day);
}

async function report(event: Request, access: Access, today: Day): Promise<Response> {
  const { panel: wanted = 'range', ...query } = event.queryStringParameters ?? {};
  const { scope, problem } = parseQuery({ ...query, ...(access.site && { site: access.site }) }, sites, today);
  const panel = panelNames.find((each) => each === wanted);
  if (problem || !panel)
    return failed(
      event,
      400,
      problem || `There is no panel ${quoted(wanted)}: choose one of ${panelNames.join(', ')}.`,
    );
  const { report, previous } = await reports.on(scope, event.requestContext.timeEpoch);
  // What was not counted belongs to no site: who may see one site does not see it.
  const shown = access.site ? { ...report, refusals: [] } : report;
  if (event.rawPath.endsWith('.json'))
    return privately(JSON.stringify(jsonOf(scope, shown, previous)), 'application/json', event);
  const name = `footfall-${panel}-${scope.range.days[0]}-${scope.range.days.at(-1)}.csv`;
  const csv = stringify(csvRows(panel, shown, previous), {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  const { headers, ...answer } = privately(csv, 'text/csv', event);
  return { ...answer, headers: { ...headers, 'content-disposition': `attachment; filename="${name}"` } };
}

/** The last weeks that are over. They do not change any more: a reader that knows them is told so without any reading. */
async function feed(event: Request, access: Access, today: Day): Promise<Response> {
  const asked = event.queryStringParameters?.site;
  const site = access.site ?? sites.find((each) => each === asked);
  if (asked !== undefined && asked !== site) return failed(event, 400, `There is no site ${quoted(asked)}.`);
  const sunday = dayAfter(today, -(new Date(today).getUTCDay() || 7));
  const etag = `"${sunday}"`;
  if (event.headers['if-none-match']?.includes(etag)) return { statusCode: 304, headers: { etag } };
  const weeks = await Promise.all(
    Array.from({ length: weeksInFeed }, async (_, i) => {
      const days = daysUpTo(dayAfter(sunday, -7 * i), 7);
      const range = { period: undefined, days, unit: 'day' as const };
      return { days, ...(await reports.on({ range, filter: {}, site }, event.requestContext.timeEpoch)) };
    }),
  );
  const title = site ?? sites.join(', ');
  const xml = feedXml({ title, dashboard: addressOf(event, 'dashboard'), site: site ?? '', weeks });
  const { headers, ...answer } = privately(xml, 'application/atom+xml', event);
  return { ...answer, headers: { ...headers, etag, 'cache-control': 'private, max-age=3600' } };
}

const failed = (event: Request, statusCode: number, error: string): Response =>
  privately(JSON.stringify({ error }), 'application/json', event, statusCode);
