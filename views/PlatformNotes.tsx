import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';

interface Props {
  /** The URL that the snippets send to. */
  endpoint: string;
  snippet: string;
  eventsSnippet: string;
}

/** Renders instructions by platform. One note is open at a time. */
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
      Save the snippet as <code>layouts/_partials/footfall.html</code>. Before Hugo 0.146, the folder is{' '}
      <code>layouts/partials</code>. Include it in the head:
    </p>
    <Sample code={'{{ if hugo.IsProduction }}{{ partial "footfall.html" . }}{{ end }}'} />
    <p>
      Many themes include a partial of yours in the head. It is <code>extend_head.html</code> in PaperMod and{' '}
      <code>head/extensions.html</code> in Coder. If your theme has none, copy its template that contains{' '}
      <code>{'</head>'}</code>, often <code>baseof.html</code>, to the same path in your own <code>layouts</code>. Then
      change the copy. <code>hugo.IsProduction</code> excludes <code>hugo server</code>. The snippet needs no escaping.
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
      With minima 3, put this line into <code>_includes/custom-head.html</code>. With the themes of GitHub Pages, such
      as Cayman, put it into <code>_includes/head-custom.html</code>. Other themes, such as minima 2, read no such file.
      Copy the theme's file that contains <code>{'</head>'}</code>, usually <code>_includes/head.html</code>, to the
      same path of your site. Then add the line to the copy. <code>bundle info --path minima</code> prints the folder of
      the theme. GitHub Pages builds for production. Elsewhere, build with <code>JEKYLL_ENV=production</code>. The
      snippet needs no <code>{'{% raw %}'}</code>.
    </p>
  </Note>
);

const WordPress = () => (
  <Note title="WordPress">
    <p>
      Paste the snippet into the header field of a plugin such as WPCode (Code Snippets → Header &amp; Footer). Or add
      it to the <code>functions.php</code> of a child theme, so that updates keep it. Do not put it into a PHP string,
      because PHP replaces names after a <code>$</code>:
    </p>
    <Sample code={"add_action( 'wp_head', function () { ?>\n  …the snippet…\n<?php } );"} />
    <p>
      Then clear the page cache, if you have one. If a plugin delays or combines scripts, exclude inline code that
      contains <code>footfall-ignore</code>. A delayed snippet misses readers who neither click nor scroll, and counts
      others when they leave. On WordPress.com, you need a plan that allows plugins.
    </p>
  </Note>
);

const Ghost = () => (
  <Note title="Ghost">
    <p>
      Open Settings → Code injection, paste the snippet into Site header, and save. Ghost writes it where the theme has{' '}
      <code>{'{{ghost_head}}'}</code>. Code injection in the settings of a post is for that post only. A post whose
      canonical URL is on another site counts under its own URL.
    </p>
  </Note>
);

const Astro = () => (
  <Note title="Astro">
    <p>
      Paste the snippet into the head of the layout that all pages share. Add <code>is:inline</code>, so that Astro does
      not turn it into a module:
    </p>
    <Sample code={'<script is:inline>…the snippet…</script>'} />
    <p>
      Astro does not read braces in a script as expressions. With <code>{'<ClientRouter />'}</code>, the snippet counts
      each navigation without <code>astro:page-load</code> and <code>data-astro-rerun</code>.
    </p>
  </Note>
);

const SinglePageApp = () => (
  <Note title="Single-page apps: React, Vue, Svelte, Angular, Next.js, Nuxt">
    <p>
      Paste the snippet once into the page that loads the app. That is <code>index.html</code> with Vite,{' '}
      <code>src/index.html</code> in Angular, and <code>src/app.html</code> in SvelteKit. In Next.js, pass the code
      between the tags as a string in the head of <code>app/layout.tsx</code> or <code>pages/_document.tsx</code>,
      because JSX reads braces as its own. In Nuxt, it is the <code>innerHTML</code> of an entry of{' '}
      <code>app.head.script</code> in <code>nuxt.config.ts</code>.
    </p>
    <Sample code={'<script dangerouslySetInnerHTML={{ __html: `…the code…` }} />'} />
    <p>
      The code for events contains backticks. Put it into a file in <code>public</code> and load that file. The snippet
      counts each new path after <code>pushState</code>, <code>replaceState</code>, back and forward. A page that
      redirects at once does not count. A change after <code>?</code> or <code>#</code> counts nothing. A canonical link
      must be right when the page loads. If <code>index.html</code> has the same one for all pages, remove it.
    </p>
  </Note>
);

const Policy = ({ endpoint, snippet, eventsSnippet }: Props) => (
  <Note title="Any site with a Content-Security-Policy">
    <p>Add the origin that the snippet sends to, and the hash of its code:</p>
    <Sample code={`connect-src ${originOf(endpoint)}; script-src ${hashOf(snippet)}`} />
    <p>
      The code for events has the hash <code>{hashOf(eventsSnippet)}</code>. A hash fits only the code above. It changes
      if you minify the code or upgrade Footfall. A nonce works too. If your policy has <code>'unsafe-inline'</code>,
      add no hash, because a hash disables that permission for all other scripts.
    </p>
  </Note>
);

const originOf = (url: string) => /^https?:\/\/[^/]*/.exec(url)?.[0] ?? url;

/** Returns the hash of a script element's text, as a policy writes it. */
function hashOf(element: string): string {
  const code = element.replace(/^<script>|<\/script>$/g, '');
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
}
