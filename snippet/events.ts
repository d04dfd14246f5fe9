/// <reference lib="dom" />
// The optional second block: counts what is done on a page. It stands alone, wherever the first one is.
// Stores nothing, and no error and no answer ever reaches the page.

{
  const d = document;
  const { outbound, downloads } = d.currentScript?.dataset ?? {};
  const current = () => d.URL.replace(/[?#].*/, '');
  const loaded = current();
  const canonical = () => current() === loaded && d.querySelector<HTMLLinkElement>('[rel=canonical]')?.href;

  const send = async (event: string, url = canonical() || current()) => {
    // Throws where the browser blocks storage.
    try {
      if (localStorage['#footfall-ignore']) return;
    } catch {}
    try {
      const name = typeof event === 'string' ? event.trim() : '';
      const body = { url, event: name.slice(0, 99), bot: navigator.webdriver };
      if (name) await fetch(ENDPOINT, { method: 'post', keepalive: true, body: JSON.stringify(body) });
    } catch {}
  };
  window.footfall = (event) => void send(event);

  const file =
    /\.(pdf|zip|gz|tgz|rar|7z|dmg|exe|msi|deb|rpm|apk|iso|epub|mobi|docx?|xlsx?|pptx?|od[tsp]|csv|mp[34]|m4a|ogg|wav|mov|avi)$/i;

  const clicked = ({ target, button }: MouseEvent) => {
    if (button > 1 || !(target instanceof Element)) return;
    const named = target.closest<HTMLElement>('[data-footfall]:not(form)');
    if (named) return void send(named.dataset.footfall ?? '');
    const { protocol, host, pathname, download } =
      target.closest<HTMLAnchorElement>('a[href]') ?? ({} as HTMLAnchorElement);
    if (!/^http/.test(protocol)) return;
    const name = pathname.split('/').pop();
    if (downloads !== undefined && (download || file.test(pathname))) send(`download: ${download || name}`);
    else if (outbound !== undefined && host !== location.host) send(`outbound: ${host}`);
  };
  // In the capturing phase: a page that stops a click later does not stop this.
  addEventListener('click', clicked, true);
  addEventListener('auxclick', clicked, true);
  addEventListener('submit', ({ target }) => send((target as HTMLElement).dataset?.footfall ?? ''), true);

  let looked: unknown;
  const look = () => {
    if (looked || d.prerendering || d.readyState === 'loading') return;
    looked = true;
    if (d.querySelector('meta[name=footfall][content="404"]')) send('404', loaded);
  };
  addEventListener('readystatechange', look, true);
  addEventListener('prerenderingchange', look, true);
  look();
}
