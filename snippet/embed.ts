import { eventsSnippet, snippet } from '../build/snippet.ts';

/** The snippet, ready to paste into a page, for the address of a /track endpoint. */
export const snippetFor = (endpoint: string): string => embed(snippet, endpoint);

/** The second, optional block, which counts events. */
export const eventsSnippetFor = (endpoint: string): string => embed(eventsSnippet, endpoint);

function embed(code: string, endpoint: string): string {
  const address = JSON.stringify(endpoint).replaceAll('<', '\\u003c');
  return `<script>${code.replace('ENDPOINT', () => address)}</script>`;
}
