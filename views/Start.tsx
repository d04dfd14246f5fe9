/** What an owner sees before the first page view: the snippet to paste, and where. */
export function Start({ snippet, eventsSnippet, sites }: { snippet: string; eventsSnippet: string; sites: string[] }) {
  return (
    <section class="box content">
      <h2 class="title is-4">Waiting for the first view</h2>
      <p>
        No page has been viewed in the last seven days. Paste this into every page of <Hosts hosts={sites} />, at best
        before <code>{'</head>'}</code>. One click selects all of it:
      </p>
      <pre class="paste">
        <code>{snippet}</code>
      </pre>
      <p>
        Then open a page of yours and reload this one. Still nothing? Look at the request to <code>track</code> in the
        network panel of your browser's developer tools: the answer's header <code>x-footfall</code> says why a hit was
        not counted, and no request at all means that a blocker stopped it.
      </p>
      <details class="block">
        <summary>To count more than views, paste this, too</summary>
        <p class="mt-3">
          Then <code>footfall('signup')</code> counts an event, and so does a click on an element with{' '}
          <code>data-footfall="signup"</code>. With <code>data-outbound</code> and <code>data-downloads</code> on the
          script element, links to elsewhere and to files count; a page with{' '}
          <code>{'<meta name="footfall" content="404">'}</code> counts as not found.
        </p>
        <pre class="paste">
          <code>{eventsSnippet}</code>
        </pre>
      </details>
      <p>
        To see where readers come from, share your links with a source:{' '}
        <code>https://{sites[0]}/?utm_source=mastodon</code>
      </p>
    </section>
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
