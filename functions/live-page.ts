import { bareHost } from '../core/collect/bare-host.ts';
import { batchOfSite, msPerMinute } from '../core/live/live-hit.ts';
import { liveMinutes, liveReportOf } from '../core/live/live-report.ts';
import type { Access, Auth } from '../http/auth.ts';
import { htmlResponse } from '../http/html-response.ts';
import { type Request, routeUrl } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { liveStore } from '../store/live.ts';
import { logFailure } from '../store/log.ts';
import { liveHtml } from '../views/Live.tsx';
import { queryText } from '../views/links.ts';
import { liveRefresh } from '../views/live-data.ts';

/** For how many seconds a page of the live view says that somebody watches. It asks again before. */
const secondsWatched = 3 * liveRefresh;

const unread = 'The last half hour could not be read. Try again in a minute.';

interface Installation {
  sites: string[];
  timeZone: string;
  /** Undefined with LIVE=off. */
  live: ReturnType<typeof liveStore> | undefined;
  auth: Auth;
  /** The URL of the WebSocket API. Undefined if the page only refreshes. */
  connectionsUrl: string | undefined;
}

/** Returns what answers GET /live: it shows the last half hour, and says that somebody watches. */
export function livePage({ sites, timeZone, live, auth, connectionsUrl }: Installation) {
  /** Returns the address at which a page of this origin may open a WebSocket. */
  async function socketFor(event: Request, site: string, url: string): Promise<string> {
    const { origin } = new URL(routeUrl(event, 'live'));
    const token = await auth.liveToken(site, origin, Math.floor(event.requestContext.timeEpoch / 1000));
    return `${url.replace(/^http/, 'ws')}?token=${token}`;
  }

  /** Shows a site, or all of them. `problem` says what is wrong with the query. */
  return async (event: Request, access: Access, site: string | undefined, problem: string): Promise<Response> => {
    const { timeEpoch } = event.requestContext;
    const { share, paused } = event.queryStringParameters ?? {};
    const query = { ...event.queryStringParameters, site: access.site ? undefined : site };
    const isPaused = paused !== undefined;
    const isWatching = live !== undefined && !isPaused;
    // A page that is open all day ends at an answer that does not refresh it, such as an error of Lambda.
    const failed = (error: unknown) => void logFailure('live view', error);
    const [socket, ring] = await Promise.all([
      isWatching && connectionsUrl ? socketFor(event, site ?? '', connectionsUrl).catch(failed) : undefined,
      live?.ring(timeEpoch - liveMinutes * msPerMinute).catch(failed),
      isWatching ? live.watch(Math.floor(timeEpoch / 1000) + secondsWatched).catch(failed) : undefined,
    ]);
    const shown = ring && batchOfSite(ring, bareHost(site ?? ''));
    const today = queryText({ period: 'today', site: query.site, share });
    const prefix = sites.length === 1 ? sites.join() : '';
    const scope = { timeZone, prefix, today, site, truncated: ring?.truncated ?? false };
    const isUnread = live !== undefined && !ring;
    const told = live ? problem : 'LIVE is off. Set LIVE=refresh and deploy to see who reads now.';
    const data = shown && socket ? { ...scope, ...shown, now: timeEpoch, socket } : undefined;
    const page = {
      ...scope,
      sites,
      onlySite: access.site,
      query,
      isPaused,
      data,
      problem: told || (isUnread ? unread : ''),
    };
    return htmlResponse(liveHtml(shown && liveReportOf(shown, timeEpoch), page), event, {
      statusCode: told ? 400 : isUnread ? 503 : 200,
      refresh: isWatching && !data ? liveRefresh : undefined,
      socket: socket && new URL(socket).origin,
    });
  };
}
