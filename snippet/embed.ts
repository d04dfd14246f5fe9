import { eventsSnippet, snippet } from '../build/snippet.ts';
import { domainPattern } from './domain-pattern.ts';

/**
 * Returns the snippet, ready to paste into a page, for the URL of a /track endpoint. It is silent on a developer's own
 * machine, unless that host is one of the sites.
 */
export const snippetFor = (endpoint: string, sites: string[] = []): string => embed(snippet, endpoint, sites);

/** Returns the second, optional block, which counts events. */
export const eventsSnippetFor = (endpoint: string, sites: string[] = []): string =>
  embed(eventsSnippet, endpoint, sites);

function embed(code: string, endpoint: string, sites: string[]): string {
  const url = JSON.stringify(endpoint).replaceAll('<', '\\u003c');
  return `<script>${code.replace('ENDPOINT', () => url).replace('HOSTS', () => hostsPattern(sites))}</script>`;
}

/** Returns the code of a regular expression that matches all domain names, and the sites that are none. */
function hostsPattern(sites: string[]): string {
  const others = sites.filter((host) => !new RegExp(domainPattern).test(host));
  return `/${[domainPattern, ...others.map((host) => `^${host.replaceAll('.', '[.]')}$`)].join('|')}/`;
}
