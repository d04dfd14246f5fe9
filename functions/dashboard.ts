import { stylesheetHash } from '../build/stylesheet.ts';
import { type Moment, momentAt } from '../core/day.ts';
import { parseQuery } from '../core/query.ts';
import { eventsSnippetFor, snippetFor } from '../snippet/embed.ts';
import { accessStore } from '../store/access.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { dashboardHtml, type Viewer } from '../views/Dashboard.tsx';
import { signInHtml } from '../views/SignIn.tsx';
import { type Access, doorkeeper, isFromHere, parseAccess } from './access.ts';
import { bodyOf, page, type Request, type Response, redirect } from './http.ts';
import { reportsFrom } from './reports.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, statisticsTable, visitorsTable } = parseSettings(process.env);
const client = dynamoClient();
const reportsOn = reportsFrom(statisticsStore(client, statisticsTable));
const door = doorkeeper(parseAccess(process.env), accessStore(client, statisticsTable, visitorsTable), sites);

/** GET /dashboard shows a range of days, by default the last seven, as one page; POST /dashboard signs in or out. */
export async function handler(event: Request): Promise<Response> {
  const now = momentAt(event.requestContext.timeEpoch, timeZone);
  if (event.requestContext.http.method === 'POST') return signInOrOut(event, now);
  const access = await door.accessOf(event, now.day);
  if (access) return show(event, access, now);
  const share = event.queryStringParameters?.share !== undefined;
  return askForPassword(event, 401, share ? 'This link has ended, or it is not complete. The owner may sign in.' : '');
}

async function show(event: Request, access: Access, now: Moment): Promise<Response> {
  const query = event.queryStringParameters ?? {};
  const { scope, problem } = parseQuery({ ...query, ...(access.site && { site: access.site }) }, sites, now.day);
  const { report, before } = await reportsOn(scope, event.requestContext.timeEpoch);
  const html = await dashboardHtml(
    { scope, report, before, now, problem },
    { sites, timeZone, snippet: snippetFor(trackUrl(event)), eventsSnippet: eventsSnippetFor(trackUrl(event)) },
    viewerOf(access, query.share),
  );
  return page(html, stylesheetHash, event, problem ? 400 : 200);
}

const viewerOf = ({ role, site }: Access, token = ''): Viewer => ({
  mayManage: role === 'owner' || role === 'public',
  maySignOut: role === 'owner',
  ...(role === 'share' && { share: { token, site } }),
});

async function signInOrOut(event: Request, { day }: Moment): Promise<Response> {
  const { http, timeEpoch } = event.requestContext;
  if (!isFromHere(event)) return askForPassword(event, 403, 'That form came from another page: use this one.');
  const form = new URLSearchParams(bodyOf(event));
  const { share, ...query } = event.queryStringParameters ?? {};
  const back = new URLSearchParams(query as Record<string, string>);
  if (form.has('sign-out')) return redirect(back, door.signOut());
  const attempt = await door.signIn(form.get('password') ?? '', http.sourceIp, timeEpoch, day);
  if ('cookie' in attempt) return redirect(back, attempt.cookie);
  return askForPassword(event, attempt.statusCode, attempt.problem);
}

const askForPassword = (event: Request, statusCode: number, problem: string): Response =>
  page(signInHtml(problem), stylesheetHash, event, statusCode);

/** Where this deployment's /track is: beside the dashboard. API Gateway sets x-forwarded-proto, plain HTTP does not. */
function trackUrl({ headers, rawPath }: Request): string {
  return `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host}${rawPath.replace(/dashboard\/?$/, 'track')}`;
}
