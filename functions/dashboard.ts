import { readAthenaPlace, readAuthSettings, readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Moment, momentAt } from '../core/calendar/day.ts';
import { importsIn } from '../core/report/imported-days.ts';
import { notesFor } from '../core/report/notes.ts';
import type { Query } from '../core/report/query.ts';
import { quoted } from '../core/report/quoted.ts';
import { endsOf } from '../core/report/range.ts';
import type { Scope } from '../core/report/scope.ts';
import { type Access, askerOf, createAuth } from '../http/auth.ts';
import { htmlResponse } from '../http/html-response.ts';
import { iconResponse } from '../http/icon-response.ts';
import { changeNotes } from '../http/note-form.ts';
import { queryWithoutLink, type Request, routeUrl } from '../http/request.ts';
import { publicResponse, type Response, redirect, redirectTo } from '../http/response.ts';
import { createSharing } from '../http/sharing.ts';
import { eventsSnippetFor, snippetFor } from '../snippet/embed.ts';
import { authStore } from '../store/auth-store.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { DeadlineRetries } from '../store/deadline-retries.ts';
import { explainedReportsFrom } from '../store/explained-reports.ts';
import { lakeAnswers } from '../store/lake-answers.ts';
import { liveStore } from '../store/live.ts';
import { notesStore } from '../store/notes-store.ts';
import { msToRead } from '../store/reports.ts';
import { dashboardHtml, type Viewer } from '../views/Dashboard.tsx';
import { installHtml, statusHtml } from '../views/Install.tsx';
import { manifest } from '../views/manifest.ts';
import { accessGate, mayManage, type Route } from './access-gate.ts';
import { askedScope } from './asked-scope.ts';
import { livePage } from './live-page.ts';
import { sharePage } from './share-page.ts';

const sites = readSetting('SITES', process.env);
const timeZone = readSetting('TIME_ZONE', process.env);
// The first moment in a zone other than UTC takes 10 ms. While it loads, a function has a whole processor (decision 012).
momentAt(0, timeZone);
const { statisticsTable, visitorsTable, liveTable } = readTableNames(process.env);
const retries = new DeadlineRetries();
const client = dynamoClient({ ...standard(readRequestTimeout(process.env)), retryStrategy: retries });
const reports = explainedReportsFrom(client, statisticsTable);
const settings = readAuthSettings(process.env);
const store = authStore(client, statisticsTable, visitorsTable);
const auth = createAuth(settings, store, sites);
const askLake = lakeAnswers(readAthenaPlace(process.env), client, sites);
const notes = notesStore(client, statisticsTable);
const live = readSetting('LIVE', process.env) === 'off' ? undefined : liveStore(client, liveTable);
const hasLake = readSetting('LAKE', process.env) === 'on';
const showLivePage = livePage({ sites, timeZone, live, auth, connectionsUrl: process.env.LIVE_CONNECTIONS_URL });
const sharing = createSharing(settings.passwordHash, store);
const exported = { client, tableName: statisticsTable, sites };
const showSharePage = sharePage({ timeZone, sharing, reports, exported });
const { forReaders, forOwners, forms, signInOrOut } = accessGate(auth);

/** How often the install page asks whether a view has arrived, in seconds. */
const statusRefresh = 4;

/** What each route of the function answers, by its key in serverless.yml. */
const routes: Record<string, Route> = {
  'GET /': async ({ rawPath }) => redirectTo(`${rawPath.replace(/\/$/, '')}/dashboard`),
  'GET /dashboard': forReaders(showDashboard),
  'GET /live': forReaders(showLive),
  'GET /install': forOwners(showInstall),
  'GET /status': forOwners(showStatus),
  'GET /share': forOwners(showShare),
  'GET /manifest.json': async () => publicResponse(manifest, 'application/manifest+json'),
  'GET /icon.png': async (event) => iconResponse(event),
  'POST /dashboard': forms(changeDashboard),
  'POST /live': signInOrOut,
  'POST /install': signInOrOut,
  'POST /share': forms(changeShared),
};

/** The pages of the dashboard, rendered on the server. */
export async function handler(event: Request): Promise<Response> {
  retries.begin(msToRead);
  const route = routes[event.routeKey];
  if (!route) throw new Error('serverless.yml has a route that the dashboard does not know.');
  return route(event, momentAt(event.requestContext.timeEpoch, timeZone));
}

const viewerOf = (access: Access, token: string | undefined): Viewer => ({
  mayManage: mayManage(access),
  maySignOut: access.role === 'owner',
  site: access.site,
  share: access.role === 'share' ? token : undefined,
  hasLive: live !== undefined,
  mayAskLake: hasLake && askerOf(access) === 'owner',
});

