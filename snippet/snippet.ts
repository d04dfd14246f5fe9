/// <reference lib="dom" />
// Pasted inline into every page, so each byte counts, and the order of things too: a test fails past 600 bytes gzipped.
// Stores nothing, but for the owner who asks to be ignored; no error and no answer ever reaches the page.

{
  const d = document;
  let address: string | 0 | undefined; // where the last view was counted
  let page = d.referrer; // what the last view was counted as: the next view's referrer
  const key = '#footfall-ignore';
  let ignored: unknown;

  const count: (canonical?: unknown, forgotten?: 0) => unknown = async (canonical) => {
    const [current, query] = d.URL.split(/[?#]/) as [string, string?];
    // Throws where the browser blocks storage.
    try {
      ignored = localStorage[key];
      if (location.hash === key) {
        ignored = localStorage[key] = ignored ? '' : 1;
        // With the whole address, for a page's base element would change another.
        location.replace(current + '#');
        alert([key, !!ignored]);
      }
    } catch {}
    // In the head, a canonical link may still follow; and a prerendered page is not viewed yet.
    if (!d.prerendering && d.body && address !== (address = current)) {
      const body: Record<string, unknown> = {
        referrer: page.slice(0, 99),
        tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
        width: innerWidth,
        bot: navigator.webdriver,
        url: (page = (canonical as HTMLLinkElement)?.href || current),
      };
      // A canonical link has no campaign: that stands in the address only.
      for (const [name, value] of new URLSearchParams(query)) if (/^utm_/.test(name)) body[name] = value.slice(0, 99);
      try {
        ignored || (await fetch(ENDPOINT, { body: JSON.stringify(body), keepalive: true, method: 'post' }));
      } catch {}
    }
  };

  // In a single-page app the canonical link lags behind or never changes: from the second view on the address counts.
  const start = () => address || count(d.querySelector('[rel=canonical]'));
  const push = history.pushState;
  history.pushState = (...state) => count(push.apply(history, state));
  addEventListener('pageshow', (event) => event.persisted && count({ href: page }, (address = 0)));
  // This one and the last are events of the document, but the window sees them on their way down.
  addEventListener('readystatechange', start, true);
  addEventListener('popstate', count);
  addEventListener('prerenderingchange', start, true);
  start();
}
