import { renderToString } from 'preact-render-to-string';
import type { Day } from '../core/calendar/day.ts';
import { Document } from './Document.tsx';

/** The links and tokens of one site, or of all. URLs are absolute. */
export interface ShareProps {
  sites: string[];
  /** The one site that they are for. Undefined for all. */
  site: string | undefined;
  today: Day;
  /** A read-only link and its last day. Undefined if the dashboard is public. */
  link?: { url: string; until: Day } | undefined;
  json: string;
  /** The API token. Undefined if the dashboard is public. */
  token?: string | undefined;
  feed: string;
  /** What is wrong with the query, or empty. */
  problem: string;
}

/** Renders the page with the read-only link, the API token and the feed. */
export function shareHtml(props: ShareProps): string {
  const { sites, site, today, link, json, token, feed, problem } = props;
  const page = (
    <Document title="Share and export" subtitle={<a href="dashboard">Back to the dashboard</a>}>
      {problem && <p class="notification is-warning is-light">{problem}</p>}
      {(link || sites.length > 1) && (
        <form class="block days">
          {sites.length > 1 && (
            <label>
              Site{' '}
              <span class="select is-small">
                <select name="site">
                  <option value="">All sites</option>
                  {sites.map((each) => (
                    <option key={each} value={each} selected={each === site}>
                      {each}
                    </option>
                  ))}
                </select>
              </span>
            </label>
          )}
          {link && (
            <label>
              Valid through{' '}
              <input class="input is-small" type="date" name="until" value={link.until} min={today} required />
            </label>
          )}
          <button class="button is-small" type="submit">
            Create links
          </button>
        </form>
      )}
      {link && (
        <section class="box content">
          <h2 class="title is-5">Read-only link</h2>
          <p>
            Anyone with this link can see the dashboard of {site ?? 'all sites'} through {link.until}, with every range
            and filter. They cannot change anything.
          </p>
          <Paste text={link.url} />
        </section>
      )}
      <section class="box content">
        <h2 class="title is-5">JSON and CSV</h2>
        <p>
          The JSON holds the whole report. It takes the same ranges and filters as the dashboard's URL. For
          spreadsheets, <code>stats.csv?panel=pages</code> at the same place returns one panel as CSV.
        </p>
        <Paste text={`curl ${token ? `-H 'Authorization: Bearer ${token}' ` : ''}'${json}?period=7d'`} />
      </section>
      <section class="box content">
        <h2 class="title is-5">Weekly feed</h2>
        <p>Subscribe to this URL in a feed reader. Each Monday it adds a summary of the week before.</p>
        <Paste text={feed} />
      </section>
      {token && <p class="is-size-7">A new password ends every session and invalidates all links, tokens and feeds.</p>}
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

const Paste = ({ text }: { text: string }) => (
  <pre class="paste">
    <code>{text}</code>
  </pre>
);