/** Says which days are shown if those of the query are wrong. */
const daysInstead = ({ period, from, to }: Query, { range }: Scope): string =>
  range.period === '7d' && (from ?? to ?? period ?? '7d') !== '7d' ? 'These are the last 7 days.' : '';

/** Shows a range of days, by default the last seven. */
async function showDashboard(event: Request, now: Moment, access: Access, refusal = ''): Promise<Response> {
  const query = event.queryStringParameters ?? {};
  const { timeEpoch } = event.requestContext;
  const rolledUp = await reports.rolledUp(timeEpoch);
  const { scope, problem: wrong, since } = askedScope(query, { access, rolledUp, sites, now });
  const problem = [refusal, wrong, daysInstead(query, scope)].filter(Boolean).join(' ');
  const lake = await askLake(scope, now.day, askerOf(access));
  const shown = lake?.scope ?? scope;
  const [read, written] = await Promise.all([
    lake?.read ?? reports.read(shown, rolledUp, timeEpoch, now),
    notes.read(...endsOf(scope.range)),
  ]);
  const html = await dashboardHtml(
    {
      ...{ scope: shown, ...read, since, now, problem, lake },
      notes: notesFor(written, scope.site, access.site),
      imports: lake?.read ? [] : importsIn(rolledUp.imports, scope),
    },
    { sites, timeZone, ...snippets(event) },
    viewerOf(access, query.share),
  );
  return htmlResponse(html, event, { statusCode: problem ? 400 : lake?.problem !== undefined ? lake.statusCode : 200 });
}

/** Shows who reads now, of one site or of all. */
async function showLive(event: Request, _now: Moment, access: Access): Promise<Response> {
  const { site, problem } = chosenSite(event);
  return showLivePage(event, access, access.site ?? site, access.site ? '' : problem);
}

const viewsOfSites = (event: Request, { day }: Moment) =>
  reports.viewsBySite(sites, day, event.requestContext.timeEpoch);

/** Shows the snippets and where to paste them. */
async function showInstall(event: Request, now: Moment): Promise<Response> {
  const query = String(queryWithoutLink(event));
  return htmlResponse(installHtml({ sites: await viewsOfSites(event, now), ...snippets(event) }, query), event);
}

/** Shows whether views arrive, in a frame of the install page that asks again by itself. */
async function showStatus(event: Request, now: Moment): Promise<Response> {
  const html = statusHtml(await viewsOfSites(event, now));
  return htmlResponse(html, event, { framed: true, refresh: statusRefresh });
}

/** Returns the site of a query, and what is wrong if there is none of that name. */
function chosenSite(event: Request): { site: string | undefined; problem: string } {
  const [site, wanted] = [siteIn(event), event.queryStringParameters?.site];
  return { site, problem: wanted && !site ? `There is no site ${quoted(wanted)}: this page is for all of them.` : '' };
}

const siteIn = ({ queryStringParameters }: Request) => sites.find((each) => each === queryStringParameters?.site);

/** Shows the read-only links, and the API token and the feed's URL of one site or all. */
function showShare(event: Request, now: Moment, access: Access, refusal = ''): Promise<Response> {
  const { site, problem } = chosenSite(event);
  return showSharePage(event, now, { access, site, problem: refusal || problem });
}

/** Creates or revokes what the owner shares, by the forms of the share page. */
async function changeShared(form: URLSearchParams, event: Request, now: Moment, access: Access): Promise<Response> {
  const shown = form.get('link-site') ?? siteIn(event) ?? '';
  const problem =
    shown === '' || sites.includes(shown)
      ? await sharing.change(form, shown, now, event.requestContext.timeEpoch)
      : `There is no site ${quoted(shown)}: choose one of ${sites.join(', ')}.`;
  if (problem) return showShare(event, now, access, problem);
  return redirect(queryWithoutLink(event), form.has('sign-out-everywhere') ? [auth.signOut()] : []);
}

/** Writes or deletes a note by the forms of the dashboard. */
async function changeDashboard(form: URLSearchParams, event: Request, now: Moment, access: Access): Promise<Response> {
  const problem = await changeNotes(form, { site: siteIn(event) ?? '', today: now.day }, notes);
  return problem ? showDashboard(event, now, access, problem) : redirect(queryWithoutLink(event), []);
}

function snippets(event: Request) {
  const endpoint = routeUrl(event, 'track');
  return { endpoint, snippet: snippetFor(endpoint, sites), eventsSnippet: eventsSnippetFor(endpoint, sites) };
}
