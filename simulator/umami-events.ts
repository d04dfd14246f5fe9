import type { DatedHit } from './clickstream.ts';
import { byTime, nameOf, visitedPages } from './visited-pages.ts';

const columns = [
  ...['website_id', 'session_id', 'visit_id', 'event_id', 'hostname', 'browser', 'os', 'device', 'screen', 'language'],
  ...['country', 'url_path', 'url_query', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'],
  ...['referrer_path', 'referrer_domain', 'event_type', 'event_name', 'created_at'],
] as const;
type Fields = Partial<Record<(typeof columns)[number], string>>;

const browsers: Record<string, string> = {
  Chrome: 'chrome',
  Firefox: 'firefox',
  Safari: 'safari',
  'Microsoft Edge': 'edge-chromium',
};
const systems: Record<string, string> = { Windows: 'Windows 10', macOS: 'Mac OS', Android: 'Android OS' };
const devices: Record<string, string> = { desktop: 'laptop' };

/** Returns hits as the table `website_event` of Umami: views and events. */
export function umamiEvents(hits: DatedHit[], timeZone: string): string {
  const views = visitedPages(hits, timeZone);
  const last = new Map<string, Fields>();
  const rows = byTime(hits).flatMap(({ at, hit: { truth, visitor } }, i): Fields[] => {
    const common = { event_id: String(i), created_at: new Date(at).toISOString().slice(0, 19).replace('T', ' ') };
    if ('event' in truth)
      return [{ ...last.get(visitor), ...common, ...pageOf(truth.url), event_type: '2', event_name: truth.event }];
    const view = 'source' in truth ? views.shift() : undefined;
    if (!view) return [];
    const [browser, os, device] = ['browser', 'os', 'device'].map((each) => nameOf(view.truth, each)) as [
      string,
      string,
      string,
    ];
    const session = {
      website_id: 'w',
      session_id: visitor,
      visit_id: `${visitor}/${view.date}/${view.visit}`,
      browser: os === 'iOS' ? 'ios' : (browsers[browser] ?? browser),
      os: systems[os] ?? os,
      device: devices[device] ?? device,
      language: nameOf(view.truth, 'language'),
      country: nameOf(view.truth, 'country'),
    };
    last.set(visitor, session);
    const from = URL.parse(view.body.referrer ?? '');
    return [
      {
        ...{ ...session, ...common, ...pageOf(String(view.body.url)), event_type: '1' },
        ...Object.fromEntries(Object.entries(view.body).filter(([name]) => name.startsWith('utm_'))),
        ...(from && { referrer_domain: from.host.replace(/^www\./, ''), referrer_path: from.pathname }),
      },
    ];
  });
  return [columns.join(), ...rows.map((row) => columns.map((column) => csvCell(row[column] ?? '\\N')).join())]
    .map((line) => `${line}\n`)
    .join('');
}

function pageOf(url: string): Fields {
  const { host, pathname } = new URL(url);
  return { hostname: host, url_path: pathname };
}

const csvCell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
