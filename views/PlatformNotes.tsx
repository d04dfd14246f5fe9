import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';

interface Props {
  /** The address that the blocks send to. */
  endpoint: string;
  snippet: string;
  eventsSnippet: string;
}

/** Where the snippet goes, and what to watch for, by what a site is made with; one note is open at a time. */
export function PlatformNotes(props: Props) {
  return (
    <div class="notes">
      <Hugo />
      <Jekyll />
      <WordPress />
      <Ghost />
      <Astro />
      <SinglePageApp />
      <Policy {...props} />
    </div>
  );
}

function Note({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details name="platform">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

const Sample = ({ code }: { code: string }) => (
  <pre>
    <code>{code}</code>
  </pre>
);

const Hugo = () => (
  <Note title="Hugo">
    <p>
      Save the snippet as <code>layouts/_partials/footfall.html</code> (before Hugo 0.146: <code>layouts/partials</code>
      ), and include it in the head:
    </p>
    <Sample code={'{{ if hugo.IsProduction }}{{ partial "footfall.html" . }}{{ end }}'} />
    <p>
      Many themes have a partial for this line that you write yourself: <code>extend_head.html</code> in PaperMod,{' '}
      <code>head/extensions.html</code> in Coder. If yours has none, copy its <code>baseof.html</code>, or the partial
      in which <code>{'</head>'}</code> stands, to the same path in your own <code>layouts</code>, and change the copy.{' '}
      <code>hugo.IsProduction</code> leaves <code>hugo server</code> out. To Go's templates the snippet is plain text.
    </p>
  </Note>
);

const Jekyll = () => (
  <Note title="Jekyll">
    <p>
      Save the snippet as <code>_includes/footfall.html</code>, and include it in the head:
    </p>
    <Sample code={"{% if jekyll.environment == 'production' %}{% include footfall.html %}{% endif %}"} />
    <p>
      This line goes into <code>_includes/custom-head.html</code> with minima 3, and into{' '}
      <code>_includes/head-custom.html</code> with the themes of GitHub Pages, such as Cayman. Other themes, minima 2
      among them, read no such file: copy theirs that contains <code>{'</head>'}</code>, usually{' '}
      <code>_includes/head.html</code>, to the same path of your site, and add the line (
      <code>bundle info --path minima</code> tells where the theme is). GitHub Pages builds for production by itself; on
      your own, build with <code>JEKYLL_ENV=production</code>. Liquid finds nothing of its own in the snippet, so that
      it needs no <code>{'{% raw %}'}</code>.
    </p>
  </Note>
);

const WordPress = () => (
  <Note title="WordPress">
    <p>
      Paste the snippet into the header field of a plugin for code in the head, such as WPCode (Code Snippets → Header
      &amp; Footer). Or add it to the <code>functions.php</code> of a child theme, so that no update removes it; not as
      a PHP string, in which a <code>$</code> may mean something else:
    </p>
    <Sample code={"add_action( 'wp_head', function () { ?>\n  …the snippet…\n<?php } );"} />
    <p>
      Then empty the cache of pages, if you have one. Plugins that speed up a site by delaying or combining scripts have
      to leave this one alone: exclude inline code that contains <code>footfall-ignore</code>. Delayed until a reader
      clicks or scrolls, it misses those who do not. On WordPress.com, you need a plan that allows plugins.
    </p>
  </Note>
);

const Ghost = () => (
  <Note title="Ghost">
    <p>
      Open Settings → Code injection, paste the snippet into Site header, and save. It is written as it is where the
      theme has <code>{'{{ghost_head}}'}</code>. Code injection in the settings of a post is for that post alone. A post
      whose canonical URL is on another site is refused, as a page of a foreign site.
    </p>
  </Note>
);

const Astro = () => (
  <Note title="Astro">
    <p>
      Paste the snippet into the head of the layout that all pages share, with <code>is:inline</code>, so that Astro
      writes it as it is and does not make it a module:
    </p>
    <Sample code={'<script is:inline>…the snippet…</script>'} />
    <p>
      Braces in a script are not read as expressions. With <code>{'<ClientRouter />'}</code>, the snippet counts each
      navigation by itself: it needs no <code>astro:page-load</code>, and with <code>data-astro-rerun</code> it would
      count more than once.
    </p>
  </Note>
);

const SinglePageApp = () => (
  <Note title="Single-page apps: React, Vue, Svelte, Angular, Next.js, Nuxt">
    <p>
      Paste the snippet once into the page that loads the app: <code>index.html</code> with Vite,{' '}
      <code>src/index.html</code> in Angular, <code>src/app.html</code> in SvelteKit. Next.js has JSX instead, which
      would read the braces as its own: give what stands between the tags as text, in the head of{' '}
      <code>app/layout.tsx</code> or <code>pages/_document.tsx</code>. In Nuxt, it is the <code>innerHTML</code> of an
      entry of <code>app.head.script</code> in <code>nuxt.config.ts</code>.
    </p>
    <Sample code={'<script dangerouslySetInnerHTML={{ __html: `…the code…` }} />'} />
    <p>
      The block for events has backticks itself: put its code into a file in <code>public</code>, and load that.
      Navigation by <code>pushState</code> and Back is counted without a line of yours, once for each new path; a change
      of what follows <code>?</code> or <code>#</code> is none, nor is <code>replaceState</code>. A canonical link has
      to be right when the page loads: if <code>index.html</code> has the same one for all, remove it.
    </p>
  </Note>
);

const Policy = ({ endpoint, snippet, eventsSnippet }: Props) => (
  <Note title="Any site with a Content-Security-Policy">
    <p>Add to the policy where the snippet sends to, and the hash of its code:</p>
    <Sample code={`connect-src ${originOf(endpoint)}; script-src ${hashOf(snippet)}`} />
    <p>
      The block for events has the hash <code>{hashOf(eventsSnippet)}</code>. A hash is that of the code as it stands
      here: once minified, or with another edition of Footfall, it changes. A nonce does as well. If your policy says{' '}
      <code>'unsafe-inline'</code>, add no hash, for that would take this permission from all other scripts.
    </p>
  </Note>
);

const originOf = (address: string) => /^https?:\/\/[^/]*/.exec(address)?.[0] ?? address;

/** As a policy names a script element's text. */
function hashOf(element: string): string {
  const code = element.replace(/^<script>|<\/script>$/g, '');
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
}
