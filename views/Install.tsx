import { renderToString } from 'preact-render-to-string';
import { stylesheet } from '../build/stylesheet.ts';
import { BackHeader } from './BackHeader.tsx';
import { Document } from './Document.tsx';
import { PlatformNotes } from './PlatformNotes.tsx';
import { counted } from './text.ts';

/** A site and its views in the last seven days. */
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

/** Renders the install page. `query` is that of the dashboard that it leads back to. */
export function installHtml(props: InstallProps, query: string): string {
  const page = (
    <Document title="Install" header={<BackHeader query={query} />}>
      <h1>Install</h1>
      <Install {...props} />
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

/** Renders the status of each site, the snippets, and where to paste them. */
export function Install({ sites, endpoint, snippet, eventsSnippet }: InstallProps) {
  const waiting = sites.some(({ views }) => views === 0);
  return (
    <>
      <div class="box">{waiting ? <StatusFrame sites={sites} /> : <Status sites={sites} />}</div>
      <section class="box content">
        <h2 class="title is-5">Add this code to every page</h2>
        <p>
          Paste it into the HTML of <Hosts hosts={sites.map(({ host }) => host)} />, best right before{' '}
          <code>{'</head>'}</code>. Click or tap the code to select all of it:
        </p>
        <pre class="paste">
          <code>{snippet}</code>
        </pre>
        <p>Then open one of your pages. The line above gets a tick.</p>
        <p>Instructions by platform:</p>
        <PlatformNotes endpoint={endpoint} snippet={snippet} eventsSnippet={eventsSnippet} />
      </section>
      <Troubleshooting endpoint={endpoint} />
      <More host={sites[0]?.host ?? ''} eventsSnippet={eventsSnippet} />
    </>
  );
}

/** Renders the status in a frame, so that only the frame reloads. */
const StatusFrame = ({ sites }: { sites: Counted[] }) => (
  <iframe class="status" src="status" title="Installation status" height={40 * sites.length + 40} />
);

/** Renders the document in that frame. */
export function statusHtml(sites: Counted[]): string {
  const anyCounted = sites.some(({ views }) => views > 0);
  const page = (
    <html lang="en" class="status-document">
      <head>
        <meta charset="utf-8" />
        <title>Installation status</title>
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
      </head>
      <body>
        <main>
          <h1 class="is-sr-only">Installation status</h1>
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
                ? `${host}: ${counted(views, 'view')} in the last 7 days`
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
      <h2 class="title is-5">If no views arrive</h2>
      <p>
        Find the request to <code>track</code> in the network panel of your browser's developer tools. If Footfall
        refused the hit, the response header <code>x-footfall</code> says why. If there is no request, a content blocker
        stopped it, you excluded this browser, or the page lacks the snippet. The snippet is also silent on a local host
        that is not in <code>SITES</code>. Search the page's source for <code>footfall-ignore</code> to find the
        snippet.
      </p>
      <p>Run this in the console of one of your pages. It shows what a view would add, and changes nothing:</p>
      <pre class="paste">
        <code>{question}</code>
      </pre>
      <p>
        To exclude your own visits, open one of your pages with <code>#footfall-ignore</code> at the end of its URL. Say
        yes to the question, and Footfall ignores this browser on that site. Do the same again to undo it.
      </p>
    </section>
  );
}

function More({ host, eventsSnippet }: { host: string; eventsSnippet: string }) {
  return (
    <section class="box content">
      <h2 class="title is-5">Sources and events</h2>
      <p>
        Add a source to each link that you share, and the dashboard shows where your views come from:{' '}
        <code>{`${/^localhost(:|$)/.test(host) ? 'http' : 'https'}://${host}/?utm_source=mastodon`}</code>
      </p>
      <details>
        <summary>Count events, outbound links and downloads</summary>
        <p>
          Add this code as well. Then <code>footfall('signup')</code> counts an event, and so does a click on an element
          with <code>data-footfall="signup"</code>. Add <code>data-outbound</code> and <code>data-downloads</code> to
          the script element to count clicks on links to other sites and to files. Add{' '}
          <code>{'<meta name="footfall" content="404">'}</code> to your “not found” page to count missing pages.
        </p>
        <pre class="paste">
          <code>{eventsSnippet}</code>
        </pre>
      </details>
    </section>
  );
}
