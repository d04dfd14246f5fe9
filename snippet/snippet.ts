/// <reference lib="dom" />
// Pasted inline into every page, so each byte counts, and the order of things too: a test fails past 640 bytes gzipped.
// Stores nothing unless a person says yes. No error and no answer ever reaches the page. See docs/decisions/010.

if (!history.footfall && location.host.match(HOSTS)) {
  const key = '#footfall-ignore';
  let counted: string | 0 | undefined; // the last view: the next view's referrer
  let from = document.referrer;
  const d = document;
  const query = location.search; // as it was opened: an app may remove it before the view counts
  let ignored: unknown;

  /** Counts the page that the address bar shows, unless the last view was of the same page. */
  const count = () => {
    // Throws if the browser blocks storage.
    try {
      ignored = localStorage[key];
      if (location.hash === key) {
        if (confirm((ignored ? 'Count' : 'Ignore') + ' your visits?')) ignored = localStorage[key] = ignored ? '' : 1;
        location.hash = '';
      }
    } catch {}
    // Throws if an element of the page has a name of the document's, such as <img name="querySelector">.
    try {
      const page = location.origin + location.pathname;
      // In the head, a canonical link may still follow.
      !d.body ||
        page === counted ||
        ignored ||
        fetch(ENDPOINT, {
          body: JSON.stringify({
            utm: counted ? '' : query.match(/utm_[^&]*/g),
            width: innerWidth,
            tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
            bot: navigator.webdriver,
            // In a single-page app it lags behind or never changes: from the second view on, the address counts.
            canonical: counted ? '' : d.querySelector<HTMLLinkElement>('[rel=canonical]')?.href,
            referrer: from.slice(0, 99),
            url: (counted = from = page),
          }),
          method: 'post',
          keepalive: true,
        }).catch(String);
    } catch {}
  };

  // After the next paint, because the first call of Intl takes long. And later, because an app may replace the address.
  const settle = () => requestAnimationFrame(() => setTimeout(count, 99));
  const push = history.pushState;
  history.pushState = (...state) => {
    count();
    push.apply(history, state);
    settle();
  };
  addEventListener('popstate', settle);
  addEventListener('pageshow', settle);
  addEventListener('DOMContentLoaded', settle);
  addEventListener('pagehide', () => {
    count();
    counted = 0; // when the page is restored, it counts once more
  });
  const replace = history.replaceState;
  history.replaceState = (...state) => {
    replace.apply(history, state);
    settle();
  };
  history.footfall = 1;
}
