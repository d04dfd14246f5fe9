import { dayAfter, isDay, type Moment, momentAt } from '../core/day.ts';
import { parseQuery } from '../core/query.ts';
import { quoted } from '../core/quoted.ts';
import { eventsSnippetFor, snippetFor } from '../snippet/embed.ts';
import { accessStore } from '../store/access.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { dashboardHtml, type Viewer } from '../views/Dashboard.tsx';
import { installHtml, statusHtml } from '../views/Install.tsx';
import { sharingHtml } from '../views/Sharing.tsx';
import { signInHtml } from '../views/SignIn.tsx';
import { type Access, doorkeeper, isFromHere, parseAccess } from './access.ts';
import { addressOf, bodyOf, page, type Request, type Response, redirect } from './http.ts';
import { reportsFrom } from './reports.ts';
import { parseSettings } from './settings.ts';

const { sites, timeZone, statisticsTable, visitorsTable } = parseSettings(process.env);
const client = dynamoClient();
const reports = reportsFrom(statisticsStore(client, statisticsTable));
const door = doorkeeper(parseAccess(process.env), accessStore(client, statisticsTable, visitorsTable), sites);

/** GET /dashboard shows a range of days, by default the last seven, as one page; POST /dashboard signs in or out. */
export async function handler(event: Request): Promise<Response> {
  const now = momentAt(event.requestContext.timeEpoch, timeZone);
  if (event.requestContext.http.method === 'POST') return signInOrOut(event, now);
  const access = await door.accessOf(event, now.day);
  if (access) return (mayManage(access) && (await manage(event, access, now))) || show(event, access, now);
  const share = event.queryStringParameters?.share !== undefined;
  return askForPassword(event, 401, share ? 'This link has ended, or it is not complete. The owner may sign in.' : '');
}

async function show(event: Request, access: Access, now: Moment): Promise<Response> {
  const query = event.queryStringParameters ?? {};
  const { scope, problem } = parseQuery({ ...query, ...(access.site && { site: access.site }) }, sites, now.day);
  const { report, previous } = await reports.on(scope, event.requestContext.timeEpoch);
  const html = await dashboardHtml(
    { scope, report, previous, now, problem },
    { sites, timeZone, ...installation(event) },
    viewerOf(access, query.share),
  );
  return page(html, event, { statusCode: problem ? 400 : 200 });
}

const mayManage = ({ role }: Access) => role === 'owner' || role === 'public';

const viewerOf = (access: Access, token: string | undefined): Viewer => ({
  mayManage: mayManage(access),
  maySignOut: access.role === 'owner',
  site: access.site,
  share: access.role === 'share' ? token : undefined,
});

/** The pages for who installs and shares, if the address asks for one of them. */
async function manage(event: Request, { role }: Access, { day }: Moment): Promise<Response | undefined> {
  const { show, site: wanted, until = dayAfter(day, 30) } = event.queryStringParameters ?? {};
  const counted = () => reports.viewsOf(sites, day, event.requestContext.timeEpoch);
  if (show === 'install') return page(installHtml({ sites: await counted(), ...installation(event) }), event);
  if (show === 'status') return page(statusHtml(await counted()), event, { framed: true, refresh: 4 });
  if (show !== 'sharing') return undefined;
  const site = sites.find((each) => each === wanted);
  const isOpen = role === 'public';
  const isToCome = isDay(until) && until >= day;
  const last = isToCome ? until : dayAfter(day, 30);
  const problem = [
    !isToCome && `${quoted(until)} is not a day to come: write it like ${day}.`,
    wanted && !site && `There is no site ${quoted(wanted)}: these links are for all of them.`,
  ]
    .filter(Boolean)
    .join(' ');
  const address = `${addressOf(event, 'dashboard')}?share=${await door.tokenFor('share', last, site)}`;
  const feed = isOpen ? { ...(site && { site }) } : { feed: await door.tokenFor('feed', undefined, site) };
  const html = sharingHtml({
    sites,
    site,
    today: day,
    link: isOpen ? undefined : { address, until: last },
    json: addressOf(event, 'stats.json'),
    token: isOpen ? undefined : await door.tokenFor('api', undefined, site),
    feed: `${addressOf(event, 'feed.xml')}?${new URLSearchParams(feed)}`,
    problem,
  });
  return page(html, event, { statusCode: problem ? 400 : 200 });
}

function installation(event: Request) {
  const endpoint = addressOf(event, 'track');
  return { endpoint, snippet: snippetFor(endpoint), eventsSnippet: eventsSnippetFor(endpoint) };
}

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
  page(signInHtml(problem), event, { statusCode });
