import { snippet } from '../build/snippet.ts';

/** The snippet, ready to paste into a page, for the address of a /track endpoint. */
export function snippetFor(endpoint: string): string {
  const address = JSON.stringify(endpoint).replaceAll('<', '\\u003c');
  return `<script>${snippet.replace('ENDPOINT', () => address)}</script>`;
}
