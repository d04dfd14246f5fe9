import { renderToString } from 'preact-render-to-string';
import type { Day } from '../core/calendar/day.ts';
import { BackHeader } from './BackHeader.tsx';
import { Document } from './Document.tsx';
import { type ExportedPart, ExportLinks } from './ExportLinks.tsx';
import { type ListedLink, ShareLinks } from './ShareLinks.tsx';
import { SiteMenu } from './SiteMenu.tsx';

/** What the owner can share of one site, or of all. */
export interface ShareProps {
  sites: string[];
  /** The one site that tokens and new links are for. Undefined for all. */
  site: string | undefined;
  timeZone: string;
  /** How long a session lasts, in days. */
  sessionDays: number;
  today: Day;
  /** The URL of the API, with a slash at its end. */
  base: string;
  /** The links of all sites, and the tokens of `site`. Undefined if the dashboard is public. */
  shared: { links: ListedLink[]; api: string; feed: string } | undefined;
  /** The range that is exported, in words, and the files of its export. */
  exported: { range: string; parts: ExportedPart[] };
  /** The query of the page. It is that of the dashboard that it leads back to. */
  query: URLSearchParams;
  /** What is wrong with the request, or empty. */
  problem: string;
}

/** Renders the page with the read-only links, the API token, the feed, and the end of all sessions. */
export function shareHtml(props: ShareProps): string {
  const { sites, site, timeZone, sessionDays, today, base, shared, exported, query, problem } = props;
  const feed = new URLSearchParams(shared ? { feed: shared.feed } : site ? { site } : {}).toString();
  const bearer = shared ? `-H 'Authorization: Bearer ${shared.api}' ` : '';
  const page = (
    <Document title="Share and export" header={<BackHeader query={String(query)} />}>
      <h1>Share and export</h1>
      {sites.length > 1 && <SiteMenu sites={sites} site={site} linkTo={({ site }) => withSite(query, site)} />}
      {problem && <p class="notification is-warning is-light">{problem}</p>}
      {shared && (
        <ShareLinks links={shared.links} sites={sites} site={site} timeZone={timeZone} today={today} base={base} />
      )}
      <section class="box content">
        <h2 class="title is-5">JSON and CSV</h2>
        <p>
          The JSON holds the whole report. It takes the same ranges and filters as the dashboard's URL. For
          spreadsheets, <code>stats.csv?panel=pages</code> at the same place returns one panel as CSV.
        </p>
        <Paste text={`curl --compressed ${bearer}'${base}stats.json?period=7d'`} />
        {shared && (
          <Action name="new-token" label="New API token">
            Ends all earlier API tokens, of every site.
          </Action>
        )}
      </section>
      <ExportLinks {...exported} allTime={withAllTime(query)} />
      <section class="box content">
        <h2 class="title is-5">Weekly feed</h2>
        <p>Subscribe to this URL in a feed reader. Each Monday it adds a summary of the week before.</p>
        <Paste text={`${base}feed.xml${feed && `?${feed}`}`} />
        {shared && (
          <Action name="new-feed" label="New feed URL">
            Ends all earlier feed URLs, of every site.
          </Action>
        )}
      </section>
      {shared && (
        <section class="box content">
          <h2 class="title is-5">Sessions</h2>
          <p>
            A browser stays signed in for {sessionDays} days. A new password ends every session, link, token and feed
            URL.
          </p>
          <Action name="sign-out-everywhere" label="Sign out everywhere">
            Ends every session of the dashboard, this one too. Links, tokens and feeds stay valid.
          </Action>
        </section>
      )}
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

/** Returns the URL of this page for another site. */
function withSite(query: URLSearchParams, site: string | undefined): string {
  const kept = [...query].filter(([name]) => name !== 'site' && name !== 'page');
  return `?${new URLSearchParams([...kept, ...(site === undefined ? [] : [['site', site]])])}`;
}

/** Returns the URL of this page for all time. */
function withAllTime(query: URLSearchParams): string {
  const kept = [...query].filter(([name]) => !['from', 'to', 'period', 'by'].includes(name));
  return `?${new URLSearchParams([...kept, ['period', 'all']])}`;
}

const Paste = ({ text }: { text: string }) => (
  <pre class="paste">
    <code>{text}</code>
  </pre>
);

const Action = ({ name, label, children }: { name: string; label: string; children: string }) => (
  <form class="action" method="post">
    <button class="button is-small" type="submit" name={name} value="1">
      {label}
    </button>
    <small>{children}</small>
  </form>
);
