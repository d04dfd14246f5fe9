import { renderToString } from 'preact-render-to-string';
import { liveScript } from '../build/live-script.ts';
import { type LiveReport, liveMinutes } from '../core/live/live-report.ts';
import type { Query } from '../core/report/query.ts';
import { Document } from './Document.tsx';
import { LiveBoard, type LiveScope } from './LiveBoard.tsx';
import { queryText } from './links.ts';
import { type LiveData, liveRefresh, liveTitle, updatesOf } from './live-data.ts';
import { Mark } from './Mark.tsx';
import { SiteMenu } from './SiteMenu.tsx';

/** What the live page is about. */
export interface LivePage extends LiveScope {
  sites: string[];
  /** The chosen site. Undefined for all. */
  site: string | undefined;
  /** The one site that the reader may see. */
  onlySite: string | undefined;
  /** The query of the page, whose parameters go with the reader back to the dashboard. */
  query: Query;
  /** Whether the reader stopped the updates. */
  isPaused: boolean;
  /** What the browser needs for a WebSocket. Undefined if the page only refreshes. */
  data: LiveData | undefined;
  /** What is wrong with the query, or empty. */
  problem: string;
}

/** Renders the live page as one HTML document. With LIVE=off there is no report, and the page only says so. */
export function liveHtml(report: LiveReport | undefined, page: LivePage): string {
  const { sites, site, onlySite, query, isPaused, data, problem } = page;
  const linkTo = (change: Query) => queryText({ ...query, paused: undefined, ...change });
  const dashboard = `dashboard${linkTo({})}`;
  const updates = updatesOf(isPaused);
  const html = (
    <Document
      title={report ? liveTitle(report, site) : 'Live'}
      header={
        <header class="top">
          <div class="bar">
            <a class="home" href={dashboard} aria-label="Footfall">
              <Mark />
            </a>
            <SiteMenu sites={onlySite ? [onlySite] : sites} site={site} linkTo={linkTo} />
            <a class="control" href={dashboard}>
              Dashboard
            </a>
          </div>
        </header>
      }
      footer={
        <>
          <span>Counted by Footfall without cookies. Time zone: {page.timeZone}.</span>
          {report && (
            <>
              <span id="live-status" aria-live="polite">
                {updates.status}
              </span>
              <a id="live-pause" href={`live${linkTo(isPaused ? {} : { paused: '1' })}`}>
                {updates.change}
              </a>
            </>
          )}
        </>
      }
      {...(data && !isPaused && { head: <NoScriptRefresh /> })}
    >
      <h1 class="for-readers">Live: the last {liveMinutes} minutes</h1>
      {problem && <p class="notification is-warning is-light">{problem}</p>}
      {report && (
        <div id="live" class="live">
          <LiveBoard report={report} {...page} />
        </div>
      )}
      {data && !isPaused && (
        <>
          <script type="application/json" id="live-data" dangerouslySetInnerHTML={{ __html: inert(data) }} />
          <script type="module" dangerouslySetInnerHTML={{ __html: liveScript }} />
        </>
      )}
    </Document>
  );
  return `<!doctype html>${renderToString(html)}`;
}

const NoScriptRefresh = () => (
  <noscript>
    <meta http-equiv="refresh" content={String(liveRefresh)} />
  </noscript>
);

/** Returns JSON that cannot end its script element. */
const inert = (data: LiveData) => JSON.stringify(data).replaceAll('<', '\\u003c');
