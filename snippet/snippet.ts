/// <reference lib="dom" />
// Pasted inline into every page, so each byte counts: a test fails past 600 bytes gzipped.
// Stores nothing, but for the owner who asks to be ignored; no error and no answer ever reaches the page.

declare const ENDPOINT: string;

(() => {
  let address: string | undefined; // where the last view was counted
  let page = document.referrer; // what it was counted as: the next view's referrer
  let ignored: unknown;

  const current = () => location.origin + location.pathname;

  const count = (canonical?: string) => {
    address = current();
    const body: Record<string, unknown> = {
      referrer: page.slice(0, 300),
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
      width: innerWidth,
      bot: navigator.webdriver,
    };
    page = canonical || address;
    body.url = page;
    // A canonical link has no campaign: that stands in the address only.
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (/^utm_/.test(name)) body[name] = value;
    }
    if (!ignored) fetch(ENDPOINT, { method: 'post', keepalive: true, body: JSON.stringify(body) }).catch(() => {});
  };

  const start = () => {
    // Throws where the browser blocks storage.
    try {
      const key = '#footfall-ignore';
      if (location.hash === key) localStorage[key] = localStorage[key] ? '' : 1;
      ignored = localStorage[key];
    } catch {}
    count(document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href);
  };

  // In a single-page app the canonical link lags behind or never changes: from the second view on the address counts.
  const navigated = () => {
    if (address && address !== current()) count();
  };

  const { pushState } = history;
  history.pushState = (...state) => {
    pushState.apply(history, state);
    navigated();
  };
  addEventListener('popstate', navigated);
  addEventListener('pageshow', (event) => event.persisted && count(page));

  if ((document as { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', start);
  // In the head, a canonical link may still follow.
  else if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
})();
