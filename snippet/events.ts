/// <reference lib="dom" />
// The optional second block: counts what is done on a page. It stands alone, wherever the first one is.
// Stores nothing, and no error and no answer ever reaches the page.

if (!history.footfallEvents) {
  history.footfallEvents = 1;
  const d = document;
  const { outbound, downloads } = d.currentScript?.dataset ?? {};
  const current = () => location.origin + location.pathname;
  const loaded = current();

  const send = async (event: unknown, missing?: string) => {
    // Throws where the browser blocks storage.
    try {
      if (localStorage['#footfall-ignore']) return;
    } catch {}
    try {
      const name = typeof event === 'string' ? event.trim() : '';
      const url = missing || current();
      // In a single-page app it lags behind or never changes: on other pages than the first, the address counts.
      const link = !missing && url === loaded && d.querySelector<HTMLLinkElement>('[rel=canonical]');
      const body = { url, canonical: link ? link.href : '', event: name.slice(0, 99), bot: navigator.webdriver };
      if (name && location.host.match(HOSTS))
        await fetch(ENDPOINT, { method: 'post', keepalive: true, body: JSON.stringify(body) });
    } catch {}
  };
  window.footfall = (event) => void send(event);

  const file =
    /\.(pdf|zip|gz|tgz|rar|7z|dmg|exe|msi|deb|rpm|apk|iso|epub|mobi|docx?|xlsx?|pptx?|od[tsp]|csv|mp[34]|m4a|ogg|wav|mov|avi)$/i;

  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  /** Listens in the capturing phase: a page that stops an event later does not stop this. */
  const listen = <Type extends keyof WindowEventMap>(type: Type, handle: (event: WindowEventMap[Type]) => void) =>
    addEventListener(
      type,
      (event) => {
        // Throws if an element of the page has a name of the DOM's, such as <input name="closest"> in a form.
        try {
          handle(event);
        } catch {}
      },
      true,
    );

  const namedAround = (element: Element) => element.closest<HTMLElement>('[data-footfall]:not(form)');

  let repeated: Element | undefined; // the control whose click, later in this task, repeats a counted one
  const click = ({ target, button }: MouseEvent) => {
    if (button > 1 || !(target instanceof Element)) return;
    const named = namedAround(target);
    if (named) {
      if (target === repeated) {
        repeated = undefined;
        return;
      }
      send(named.dataset.footfall);
      // After a click on a label, the browser clicks its control, too.
      const control = target.closest('label')?.control;
      if (control && control !== target && namedAround(control) === named) repeated = control;
      setTimeout(() => {
        repeated = undefined;
      });
      return;
    }
    const link = target.closest<HTMLAnchorElement>('a[href]');
    if (!link || !/^http/.test(link.protocol)) return;
    const { host, pathname, download } = link;
    if (downloads !== undefined && (download || file.test(pathname)))
      send(`download: ${download || decoded(pathname.split('/').pop() ?? '')}`);
    else if (outbound !== undefined && host !== location.host) send(`outbound: ${host}`);
  };
  listen('click', click);
  listen('auxclick', click);
  listen('submit', ({ target }) => send((target as HTMLElement).dataset?.footfall));

  let looked: unknown;
  const look = () => {
    if (looked || d.prerendering || d.readyState === 'loading') return;
    looked = true;
    if (d.querySelector('meta[name=footfall][content="404"]')) send('404', loaded);
  };
  listen('readystatechange' as keyof WindowEventMap, look);
  listen('prerenderingchange' as keyof WindowEventMap, look);
  try {
    look();
  } catch {}
}
