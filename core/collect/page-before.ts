import { type PageUrls, parsePageUrl, pathOf } from './page-url.ts';

// The snippet cuts a referrer here, so one as long may lack its end.
const maxReferrerLength = 99;

/**
 * Returns the path of the page in a `document.referrer`, as it is counted. It has no query, because the snippet sends
 * none of a page either. Returns undefined if the text is no URL, or if its path may be cut.
 */
export function pageBefore(referrer: string, pageUrls?: PageUrls): string | undefined {
  const url = referrer.replace(/[?#].*/s, '');
  if (url.length >= maxReferrerLength) return undefined;
  const page = parsePageUrl(url, undefined, pageUrls);
  return page && pathOf(page.url);
}
