import { stringify } from 'csv-stringify/sync';
import { readAthenaPlace, readAuthSettings, readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { dayAfter, daysUpTo, type Moment, momentAt } from '../core/calendar/day.ts';
import { earlierOf } from '../core/report/comparison.ts';
import { importsIn } from '../core/report/imported-days.ts';
import { notesFor } from '../core/report/notes.ts';
import { firstCountedDay } from '../core/report/parts.ts';
import { quoted } from '../core/report/quoted.ts';
import { endsOf } from '../core/report/range.ts';
import { type Access, askerOf, createAuth } from '../http/auth.ts';
import { type Request, routeUrl } from '../http/request.ts';
import { download, maxAnswerBytes, privateResponse, type Response } from '../http/response.ts';
import { authStore } from '../store/auth-store.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { DeadlineRetries } from '../store/deadline-retries.ts';
import { explainedReportsFrom } from '../store/explained-reports.ts';
import { lakeAnswers } from '../store/lake-answers.ts';
import { notesStore } from '../store/notes-store.ts';
import { msToRead, reportsFrom } from '../store/reports.ts';
import { exportedZip, partOf } from '../transfer/export/downloaded-export.ts';
import { exportOf } from '../transfer/export/export-of.ts';
import { exportedSummaries } from '../transfer/export/exported-summaries.ts';
import type { ReadSummaries } from '../transfer/export/write-export.ts';
import { csvRows, panelNames } from '../views/csv-rows.ts';
import { feedXml } from '../views/Feed.tsx';
import { statsJson } from '../views/stats-json.ts';
import { askedScope } from './asked-scope.ts';

const sites = readSetting('SITES', process.env);
const timeZone = readSetting('TIME_ZONE', process.env);
// The first moment in a zone other than UTC takes 10 ms. While it loads, a function has a whole processor (decision 012).
momentAt(0, timeZone);
const { statisticsTable, visitorsTable } = readTableNames(process.env);
const retries = new DeadlineRetries();
const client = dynamoClient({ ...standard(readRequestTimeout(process.env)), retryStrategy: retries });
const reports = explainedReportsFrom(client, statisticsTable);
const askLake = lakeAnswers(readAthenaPlace(process.env), client, sites);
const notes = notesStore(client, statisticsTable);
const auth = createAuth(readAuthSettings(process.env), authStore(client, statisticsTable, visitorsTable), sites);
const weeksInFeed = 2;

/** GET /stats.json, /stats.csv, /feed.xml and /export.zip: the dashboard's numbers for programs. */
export async function handler(event: Request): Promise<Response> {
  retries.begin(msToRead);
  const now = momentAt(event.requestContext.timeEpoch, timeZone);
  const access = await auth.authorize(event, now.day);
  if (!access) return failed(event, 401, 'This needs a token: see docs/api.md.');
  if (event.rawPath.endsWith('/feed.xml')) return feed(event, access, now);
  return event.rawPath.endsWith('/export.zip') ? exportZip(event, access, now) : report(event, access, now);
}

async function report(event: Request, access: Access, now: Moment): Promise<Response> {
  const { panel: wanted = 'range', ...query } = event.queryStringParameters ?? {};
  const { timeEpoch } = event.requestContext;
  const rolledUp = await reports.rolledUp(timeEpoch);
  const { scope, problem } = askedScope(query, { access, rolledUp, sites, now });
  const panel = panelNames.find((each) => each === wanted);
  if (problem || !panel)
    return failed(
      event,
      400,
      problem || `There is no panel ${quoted(wanted)}: choose one of ${panelNames.join(', ')}.`,
    );
  const lake = await askLake(scope, now.day, askerOf(access));
  if (lake?.problem !== undefined) return failed(event, lake.statusCode, lake.problem);
  const shown = lake?.scope ?? scope;
  const [read, written] = await Promise.all([
    lake?.read ?? reports.read(scope, rolledUp, timeEpoch, now),
    notes.read(...endsOf(scope.range)),
  ]);
  const { report, previous } = read;
  if (event.rawPath.endsWith('.json'))
    return privateResponse(
      JSON.stringify(
        statsJson(shown, {
          ...read,
          notes: notesFor(written, scope.site, access.site),
          imports: lake ? [] : importsIn(rolledUp.imports, scope),
          lake: lake && { missing: lake.missing },
        }),
      ),
      'application/json',
      event,
    );
  const name = `footfall-${panel}-${scope.range.days[0]}-${scope.range.days.at(-1)}.csv`;
  const csv = stringify(csvRows(panel, report, previous), {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  const { headers, ...answer } = privateResponse(csv, 'text/csv', event);
  return { ...answer, headers: { ...headers, 'content-disposition': `attachment; filename="${name}"` } };
}

/** Returns the last weeks that are over. They no longer change, so a reader that has them gets 304 without reading them. */
async function feed(event: Request, access: Access, now: Moment): Promise<Response> {
  const asked = event.queryStringParameters?.site;
  const site = access.site ?? sites.find((each) => each === asked);
  if (asked !== undefined && asked !== site)
    return failed(event, 400, `There is no site ${quoted(asked)}: choose one of ${access.site ?? sites.join(', ')}.`);
  const today = now.day;
  const sunday = dayAfter(today, -(new Date(today).getUTCDay() || 7));
  const etag = `"${sunday}"`;
  if (event.headers['if-none-match']?.includes(etag)) return { statusCode: 304, headers: { etag } };
  const { timeEpoch } = event.requestContext;
  const rolledUp = await reports.rolledUp(timeEpoch);
  const weeks = await Promise.all(
    Array.from({ length: weeksInFeed }, async (_, i) => {
      const last = dayAfter(sunday, -7 * i);
      const range = { period: undefined, days: daysUpTo(last, 7), unit: 'day' as const };
      const earlier = earlierOf(range, 'previous', { today, since: firstCountedDay(rolledUp, site) });
      const scope = { range, filter: {}, site, earlier };
      const read = await reports.read(scope, rolledUp, timeEpoch, now);
      return { monday: dayAfter(last, -6), sunday: last, scope, ...read };
    }),
  );
  const title = site ?? sites.join(', ');
  const xml = feedXml({ title, dashboard: routeUrl(event, 'dashboard'), site: site ?? '', weeks });
  const { headers, ...answer } = privateResponse(xml, 'application/atom+xml', event);
  return { ...answer, headers: { ...headers, etag, 'cache-control': 'private, max-age=3600' } };
}

/** Returns all numbers of a range, or of the part of it that the page "Share and export" links to. Notes are the owner's. */
async function exportZip(event: Request, access: Access, now: Moment): Promise<Response> {
  const { part, dates, slice, ...query } = event.queryStringParameters ?? {};
  const { timeEpoch } = event.requestContext;
  const rolledUp = await reports.rolledUp(timeEpoch);
  const { scope, problem } = askedScope(query, { access, rolledUp, sites, now });
  if (problem) return failed(event, 400, problem);
  const [first, last] = endsOf(scope.range);
  const written = access.role === 'share' ? [] : await notes.read(first, last);
  const whole = exportOf(
    { first, last, site: scope.site },
    rolledUp,
    notesFor(written, scope.site, access.site),
    process.env,
  );
  const wanted = partOf(whole, { part, dates, slice });
  if (typeof wanted === 'string') return failed(event, 400, wanted);
  const read: ReadSummaries = (site, dates) =>
    exportedSummaries(reportsFrom(client, statisticsTable), site, dates, timeEpoch);
  const zip = await exportedZip(wanted, read, maxAnswerBytes);
  const name = ['footfall', scope.site?.replace(':', '_'), first, last, part?.replace('/', '-of-')]
    .filter(Boolean)
    .join('-');
  return zip
    ? download(zip, 'application/zip', `${name}.zip`)
    : failed(event, 413, 'The export is too long for one answer: the page "Share and export" links to its parts.');
}

const failed = (event: Request, statusCode: number, error: string): Response =>
  privateResponse(JSON.stringify({ error }), 'application/json', event, statusCode);
