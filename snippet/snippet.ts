/// <reference lib="dom" />
// Pasted inline into every page, so each byte counts, and the order of things too: a test fails past 600 bytes gzipped.
// Stores nothing, but for the owner who asks to be ignored; no error and no answer ever reaches the page.

{
  const d = document;
  let ignored: unknown;
  let address: string | 0 | undefined; // where the last view was counted
  const key = '#footfall-ignore';
  let page = d.referrer; // what the last view was counted as: the next view's referrer

  const count: (canonical?: unknown, forgotten?: 0) => unknown = async (canonical) => {
    // Throws where the browser blocks storage.
    try {
      ignored = localStorage[key];
      if (location.hash === key) {
        ignored = localStorage[key] = ignored ? '' : 1;
        location.replace('#');
        alert(key + ' ' + !!ignored);
      }
    } catch {}
    const [current, query] = d.URL.split(/[?#]/) as [string, string?];
    if (address !== (address = current)) {
      const body: Record<string, unknown> = {
        width: innerWidth,
        referrer: page.slice(0, 99),
        bot: navigator.webdriver,
        tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
        url: (page = (canonical as HTMLLinkElement)?.href || current),
      };
      // A canonical link has no campaign: that stands in the address only.
      for (const [name, value] of new URLSearchParams(query)) if (/^utm_/.test(name)) body[name] = value.slice(0, 99);
      try {
        ignored || (await fetch(ENDPOINT, { method: 'post', keepalive: true, body: JSON.stringify(body) }));
      } catch {}
    }
  };

  // In the head, a canonical link may still follow; and a prerendered page is not viewed yet.
  const start = () => address || d.prerendering || (d.body && count(d.querySelector('[rel=canonical]')));

  // In a single-page app the canonical link lags behind or never changes: from the second view on the address counts.
  const push = history.pushState;
  history.pushState = (...state) => count(push.apply(history, state));
  // Of the document, these two, but the window sees them on their way down.
  addEventListener('readystatechange', start, true);
  addEventListener('prerenderingchange', start, true);
  addEventListener('pageshow', (event) => event.persisted && count({ href: page }, (address = 0)));
  addEventListener('popstate', count);
  start();
}
