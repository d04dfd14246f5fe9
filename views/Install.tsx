import { renderToString } from 'preact-render-to-string';
import { stylesheet } from '../build/stylesheet.ts';
import { Document } from './Document.tsx';
import { PlatformNotes } from './PlatformNotes.tsx';
import { counted } from './text.ts';

/** A site, and how much of it was viewed in the last seven days. */
export interface Counted {
  host: string;
  views: number;
}

interface InstallProps {
  sites: Counted[];
  endpoint: string;
  snippet: string;
  eventsSnippet: string;
}

/** The page that tells how to get views counted. */
export function installHtml(props: InstallProps): string {
  const page = (
    <Document title="Install" subtitle={<a href="dashboard">Back to the dashboard</a>}>
      <Install {...props} />
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

/** How to get views counted: what to paste, and where, and for which sites that works already. */
export function Install({ sites, endpoint, snippet, eventsSnippet }: InstallProps) {
  const waiting = sites.some(({ views }) => views === 0);
  return (
    <>
      <div class="box">{waiting ? <StatusFrame sites={sites} /> : <Status sites={sites} />}</div>
      <section class="box content">
        <h2 class="title is-5">Paste this into every page</h2>
        <p>
          It belongs on each page of <Hosts hosts={sites.map(({ host }) => host)} />, at best before{' '}
          <code>{'</head>'}</code>. A click or a tap selects all of it:
        </p>
        <pre class="paste">
          <code>{snippet}</code>
        </pre>
        <p>Then open a page of yours: the line above turns into a tick.</p>
        <p>Where to paste it, by what your site is made with:</p>
        <PlatformNotes endpoint={endpoint} snippet={snippet} eventsSnippet={eventsSnippet} />
      </section>
      <Troubleshooting endpoint={endpoint} />
      <More host={sites[0]?.host ?? ''} eventsSnippet={eventsSnippet} />
    </>
  );
}

/** The status alone, which looks again by itself, while the page around it stays as the reader left it. */
const StatusFrame = ({ sites }: { sites: Counted[] }) => (
  <iframe class="status" src="status" title="Whether views arrive" height={40 * sites.length + 40} />
);

/** The document in that frame. */
export function statusHtml(sites: Counted[]): string {
  const anyCounted = sites.some(({ views }) => views > 0);
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Whether views arrive</title>
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
      </head>
      <body>
        <main>
          <h1 class="is-sr-only">Whether views arrive</h1>
          <Status sites={sites} />
          {anyCounted && (
            <a href="dashboard" target="_top">
              Open the dashboard
            </a>
          )}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}

function Status({ sites }: { sites: Counted[] }) {
  return (
    <div role="status">
      <ul>
        {sites.map(({ host, views }) => (
          <li key={host} class="site">
            <span class={views > 0 ? 'site-mark is-counted' : 'site-mark'} aria-hidden="true">
              {views > 0 ? '✓' : '…'}
            </span>{' '}
            <span>
              {views > 0
                ? `${host} is counted: ${counted(views, 'view')} in the last seven days`
                : `Waiting for the first view of ${host}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Hosts({ hosts }: { hosts: string[] }) {
  return hosts.map((host, i) => (
    <>
      {i > 0 && ', '}
      <strong>{host}</strong>
    </>
  ));
}

function Troubleshooting({ endpoint }: { endpoint: string }) {
  const question = `await (await fetch('${endpoint}?explain=1', { method: 'POST', body: JSON.stringify({ url: location.href }) })).json()`;
  return (
    <section class="box content">
      <h2 class="title is-5">If nothing arrives</h2>
      <p>
        Look at the request to <code>track</code> in the network panel of your browser's developer tools: the answer's
        header <code>x-footfall</code> says why a hit was not counted. No request at all means that a blocker stopped
        it, that this browser is left out, or that the page came without the snippet: its source has to contain{' '}
        <code>footfall-ignore</code>.
      </p>
      <p>In the console of a page of yours, this tells what a view of it would change, and changes nothing:</p>
      <pre class="paste">
        <code>{question}</code>
      </pre>
      <p>
        To leave yourself out, open a page of yours with <code>#footfall-ignore</code> behind its address: that browser
        is not counted on that site any more, until you do the same again.
      </p>
    </section>
  );
}

function More({ host, eventsSnippet }: { host: string; eventsSnippet: string }) {
  return (
    <section class="box content">
      <h2 class="title is-5">More than views</h2>
      <p>
        To see where readers come from, share your links with a source:{' '}
        <code>{`${/^localhost(:|$)/.test(host) ? 'http' : 'https'}://${host}/?utm_source=mastodon`}</code>
      </p>
      <details>
        <summary>To count events, links and files, paste this, too</summary>
        <p>
          Then <code>footfall('signup')</code> counts an event, and so does a click on an element with{' '}
          <code>data-footfall="signup"</code>. With <code>data-outbound</code> and <code>data-downloads</code> on the
          script element, links to elsewhere and to files count; a page with{' '}
          <code>{'<meta name="footfall" content="404">'}</code> counts as not found.
        </p>
        <pre class="paste">
          <code>{eventsSnippet}</code>
        </pre>
      </details>
    </section>
  );
}
