import { renderToString } from 'preact-render-to-string';
import type { Day } from '../core/calendar/day.ts';
import { Document } from './Document.tsx';

/** What leads others, and other programs, to the numbers; addresses are absolute. */
export interface ShareProps {
  sites: string[];
  /** The one site that it is for, or all. */
  site: string | undefined;
  today: Day;
  /** A link that shows the dashboard through the last of a day; none where everybody may see it. */
  link?: { url: string; until: Day } | undefined;
  json: string;
  /** What the JSON's reader has to show; nothing where everybody may read it. */
  token?: string | undefined;
  feed: string;
  /** What was wrong with what was asked for. */
  problem: string;
}

/** The page that tells how to share a dashboard, read it with a program, and subscribe to it. */
export function shareHtml(props: ShareProps): string {
  const { sites, site, today, link, json, token, feed, problem } = props;
  const page = (
    <Document title="Share and export" subtitle={<a href="dashboard">Back to the dashboard</a>}>
      {problem && <p class="notification is-warning is-light">{problem}</p>}
      {(link || sites.length > 1) && (
        <form class="block days">
          {sites.length > 1 && (
            <label>
              Of{' '}
              <span class="select is-small">
                <select name="site">
                  <option value="">all sites</option>
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
              {sites.length > 1 ? 'through' : 'Through'}{' '}
              <input class="input is-small" type="date" name="until" value={link.until} min={today} required />
            </label>
          )}
          <button class="button is-small" type="submit">
            Make links
          </button>
        </form>
      )}
      {link && (
        <section class="box content">
          <h2 class="title is-5">A link to read</h2>
          <p>
            Whoever has it sees the dashboard of {site ?? 'all sites'}, with every range and filter, through{' '}
            {link.until}, and can change nothing.
          </p>
          <Paste text={link.url} />
        </section>
      )}
      <section class="box content">
        <h2 class="title is-5">CSV and JSON</h2>
        <p>
          Programs read the whole report as JSON, with the same ranges and filters in the address as the dashboard has.
          For spreadsheets, <code>stats.csv?panel=pages</code> beside it is one panel of it as CSV.
        </p>
        <Paste text={`curl ${token ? `-H 'Authorization: Bearer ${token}' ` : ''}'${json}?period=7d'`} />
      </section>
      <section class="box content">
        <h2 class="title is-5">A feed of the weeks</h2>
        <p>Subscribe to this address in a feed reader, and each Monday it brings the week's summary:</p>
        <Paste text={feed} />
      </section>
      {token && <p class="is-size-7">A new password ends every session, link, token and feed that there is.</p>}
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

const Paste = ({ text }: { text: string }) => (
  <pre class="paste">
    <code>{text}</code>
  </pre>
);
