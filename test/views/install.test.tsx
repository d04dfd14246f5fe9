import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { eventsSnippetFor, snippetFor } from '../../snippet/embed.ts';
import { Install, statusHtml } from '../../views/Install.tsx';

const track = 'https://stats.example.com/track';
const blocks = { snippet: snippetFor(track), eventsSnippet: eventsSnippetFor(track) };
const waiting = { host: 'blog.example.com', views: 0 };
const page = (sites: { host: string; views: number }[]) =>
  renderToString(<Install sites={sites} endpoint={track} {...blocks} />);
const html = page([waiting]);

/** What a person sees of some markup. */
const textOf = (markup = '') =>
  markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('the status of a site', () => {
  const run = (name: string, sites: { host: string; views: number }[], want: string[]) =>
    test(name, () => {
      const [, status] = /role="status">(.*?)<\/ul>/.exec(statusHtml(sites)) ?? [];
      const lines = [...(status ?? '').matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, line]) => textOf(line));
      assert.deepEqual(lines, want);
    });
  const counted = { host: 'notes.example.org', views: 1234 };
  run('a site without a view waits for its first', [waiting], ['… Waiting for the first view of blog.example.com']);
  run('a site with views has a tick', [counted], ['✓ notes.example.org: 1,234 views in the last 7 days']);
  run(
    'a site with one view has a tick, and says 1 view',
    [{ ...counted, views: 1 }],
    ['✓ notes.example.org: 1 view in the last 7 days'],
  );
  run(
    'each of several sites has a status of its own',
    [counted, waiting],
    ['✓ notes.example.org: 1,234 views in the last 7 days', '… Waiting for the first view of blog.example.com'],
  );
});

describe('what is to be pasted', () => {
  const pastes = [...html.matchAll(/<pre class="paste">(.*?)<\/pre>/g)].map(([, text]) => textOf(text));

  test('the install page has both blocks as text, the snippet first', () => {
    assert.equal(textOf(/<pre[^>]*>(.*?)<\/pre>/.exec(html)?.[1]), blocks.snippet);
    assert.ok(pastes.includes(blocks.eventsSnippet));
    assert.doesNotMatch(html, /<script|<img/);
  });

  test('the install page has a command that asks its own endpoint what a view would change', () =>
    assert.ok(pastes.some((text) => text.includes(`fetch('${track}?explain=1', { method: 'POST'`))));
});

test('hostile hosts and blocks stay text on the install page', () => {
  const hostile = '<img src=x>"';
  const other = renderToString(
    <Install
      endpoint={track}
      sites={[{ host: hostile, views: 1 }]}
      snippet={`fetch("${hostile}")`}
      eventsSnippet={hostile}
    />,
  );
  assert.doesNotMatch(other, /<img/);
});

describe('the note', () => {
  const notes = new Map(
    [...html.matchAll(/<details name="platform"><summary>(.*?)<\/summary>(.*?)<\/details>/gs)].map(
      ([, title, note]) => [textOf(title).split(':')[0] ?? '', textOf(note)] as const,
    ),
  );
  const run = (title: string, ...says: string[]) =>
    test(`the install note for ${title} has the lines to paste`, () => {
      for (const each of says) assert.ok(notes.get(title)?.includes(each), each);
    });
  run('Hugo', 'layouts/_partials/footfall.html', '{{ if hugo.IsProduction }}{{ partial "footfall.html" . }}{{ end }}');
  run('Jekyll', '_includes/custom-head.html', '{% include footfall.html %}', 'JEKYLL_ENV=production');
  run('WordPress', 'functions.php', "add_action( 'wp_head', function () { ?>", 'footfall-ignore');
  run('Ghost', 'Settings → Code injection', 'Site header');
  run('Astro', '<script is:inline>', '<ClientRouter />');
  run('Single-page apps', 'index.html', 'dangerouslySetInnerHTML={{ __html: `…the code…` }}', 'canonical');

  const hash = (code: string) => createHash('sha256').update(code).digest('base64');
  run(
    'Any site with a Content-Security-Policy',
    `connect-src https://stats.example.com; script-src 'sha256-${hash(blocks.snippet.slice(8, -9))}'`,
    `'sha256-${hash(blocks.eventsSnippet.slice(8, -9))}'`,
  );
});

describe('what the notes take for granted', () => {
  test('neither block has marks of a template language, so that notes may put it into templates', () => {
    for (const block of Object.values(blocks)) assert.doesNotMatch(block, /\{\{|\{%|\{#|<%|<\?|%\w+%/);
  });

  test('the snippet needs no escape between backticks, as the note for single-page apps puts it', () =>
    assert.doesNotMatch(blocks.snippet, /[`\\$]/));

  test('the snippet has the words footfall-ignore, by which the note for WordPress recognises it', () =>
    assert.match(blocks.snippet, /footfall-ignore/));
});

test('the link with a source that the install page suggests opens, on localhost too', () => {
  const link = (host: string) => /<code>(\S+utm_source=mastodon)<\/code>/.exec(page([{ host, views: 0 }]))?.[1];
  assert.equal(link('blog.example.com'), 'https://blog.example.com/?utm_source=mastodon');
  assert.equal(link('localhost:3001'), 'http://localhost:3001/?utm_source=mastodon');
});
