/** What an owner sees before the first page view: the snippet to paste, and where. */
export function Start({ snippet, sites }: { snippet: string; sites: string[] }) {
  return (
    <section class="box content">
      <h2 class="title is-4">Waiting for the first view</h2>
      <p>
        No page has been viewed in the last seven days. Paste this into every page of <Hosts hosts={sites} />, at best
        before <code>{'</head>'}</code>:
      </p>
      <pre class="paste">
        <code>{snippet}</code>
      </pre>
      <p>
        Then open a page of yours and reload this one. Still nothing? Every answer of <code>/track</code> says in its{' '}
        <code>x-footfall</code> header why a hit was not counted.
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
