/// <reference lib="dom" />
// Pasted inline into every page, so each byte counts: a test fails past 600 bytes gzipped.
// Stores nothing, but for the owner who asks to be ignored; no error and no answer ever reaches the page.

declare const ENDPOINT: string;

(() => {
  let address: string | undefined; // where the last view was counted
  let page = document.referrer; // what it was counted as: the next view's referrer
  let ignored: unknown;

  const current = () => location.origin + location.pathname;

  const count = async (canonical?: string) => {
    try {
      address = current();
      const body: Record<string, unknown> = {
        referrer: page.slice(0, 99),
        tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
        width: innerWidth,
        bot: navigator.webdriver,
      };
      page = canonical || address;
      body.url = page;
      // A canonical link has no campaign: that stands in the address only.
      for (const [name, value] of new URL(location as unknown as URL).searchParams) {
        if (/^utm_/.test(name)) body[name] = value.slice(0, 99);
      }
      if (!ignored) await fetch(ENDPOINT, { method: 'post', keepalive: true, body: JSON.stringify(body) });
    } catch {}
  };

  const start = () => {
    // Throws where the browser blocks storage.
    try {
      const key = '#footfall-ignore';
      ignored = localStorage[key];
      if (location.hash === key) localStorage[key] = ignored = ignored ? '' : 1;
    } catch {}
    count(document.querySelector<HTMLLinkElement>('[rel=canonical]')?.href);
  };

  // In a single-page app the canonical link lags behind or never changes: from the second view on the address counts.
  const navigated = () => {
    if (address && address !== current()) count();
  };

  const push = history.pushState;
  history.pushState = (...state) => {
    push.apply(history, state);
    navigated();
  };
  addEventListener('popstate', navigated);
  addEventListener('pageshow', (event) => event.persisted && count(page));

  if ((document as { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', start);
  // In the head, a canonical link may still follow.
  else if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
})();
