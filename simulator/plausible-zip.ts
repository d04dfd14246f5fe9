import { strToU8, zipSync } from 'fflate';
import type { DatedHit } from './clickstream.ts';
import type { Counts } from './expected.ts';
import { dateAt } from './ledger.ts';
import { nameOf, type VisitedPage, visitedPages } from './visited-pages.ts';

const systems: Record<string, string> = { macOS: 'Mac', Linux: 'GNU/Linux' };
const devices: Record<string, string> = { desktop: 'Desktop', mobile: 'Mobile', tablet: 'Tablet' };
const utm = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'];
const ofVisits = ['visitors', 'visits', 'visit_duration', 'bounces', 'pageviews'];

/** Returns hits as the zip that Plausible exports: sums of each day, one table for each dimension. */
export function plausibleZip(hits: DatedHit[], timeZone: string): Uint8Array {
  const views = visitedPages(hits, timeZone);
  const begun = new Map(views.filter(({ counts }) => counts.visits).map((view) => [keyOf(view), view]));
  const tables = new Map<string, Map<string, Counts>>();

  /** Adds to the line of a table that begins with these cells. */
  function add(table: string, cells: string[], counts: Counts): void {
    const lines = tables.get(table) ?? new Map<string, Counts>();
    const key = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join();
    const sums = lines.get(key) ?? {};
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
    tables.set(table, lines.set(key, sums));
  }

  for (const view of views) {
    const { date, truth, counts } = view;
    const { pathname, host } = new URL(truth.url);
    const { visits = 0, visitors = 0, site_visitors = 0, engaged = 0, seconds = 0 } = counts;
    const first = begun.get(keyOf(view)) ?? view;
    const sums = { visits, bounces: visits - engaged, visit_duration: seconds, pageviews: 1 };
    const ofSite = { ...sums, visitors: site_visitors };
    add('imported_visitors', [date], ofSite);
    add('imported_pages', [date, host, pathname], { visits, visitors, pageviews: 1 });
    add('imported_entry_pages', [date, new URL(first.entryPage).pathname], {
      ...{ ...sums, visitors: visits, entrances: visits },
    });
    add('imported_sources', [date, ...sourceOf(first)], ofSite);
    add('imported_locations', [date, nameOf(first.truth, 'country'), '', ''], ofSite);
    add('imported_devices', [date, named(devices, nameOf(first.truth, 'device'))], ofSite);
    add('imported_browsers', [date, nameOf(first.truth, 'browser'), ''], ofSite);
    add('imported_operating_systems', [date, named(systems, nameOf(first.truth, 'os')), ''], ofSite);
  }
  for (const { at, hit } of hits)
    if ('event' in hit.truth) {
      const cells = [dateAt(at, timeZone), hit.truth.event, '', new URL(hit.truth.url).pathname];
      add('imported_custom_events', cells, { visitors: 1, events: 1 });
    }
  const files = [...tables].map(([table, lines]) => [`${table}.csv`, strToU8(csvOf(table, lines))]);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: '1980-01-01' });
}

const keyOf = ({ visitor, visit, date }: VisitedPage) => `${visitor} ${visit} ${date}`;
const named = (names: Record<string, string>, name: string) => names[name] ?? name;

function sourceOf({ body }: VisitedPage): string[] {
  const from = URL.parse(body.referrer ?? '');
  const host = from?.host.replace(/^www\./, '') ?? '';
  const campaign = utm.map((field) => body[field] ?? '');
  return [campaign[0] || host, from ? `${host}${from.pathname}` : '', ...campaign];
}

const columns: Record<string, string[]> = {
  imported_visitors: ['date', ...ofVisits],
  imported_pages: ['date', 'hostname', 'page', 'visits', 'visitors', 'pageviews'],
  imported_entry_pages: ['date', 'entry_page', 'visitors', 'entrances', 'visit_duration', 'bounces', 'pageviews'],
  imported_sources: ['date', 'source', 'referrer', ...utm, ...ofVisits],
  imported_locations: ['date', 'country', 'region', 'city', ...ofVisits],
  imported_devices: ['date', 'device', ...ofVisits],
  imported_browsers: ['date', 'browser', 'browser_version', ...ofVisits],
  imported_operating_systems: ['date', 'operating_system', 'operating_system_version', ...ofVisits],
  imported_custom_events: ['date', 'name', 'link_url', 'path', 'visitors', 'events'],
};

function csvOf(table: string, lines: Map<string, Counts>): string {
  const names = columns[table] ?? [];
  const header = names.map((name) => `"${name}"`).join();
  const rows = [...lines].map(([key, counts]) => {
    const numbers = names.slice(key.split('","').length).map((name) => counts[name] ?? 0);
    return `${key},${numbers.join()}`;
  });
  return [header, ...rows].map((line) => `${line}\n`).join('');
}
